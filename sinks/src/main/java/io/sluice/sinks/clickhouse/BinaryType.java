package io.sluice.sinks.clickhouse;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How values of one of ClickHouse's types are written in its format RowBinary. */
interface BinaryType {
  /**
   * @throws RuntimeException where the value is none of the type
   */
  void write(Object value, BinaryOutput out);

  /**
   * The type of a column, of those that the archive has.
   *
   * @param type as ClickHouse writes it
   */
  static BinaryType of(String type) {
    int open = type.indexOf('(');
    String name = open < 0 ? type : type.substring(0, open);
    String within = open < 0 ? "" : type.substring(open + 1, type.lastIndexOf(')'));
    return switch (name) {
      case "LowCardinality" -> of(within);
      case "Nullable" -> nullable(of(within));
      case "Array" -> array(of(within));
      case "Map" -> map(within);
      case "String" ->
          (value, out) -> {
            byte[] bytes = bytes(value);
            out.putLength(bytes.length);
            out.putBytes(bytes);
          };
      case "FixedString" -> fixed(Integer.parseInt(within));
      case "Enum8" -> words(within);
      case "Bool" -> (value, out) -> out.putByte((Boolean) value ? 1 : 0);
      case "UInt16" -> (value, out) -> out.putShort(((Number) value).intValue());
      case "Int32", "UInt32" -> (value, out) -> out.putInt(((Number) value).intValue());
      case "Int64", "UInt64" -> (value, out) -> out.putLong(((Number) value).longValue());
      case "Float64" ->
          (value, out) -> out.putLong(Double.doubleToRawLongBits(((Number) value).doubleValue()));
      case "Decimal" -> new Decimal128(Integer.parseInt(within.split(", ")[1]));
      case "DateTime" -> (value, out) -> out.putInt((int) ((Instant) value).getEpochSecond());
      case "DateTime64" -> times(Integer.parseInt(within.split(", ")[0]));
      default -> throw new IllegalArgumentException("values of type " + type + " are not written");
    };
  }

  private static byte[] bytes(Object value) {
    return value instanceof byte[] bytes
        ? bytes
        : ((String) value).getBytes(StandardCharsets.UTF_8);
  }

  private static BinaryType nullable(BinaryType type) {
    return (value, out) -> {
      out.putByte(value == null ? 1 : 0);
      if (value != null) {
        type.write(value, out);
      }
    };
  }

  private static BinaryType array(BinaryType type) {
    return (value, out) -> {
      Object[] elements = (Object[]) value;
      out.putLength(elements.length);
      for (Object element : elements) {
        type.write(element, out);
      }
    };
  }

  /** By a key that has no comma in its type. */
  private static BinaryType map(String types) {
    int comma = types.indexOf(", ");
    BinaryType key = of(types.substring(0, comma));
    BinaryType content = of(types.substring(comma + 2));
    return (value, out) -> {
      Map<?, ?> map = (Map<?, ?>) value;
      out.putLength(map.size());
      map.forEach(
          (name, held) -> {
            key.write(name, out);
            content.write(held, out);
          });
    };
  }

  private static BinaryType fixed(int length) {
    return (value, out) -> {
      byte[] bytes = bytes(value);
      if (bytes.length != length) {
        throw new IllegalArgumentException(bytes.length + " bytes, expected " + length);
      }
      out.putBytes(bytes);
    };
  }

  private static BinaryType words(String constants) {
    Map<String, Integer> numbers = new HashMap<>();
    Matcher constant = Pattern.compile("'([^']*)' = (-?\\d+)").matcher(constants);
    while (constant.find()) {
      numbers.put(constant.group(1), Integer.valueOf(constant.group(2)));
    }
    return (value, out) -> {
      Integer number = numbers.get((String) value);
      if (number == null) {
        throw new IllegalArgumentException(value + ", expected one of " + numbers.keySet());
      }
      out.putByte(number);
    };
  }

  /**
   * @param decimals of a second
   */
  private static BinaryType times(int decimals) {
    long ticks = 1;
    for (int i = 0; i < decimals; i++) {
      ticks *= 10;
    }
    long perSecond = ticks;
    long nanosPerTick = 1_000_000_000L / ticks;
    return (value, out) -> {
      Instant time = (Instant) value;
      out.putLong(time.getEpochSecond() * perSecond + time.getNano() / nanosPerTick);
    };
  }

  /**
   * 128 bits: the value times ten to the power of {@code decimals}. A value with more of them is
   * none of the type.
   */
  record Decimal128(int decimals) implements BinaryType {
    private static final long[] POWERS = new long[19];

    static {
      POWERS[0] = 1;
      for (int i = 1; i < POWERS.length; i++) {
        POWERS[i] = 10 * POWERS[i - 1];
      }
    }

    @Override
    public void write(Object value, BinaryOutput out) {
      BigDecimal decimal = (BigDecimal) value;
      int missing = decimals - decimal.scale();
      BigInteger unscaled = decimal.unscaledValue();
      if (unscaled.bitLength() < Long.SIZE && missing >= 0 && missing < POWERS.length) {
        long low = unscaled.longValue();
        out.putLong(low * POWERS[missing]);
        out.putLong(Math.multiplyHigh(low, POWERS[missing]));
        return;
      }
      BigInteger whole = decimal.setScale(decimals).unscaledValue();
      if (whole.bitLength() >= 2 * Long.SIZE) {
        throw new ArithmeticException(decimal + " has more than 128 bits");
      }
      out.putLong(whole.longValue());
      out.putLong(whole.shiftRight(Long.SIZE).longValue());
    }
  }
}
