package io.sluice.jobs.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** The lines on which the values of a YAML file stand, by their paths, such as {@code a[0].b}. */
final class YamlLines {
  private final Map<String, Integer> byPath;

  private YamlLines(Map<String, Integer> byPath) {
    this.byPath = byPath;
  }

  /** Of a file that does not read those up to where it does not. */
  static YamlLines of(byte[] yaml) {
    Map<String, Integer> byPath = new HashMap<>();
    try (JsonParser parser = new YAMLFactory().createParser(yaml)) {
      while (parser.nextToken() != null) {
        if (parser.currentToken() != JsonToken.FIELD_NAME) {
          byPath.putIfAbsent(
              path(parser.getParsingContext().pathAsPointer().toString()),
              parser.currentTokenLocation().getLineNr());
        }
      }
    } catch (IOException e) {
      // What does not read is told by who reads it for its values.
      return new YamlLines(byPath);
    }
    return new YamlLines(byPath);
  }

  private static String path(String pointer) {
    StringBuilder path = new StringBuilder();
    for (String step : pointer.split("/")) {
      if (step.isEmpty()) {
        continue;
      }
      String name = step.replace("~1", "/").replace("~0", "~");
      if (name.matches("[0-9]+")) {
        path.append('[').append(name).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(name);
      }
    }
    return path.toString();
  }

  /** The line of a value, or null where it does not stand in the file. */
  Integer of(String path) {
    return byPath.get(path);
  }

  /** The line of a value or, where it does not stand in the file, of the nearest around it. */
  Integer near(String path) {
    String at = path;
    while (!at.isEmpty() && !byPath.containsKey(at)) {
      at = at.substring(0, Math.max(0, Math.max(at.lastIndexOf('.'), at.lastIndexOf('['))));
    }
    return byPath.get(at);
  }
}
