package io.sluice.domain.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.json.Decimals;
import io.sluice.domain.json.Times;
import io.sluice.domain.json.UnreadableException;
import java.math.BigDecimal;
import java.util.Arrays;

/**
 * The fields of one wire object, each read strictly: a wrong one names itself, its value and what
 * was expected.
 */
public final class Fields {
  /** The longest id. */
  public static final int MAX_ID_CHARACTERS = 128;

  private static final int MAX_SHOWN = 256;
  private final ObjectNode object;

  public Fields(ObjectNode object) {
    this.object = object;
  }

  public String text(String field) throws UnreadableException {
    JsonNode node = object.get(field);
    if (node == null || !node.isTextual()) {
      throw wrong(field, "a string");
    }
    return node.textValue();
  }

  /** A string of 1 to 128 characters. */
  public String id(String field) throws UnreadableException {
    JsonNode node = object.get(field);
    if (node == null || !node.isTextual() || !isId(node.textValue())) {
      throw wrong(field, "a string of 1 to " + MAX_ID_CHARACTERS + " characters");
    }
    return node.textValue();
  }

  public static boolean isId(String text) {
    return !text.isEmpty() && text.codePointCount(0, text.length()) <= MAX_ID_CHARACTERS;
  }

  public String optionalText(String field) throws UnreadableException {
    return isAbsent(field) ? null : text(field);
  }

  /** A string, cut to 256 characters; null for anything else. */
  String textOrNull(String field) {
    JsonNode node = object.get(field);
    return node == null || !node.isTextual() ? null : cut(node.textValue());
  }

  public BigDecimal decimal(String field) throws UnreadableException {
    JsonNode node = object.get(field);
    BigDecimal value = node != null && node.isTextual() ? Decimals.parse(node.textValue()) : null;
    if (value == null) {
      throw wrong(field, "a plain decimal string of at most 38 digits, 18 of them decimals");
    }
    return value;
  }

  /** A decimal that Sluice wrote itself: exact, of whatever scale its arithmetic gave it. */
  public BigDecimal amount(String field) throws UnreadableException {
    JsonNode node = object.get(field);
    if (node == null || !node.isTextual()) {
      throw wrong(field, "a plain decimal string");
    }
    try {
      return new BigDecimal(node.textValue());
    } catch (NumberFormatException e) {
      throw wrong(field, "a plain decimal string");
    }
  }

  public BigDecimal optionalAmount(String field) throws UnreadableException {
    return isAbsent(field) ? null : amount(field);
  }

  public BigDecimal positive(String field) throws UnreadableException {
    BigDecimal value = decimal(field);
    if (value.signum() <= 0) {
      throw wrong(field, "a decimal above 0");
    }
    return value;
  }

  public BigDecimal notNegative(String field) throws UnreadableException {
    BigDecimal value = decimal(field);
    if (value.signum() < 0) {
      throw wrong(field, "a decimal of at least 0");
    }
    return value;
  }

  public BigDecimal optionalDecimal(String field) throws UnreadableException {
    return isAbsent(field) ? null : decimal(field);
  }

  public BigDecimal optionalPositive(String field) throws UnreadableException {
    return isAbsent(field) ? null : positive(field);
  }

  public BigDecimal optionalNotNegative(String field) throws UnreadableException {
    return isAbsent(field) ? null : notNegative(field);
  }

  /** Epoch microseconds, an integer of at least 0 that fits 63 bits. */
  public Long time(String field) throws UnreadableException {
    JsonNode node = object.get(field);
    if (node == null
        || !node.isIntegralNumber()
        || !node.canConvertToLong()
        || node.longValue() < 0) {
      throw wrong(field, "an integer of at least 0");
    }
    return node.longValue();
  }

  /** Epoch microseconds before the year 2100: of what lets everything stamped earlier be old. */
  public Long stamp(String field) throws UnreadableException {
    Long us = time(field);
    if (us >= Times.YEAR_2100_US) {
      throw wrong(field, "epoch microseconds before the year 2100");
    }
    return us;
  }

  /** An integer of at least 0 that fits 63 bits. */
  public long whole(String field) throws UnreadableException {
    return time(field);
  }

  public Long optionalTime(String field) throws UnreadableException {
    return isAbsent(field) ? null : time(field);
  }

  public Double optionalNumber(String field, double low, double high) throws UnreadableException {
    if (isAbsent(field)) {
      return null;
    }
    JsonNode node = object.get(field);
    double value = node.isNumber() ? node.doubleValue() : Double.NaN;
    if (!(value >= low && value <= high)) {
      throw wrong(field, "a number from " + low + " to " + high + " or null");
    }
    return Decimals.canonical(value);
  }

  public boolean optionalFlag(String field) throws UnreadableException {
    if (isAbsent(field)) {
      return false;
    }
    JsonNode node = object.get(field);
    if (!node.isBoolean()) {
      throw wrong(field, "true or false");
    }
    return node.booleanValue();
  }

  public <E extends Enum<E>> E enumOf(String field, Class<E> type) throws UnreadableException {
    JsonNode node = object.get(field);
    if (node != null && node.isTextual()) {
      for (E constant : type.getEnumConstants()) {
        if (constant.name().equals(node.textValue())) {
          return constant;
        }
      }
    }
    throw wrong(field, "one of " + Arrays.toString(type.getEnumConstants()));
  }

  public <E extends Enum<E>> E optionalEnum(String field, Class<E> type, E absent)
      throws UnreadableException {
    return isAbsent(field) ? absent : enumOf(field, type);
  }

  public JsonNode array(String field) throws UnreadableException {
    JsonNode node = object.get(field);
    if (node == null || !node.isArray()) {
      throw wrong(field, "an array");
    }
    return node;
  }

  public JsonNode optionalArray(String field) throws UnreadableException {
    return isAbsent(field) ? JsonNodeFactory.instance.arrayNode() : array(field);
  }

  public JsonNode optionalObject(String field) throws UnreadableException {
    JsonNode node = object.get(field);
    if (isAbsent(field)) {
      return JsonNodeFactory.instance.objectNode();
    }
    if (!node.isObject()) {
      throw wrong(field, "an object");
    }
    return node;
  }

  /** The field as JSON, cut to 256 characters; null where it is absent. */
  public String shown(String field) {
    JsonNode node = object.get(field);
    return node == null ? null : cut(node.toString());
  }

  public boolean isAbsent(String field) {
    JsonNode node = object.get(field);
    return node == null || node.isNull();
  }

  static String cut(String text) {
    if (text.length() <= MAX_SHOWN) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(MAX_SHOWN - 1)) ? MAX_SHOWN - 1 : MAX_SHOWN;
    return text.substring(0, end);
  }

  private UnreadableException wrong(String field, String expected) {
    String shown = shown(field);
    return new UnreadableException(
        field + " is " + (shown == null ? "missing" : shown) + ", expected " + expected, field);
  }
}
