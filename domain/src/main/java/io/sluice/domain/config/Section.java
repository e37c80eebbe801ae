package io.sluice.domain.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.sluice.domain.json.Decimals;
import io.sluice.domain.json.Durations;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/**
 * One object of the configuration, read strictly: every error names the source, the path of the key
 * and its value.
 */
public final class Section {
  private final String path;
  private final JsonNode node;

  private Section(String path, JsonNode node) {
    this.path = path;
    this.node = node;
  }

  /**
   * @param source where the configuration comes from, a file's name
   */
  public static Section root(String source, JsonNode node) {
    if (!node.isObject()) {
      throw new ConfigurationException(
          source + ": expected a mapping at the top, found " + node.getNodeType());
    }
    return new Section(source + ": ", node);
  }

  /** Refuses any key but these. */
  public Section allow(String... keys) {
    List<String> allowed = Arrays.asList(keys);
    for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!allowed.contains(name)) {
        throw new ConfigurationException(
            path(name) + " is not a key here, expected one of " + allowed);
      }
    }
    return this;
  }

  public boolean has(String key) {
    return node.hasNonNull(key);
  }

  public JsonNode node(String key) {
    JsonNode child = node.get(key);
    return child == null ? MissingNode.getInstance() : child;
  }

  public List<String> keys() {
    List<String> keys = new ArrayList<>();
    node.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  public Section section(String key) {
    JsonNode child = has(key) ? node(key) : JsonNodeFactory.instance.objectNode();
    if (!child.isObject()) {
      throw wrong(key, "a mapping");
    }
    return new Section(path(key) + ".", child);
  }

  /** The objects of a list; an absent list is empty. */
  public List<Section> list(String key) {
    List<Section> sections = new ArrayList<>();
    if (!has(key)) {
      return sections;
    }
    if (!node(key).isArray()) {
      throw wrong(key, "a list");
    }
    for (JsonNode child : node(key)) {
      String at = path(key) + "[" + sections.size() + "]";
      if (!child.isObject()) {
        throw new ConfigurationException(at + " is " + child + ", expected a mapping");
      }
      sections.add(new Section(at + ".", child));
    }
    return sections;
  }

  /** The texts of a list, none of them empty; an absent list is empty. */
  public List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    if (!has(key)) {
      return texts;
    }
    for (JsonNode child : node(key)) {
      if (!child.isTextual() || child.textValue().isEmpty()) {
        throw wrong(key, "a list of texts that are not empty");
      }
      texts.add(child.textValue());
    }
    if (!node(key).isArray()) {
      throw wrong(key, "a list of texts that are not empty");
    }
    return texts;
  }

  public String text(String key) {
    JsonNode child = node(key);
    if (!child.isTextual() || child.textValue().isEmpty()) {
      throw wrong(key, "a text that is not empty");
    }
    return child.textValue();
  }

  public String text(String key, String absent) {
    return has(key) ? text(key) : absent;
  }

  /** A decimal, written as a text or as a number; null where it is neither. */
  public BigDecimal decimalOrNull(String key) {
    JsonNode child = node(key);
    if (child.isTextual()) {
      return Decimals.parse(child.textValue());
    }
    boolean isFinite = child.isNumber() && Double.isFinite(child.doubleValue());
    return isFinite ? Decimals.parse(Decimals.plain(child.decimalValue())) : null;
  }

  public BigDecimal decimal(String key, BigDecimal low, String expected) {
    BigDecimal value = decimalOrNull(key);
    if (value == null || value.compareTo(low) < 0) {
      throw wrong(key, expected);
    }
    return value;
  }

  /** True or false, also written as a text, as the environment does. */
  public boolean flag(String key, boolean absent) {
    if (!has(key)) {
      return absent;
    }
    JsonNode child = node(key);
    if (child.isBoolean()) {
      return child.booleanValue();
    }
    return switch (child.isTextual() ? child.textValue() : "") {
      case "true" -> true;
      case "false" -> false;
      default -> throw wrong(key, "true or false");
    };
  }

  /** A decimal from 0 to 1. */
  public BigDecimal fraction(String key) {
    BigDecimal value = decimalOrNull(key);
    if (value == null || value.signum() < 0 || value.compareTo(BigDecimal.ONE) > 0) {
      throw wrong(key, "a fraction from 0 to 1");
    }
    return value;
  }

  public BigDecimal positive(String key) {
    BigDecimal value = decimalOrNull(key);
    if (value == null || value.signum() <= 0) {
      throw wrong(key, "a decimal above 0");
    }
    return value;
  }

  public BigDecimal positive(String key, BigDecimal absent) {
    return has(key) ? positive(key) : absent;
  }

  public long whole(String key, long low, long high) {
    JsonNode child = node(key);
    if (!child.isIntegralNumber()
        || !child.canConvertToLong()
        || child.longValue() < low
        || child.longValue() > high) {
      throw wrong(key, "a whole number from " + low + " to " + high);
    }
    return child.longValue();
  }

  public long whole(String key, long low, long high, long absent) {
    return has(key) ? whole(key, low, high) : absent;
  }

  /** A duration such as {@code 10m}, in microseconds. */
  public long durationUs(String key, long absent) {
    if (!has(key)) {
      return absent;
    }
    Long us = node(key).isTextual() ? Durations.parseUs(node(key).textValue()) : null;
    if (us == null || us == 0) {
      throw wrong(key, "a duration such as 500ms, 30s, 10m, 1h or 7d");
    }
    return us;
  }

  /** An enum constant, in upper or lower case. */
  public <E extends Enum<E>> E enumOf(String key, Class<E> type) {
    JsonNode child = node(key);
    if (child.isTextual()) {
      for (E constant : type.getEnumConstants()) {
        if (constant.name().equals(child.textValue().toUpperCase(Locale.ROOT))) {
          return constant;
        }
      }
    }
    throw wrong(key, "one of " + Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT));
  }

  public <E extends Enum<E>> E enumOf(String key, Class<E> type, E absent) {
    return has(key) ? enumOf(key, type) : absent;
  }

  public ConfigurationException wrong(String key, String expected) {
    String shown = has(key) ? "is " + node(key) : "is missing";
    return new ConfigurationException(path(key) + " " + shown + ", expected " + expected);
  }

  /** Something wrong that is no single key's. */
  public ConfigurationException refused(String message) {
    return new ConfigurationException(path + message);
  }

  private String path(String key) {
    return path + key;
  }
}
