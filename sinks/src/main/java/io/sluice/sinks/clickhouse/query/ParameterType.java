package io.sluice.sinks.clickhouse.query;

import io.sluice.sinks.clickhouse.ClickHouseException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;

/** What a parameter of a named query takes, and how ClickHouse calls it. */
public enum ParameterType {
  TEXT("String", "a text"),
  TIME("DateTime64(6, 'UTC')", "a time such as 2026-01-31T14:00:00Z, or a day; UTC unless it says"),
  DECIMAL("Decimal(38, 18)", "a decimal number such as 0.5"),
  WHOLE("UInt32", "a whole number from 0 to 4294967295");

  private static final String NULLABLE = "Nullable(";
  private static final long MAX_WHOLE = 0xffff_ffffL;
  private static final int MAX_INTEGER_DIGITS = 20;
  private static final int MAX_SCALE = 18;
  private static final DateTimeFormatter CLICKHOUSE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

  private final String clickHouse;
  private final String expected;

  ParameterType(String clickHouse, String expected) {
    this.clickHouse = clickHouse;
    this.expected = expected;
  }

  /**
   * @param clickHouse as it stands in the SQL; {@code Nullable(...)} around it is taken off
   */
  static ParameterType of(String clickHouse) {
    String plain =
        isNullable(clickHouse)
            ? clickHouse.substring(NULLABLE.length(), clickHouse.length() - 1)
            : clickHouse;
    return Arrays.stream(values())
        .filter(type -> type.clickHouse.equals(plain))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no parameter is of type " + clickHouse));
  }

  /** Whether it may be left out and then is NULL. */
  static boolean isNullable(String clickHouse) {
    return clickHouse.startsWith(NULLABLE);
  }

  /** What is expected of a value, for people. */
  public String expected() {
    return expected;
  }

  /**
   * A value as ClickHouse reads it.
   *
   * @throws ClickHouseException naming the parameter, the value and what was expected
   */
  String read(String parameter, String value) {
    try {
      return switch (this) {
        case TEXT -> value;
        case TIME -> CLICKHOUSE.format(time(value.strip()));
        case DECIMAL -> decimal(value.strip());
        case WHOLE -> whole(value.strip());
      };
    } catch (DateTimeParseException | ArithmeticException | NumberFormatException e) {
      throw new ClickHouseException(
          "parameter " + parameter + " is " + value + ", expected " + expected);
    }
  }

  private static LocalDateTime time(String value) {
    if (value.length() == "2026-01-31".length()) {
      return LocalDate.parse(value).atStartOfDay();
    }
    String iso = value.replace(' ', 'T');
    boolean hasZone = iso.matches(".*(Z|[+-]\\d\\d(:?\\d\\d)?)");
    return hasZone && iso.indexOf('T') > 0
        ? OffsetDateTime.parse(iso).withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime()
        : LocalDateTime.parse(iso);
  }

  private static String decimal(String value) {
    BigDecimal number = new BigDecimal(value);
    if (number.signum() != 0
        && (Math.abs((long) number.precision() - number.scale()) > MAX_INTEGER_DIGITS
            || number.stripTrailingZeros().scale() > MAX_SCALE)) {
      throw new ArithmeticException("does not fit");
    }
    return number.toPlainString();
  }

  private static String whole(String value) {
    long number = Long.parseLong(value);
    if (number < 0 || number > MAX_WHOLE) {
      throw new NumberFormatException("out of range");
    }
    return Long.toString(number);
  }
}
