package io.sluice.jobs.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Goes through a configuration's values. The elements of a list are told apart by what names them,
 * as {@code accounts[demo]}, so that a value has the same path wherever it is written down.
 */
final class ConfigurationTree {
  private static final List<String> NAMES = List.of("id", "scope", "name", "window_ms", "account");

  private ConfigurationTree() {}

  /** Is shown every node. */
  interface Visitor {
    /**
     * @param path by names, such as {@code limits[firm].max_qty}
     * @param place by numbers, such as {@code limits[0].max_qty}
     */
    void visit(String path, String place, JsonNode node);
  }

  /** Shows mappings and lists before what is in them. */
  static void walk(JsonNode root, Visitor visitor) {
    walk("", "", root, visitor);
  }

  private static void walk(String path, String place, JsonNode node, Visitor visitor) {
    if (!path.isEmpty()) {
      visitor.visit(path, place, node);
    }
    if (node.isObject()) {
      node.properties()
          .forEach(
              field ->
                  walk(
                      under(path, field.getKey()),
                      under(place, field.getKey()),
                      field.getValue(),
                      visitor));
    } else if (!isLeaf(node)) {
      Map<String, Integer> seen = new HashMap<>();
      for (int i = 0; i < node.size(); i++) {
        String name = nameOf(node.get(i), i);
        int times = seen.merge(name, 1, Integer::sum);
        String unique = times == 1 ? name : name + "#" + times;
        walk(path + "[" + unique + "]", place + "[" + i + "]", node.get(i), visitor);
      }
    }
  }

  /** Whether it is a value to show: a single one, or a list of single ones. */
  static boolean isLeaf(JsonNode node) {
    if (!node.isContainerNode()) {
      return true;
    }
    if (node.isObject()) {
      return node.isEmpty();
    }
    for (JsonNode element : node) {
      if (element.isContainerNode()) {
        return false;
      }
    }
    return true;
  }

  static String text(JsonNode leaf) {
    if (leaf.isContainerNode()) {
      StringBuilder text = new StringBuilder();
      leaf.forEach(element -> text.append(text.isEmpty() ? "" : ", ").append(element.asText()));
      return text.isEmpty() ? "none" : text.toString();
    }
    return leaf.isNull() ? "none" : leaf.asText();
  }

  private static String nameOf(JsonNode element, int index) {
    for (String name : NAMES) {
      if (element.path(name).isValueNode()) {
        return element.path(name).asText();
      }
    }
    if (element.has("a") && element.has("b")) {
      String a = element.path("a").asText();
      String b = element.path("b").asText();
      return a.compareTo(b) < 0 ? a + "/" + b : b + "/" + a;
    }
    return String.valueOf(index);
  }

  private static String under(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
