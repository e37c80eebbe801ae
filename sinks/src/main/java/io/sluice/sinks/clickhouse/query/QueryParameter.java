package io.sluice.sinks.clickhouse.query;

import io.sluice.sinks.clickhouse.ClickHouseException;

/**
 * What a named query has to be told.
 *
 * @param isOptional whether it may be left out without a default, and then is NULL
 * @param defaultValue what it is when it is not given; null for none
 * @param example a value that makes sense
 * @param meaning what it is, in a few words
 */
public record QueryParameter(
    String name,
    ParameterType type,
    boolean isOptional,
    String defaultValue,
    String example,
    String meaning) {

  /** Whether it has to be given. */
  public boolean isRequired() {
    return defaultValue == null && !isOptional;
  }

  /**
   * A value as ClickHouse reads it; null for NULL.
   *
   * @param given null where it was not given
   * @throws ClickHouseException naming the parameter, the value and what was expected
   */
  String read(String given) {
    if (given == null && isRequired()) {
      throw new ClickHouseException(
          "parameter "
              + name
              + " is missing, expected "
              + type.expected()
              + ", e.g. "
              + example
              + ": "
              + meaning);
    }
    String value = given == null ? defaultValue : given;
    return value == null ? null : type.read(name, value);
  }
}
