package io.sluice.domain.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.sluice.domain.json.Decimals;
import io.sluice.domain.json.Durations;
import io.sluice.domain.wire.Fields;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One object of the configuration, read strictly: every error names the source, the path of the key
 * and its value. Reading ends at the first error, unless faults are to be noted: then what is wrong
 * is noted and read as something that is right, so that the rest is looked at too.
 */
public final class Section {
  private static final String TAKE_OUT = "take it out, or correct its name";

  private final String source;
  private final String path;
  private final JsonNode node;

  /** Where faults are noted; null where the first is thrown. */
  private final List<Fault> noted;

  private final boolean wasAccepted;

  private Section(
      String source, String path, JsonNode node, List<Fault> noted, boolean wasAccepted) {
    this.source = source;
    this.path = path;
    this.node = node;
    this.noted = noted;
    this.wasAccepted = wasAccepted;
  }

  /**
   * @param source where the configuration comes from, a file's name
   */
  public static Section root(String source, JsonNode node) {
    return root(source, node, null, false);
  }

  /**
   * One of stored state, which a build has accepted: what later builds bound for people is read as
   * it stands.
   */
  public static Section accepted(String source, JsonNode node) {
    return root(source, node, null, true);
  }

  /**
   * One whose faults are noted, each field's first; nothing that is read from it may be used where
   * there are any.
   */
  public static Section noting(String source, JsonNode node, List<Fault> faults) {
    return root(source, node, faults, false);
  }

  private static Section root(
      String source, JsonNode node, List<Fault> faults, boolean wasAccepted) {
    if (!node.isObject()) {
      throw new ConfigurationException(
          source + ": expected a mapping at the top, found " + node.getNodeType());
    }
    return new Section(source, "", node, faults, wasAccepted);
  }

  /** Refuses any key but these. */
  public Section allow(String... keys) {
    List<String> allowed = Arrays.asList(keys);
    for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!allowed.contains(name)) {
        fault(
            new ConfigurationException(
                new Fault(
                    source,
                    path(name),
                    null, // It may be a secret at a place where none belongs.
                    "one of " + allowed,
                    TAKE_OUT,
                    source
                        + ": "
                        + path(name)
                        + " is not a key here, expected one of "
                        + allowed)));
      }
    }
    return this;
  }

  /** Says that something is wrong: by an exception, or by a note where the rest is to be read. */
  public void fault(ConfigurationException wrong) {
    if (noted == null) {
      throw wrong;
    }
    Fault fault = wrong.fault();
    if (fault.field().isEmpty()
        || noted.stream().noneMatch(known -> known.field().equals(fault.field()))) {
      noted.add(fault);
    }
  }

  /** Says that something is beyond what people may give; where it was accepted before, it stays. */
  public void beyond(ConfigurationException bound) {
    if (!wasAccepted) {
      fault(bound);
    }
  }

  /**
   * Reads a part whose faults are no reason not to read the others.
   *
   * @return null where it has faults that are noted
   */
  public <T> T attempt(Supplier<T> part) {
    if (noted == null) {
      return part.get();
    }
    try {
      return part.get();
    } catch (ConfigurationException wrong) {
      fault(wrong);
      return null;
    }
  }

  private <T> T instead(T right, String key, String expected) {
    fault(wrong(key, expected));
    return right;
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
    JsonNode empty = JsonNodeFactory.instance.objectNode();
    JsonNode child = has(key) ? node(key) : empty;
    if (!child.isObject()) {
      child = instead(empty, key, "a mapping");
    }
    return new Section(source, path(key) + ".", child, noted, wasAccepted);
  }

  /** The objects of a list; an absent list is empty. */
  public List<Section> list(String key) {
    List<Section> sections = new ArrayList<>();
    if (!has(key)) {
      return sections;
    }
    if (!node(key).isArray()) {
      return instead(sections, key, "a list");
    }
    int index = 0;
    for (JsonNode child : node(key)) {
      String at = path(key) + "[" + index++ + "]";
      if (child.isObject()) {
        sections.add(new Section(source, at + ".", child, noted, wasAccepted));
      } else {
        fault(refused(at, child.toString(), "a mapping", "write it as one"));
      }
    }
    return sections;
  }

  /** Reads the objects of a list, each by itself. */
  public void each(String key, Consumer<Section> reader) {
    for (Section section : list(key)) {
      section.attempt(
          () -> {
            reader.accept(section);
            return null;
          });
    }
  }

  /** The texts of a list, none of them empty; an absent list is empty. */
  public List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    if (!has(key)) {
      return texts;
    }
    String expected = "a list of texts that are not empty";
    for (JsonNode child : node(key)) {
      if (!child.isTextual() || child.textValue().isEmpty()) {
        return instead(texts, key, expected);
      }
      texts.add(child.textValue());
    }
    return node(key).isArray() ? texts : instead(texts, key, expected);
  }

  public String text(String key) {
    JsonNode child = node(key);
    return child.isTextual() && !child.textValue().isEmpty()
        ? child.textValue()
        : instead("", key, "a text that is not empty");
  }

  /** An id that an intent can name: R01 refuses one that is longer or has control characters. */
  public String id(String key) {
    String id = text(key);
    boolean isNameable =
        id.isEmpty() || Fields.isId(id) && id.chars().noneMatch(Character::isISOControl);
    return isNameable
        ? id
        : instead(
            id,
            key,
            "at most " + Fields.MAX_ID_CHARACTERS + " characters, none a control character");
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
    return value == null || value.compareTo(low) < 0 ? instead(low, key, expected) : value;
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
      default -> instead(absent, key, "true or false");
    };
  }

  /** A decimal from 0 to 1. */
  public BigDecimal fraction(String key) {
    BigDecimal value = decimalOrNull(key);
    return value == null || value.signum() < 0 || value.compareTo(BigDecimal.ONE) > 0
        ? instead(BigDecimal.ONE, key, "a fraction from 0 to 1")
        : value;
  }

  public BigDecimal positive(String key) {
    BigDecimal value = decimalOrNull(key);
    return value == null || value.signum() <= 0
        ? instead(BigDecimal.ONE, key, "a decimal above 0")
        : value;
  }

  public BigDecimal positive(String key, BigDecimal absent) {
    return has(key) ? positive(key) : absent;
  }

  public long whole(String key, long low, long high) {
    JsonNode child = node(key);
    return !child.isIntegralNumber()
            || !child.canConvertToLong()
            || child.longValue() < low
            || child.longValue() > high
        ? instead(low, key, "a whole number from " + low + " to " + high)
        : child.longValue();
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
    return us == null || us == 0
        ? instead(absent, key, "a duration such as 500ms, 30s, 10m, 1h or 7d")
        : us;
  }

  /** An enum constant, in upper or lower case. */
  public <E extends Enum<E>> E enumOf(String key, Class<E> type) {
    JsonNode child = node(key);
    E[] constants = type.getEnumConstants();
    if (child.isTextual()) {
      for (E constant : constants) {
        if (constant.name().equals(child.textValue().toUpperCase(Locale.ROOT))) {
          return constant;
        }
      }
    }
    return instead(
        constants[0], key, "one of " + Arrays.toString(constants).toLowerCase(Locale.ROOT));
  }

  public <E extends Enum<E>> E enumOf(String key, Class<E> type, E absent) {
    return has(key) ? enumOf(key, type) : absent;
  }

  /** What is wrong with a key's value, or that it has none. */
  public ConfigurationException wrong(String key, String expected) {
    String at = path(key);
    String value = has(key) ? node(key).toString() : null;
    String shown = value == null ? "is missing" : "is " + value;
    return new ConfigurationException(
        new Fault(
            source,
            at,
            value,
            expected,
            value == null ? "add it" : "correct its value",
            source + ": " + at + " " + shown + ", expected " + expected));
  }

  /**
   * What is wrong with a field for the sake of others.
   *
   * @param field its path from the top
   */
  public ConfigurationException refused(
      String field, String value, String expected, String remedy) {
    return new ConfigurationException(
        new Fault(
            source,
            field,
            value,
            expected,
            remedy,
            source + ": " + field + " is " + value + ", expected " + expected + "; " + remedy));
  }

  /** Something wrong that is no single key's. */
  public ConfigurationException refused(String message) {
    String at = path.endsWith(".") ? path.substring(0, path.length() - 1) : path;
    return new ConfigurationException(
        new Fault(source, at, null, message, "", source + ": " + path + message));
  }

  private String path(String key) {
    return path + key;
  }
}
