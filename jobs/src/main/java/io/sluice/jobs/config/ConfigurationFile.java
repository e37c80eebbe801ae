package io.sluice.jobs.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.sluice.domain.config.Configuration;
import io.sluice.domain.config.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads configuration from YAML. */
public final class ConfigurationFile {
  private static final ObjectMapper YAML =
      new ObjectMapper(
              YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private ConfigurationFile() {}

  /**
   * @throws ConfigurationException where it is not valid, naming file, key, value and what was
   *     expected
   */
  public static Configuration read(Path file) {
    try {
      return parse(file.getFileName().toString(), Files.readAllBytes(file));
    } catch (IOException e) {
      throw new ConfigurationException(
          "the configuration "
              + file
              + " cannot be read ("
              + e.getClass().getSimpleName()
              + "): name a YAML file");
    }
  }

  /** The packaged configuration of demo and replay. */
  public static Configuration packaged() {
    String name = "demo.yaml";
    try (InputStream in = ConfigurationFile.class.getResourceAsStream("/io/sluice/jobs/" + name)) {
      return parse(name, in.readAllBytes());
    } catch (IOException e) {
      throw new IllegalStateException("the packaged configuration reads", e);
    }
  }

  private static Configuration parse(String source, byte[] yaml) throws IOException {
    JsonNode tree;
    try {
      tree = YAML.readTree(yaml);
    } catch (JsonProcessingException e) {
      String message = e.getOriginalMessage();
      String first = message.contains("\n") ? message.substring(0, message.indexOf('\n')) : message;
      throw new ConfigurationException(
          source
              + ": not valid YAML at line "
              + (e.getLocation() == null ? "?" : e.getLocation().getLineNr())
              + ": "
              + first);
    }
    return Configuration.parse(source, tree);
  }
}
