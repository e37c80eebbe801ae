package io.sluice.sinks.clickhouse.table;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.domain.json.UnreadableException;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.types.Row;

/**
 * A table of the archive: its columns, each with how its value is read from what is archived. What
 * does not fit a column becomes NULL, or is unreadable, here: a row that ClickHouse refuses would
 * hold up all that come after it.
 *
 * @param <T> what becomes a row
 */
public final class Table<T> implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final int DECIMALS = 18;
  private static final int WHOLE_DIGITS = 20;
  private static final long SECOND_US = 1_000_000L;

  /** The last microsecond that DateTime64 has: that of 2299. */
  private static final long LAST_US = 10_413_791_999_999_999L;

  /** The last second that DateTime has. */
  private static final long LAST_SECOND_US = 4_294_967_295L * SECOND_US;

  /** How a column's value is found. */
  public interface Read<T, V> extends Serializable {
    /**
     * @throws UnreadableException where the value cannot stand in the column
     */
    V from(T source) throws UnreadableException;
  }

  private record Column<T>(String name, TypeInformation<?> type, Read<T, ?> read)
      implements Serializable {}

  private final String name;
  private final List<Column<T>> columns;

  private Table(String name, List<Column<T>> columns) {
    this.name = name;
    this.columns = columns;
  }

  /** A table without columns yet. */
  static <T> Table<T> named(String name) {
    return new Table<>(name, Collections.emptyList());
  }

  private Table<T> with(String column, TypeInformation<?> type, Read<T, ?> read) {
    ArrayList<Column<T>> more = new ArrayList<>(columns);
    more.add(new Column<>(column, type, read));
    return new Table<>(name, more);
  }

  /** Empty where there is none. */
  Table<T> text(String column, Read<T, String> read) {
    return with(
        column,
        Types.STRING,
        source -> {
          String text = read.from(source);
          return text == null ? "" : text;
        });
  }

  /** A text of exactly so many ASCII characters. */
  Table<T> fixed(String column, int length, Read<T, String> read) {
    return with(
        column,
        Types.STRING,
        source -> {
          String text = read.from(source);
          if (text.getBytes(StandardCharsets.UTF_8).length != length) {
            throw new UnreadableException(
                column + " is \"" + text + "\", expected " + length + " characters", column);
          }
          return text;
        });
  }

  /** NONE where there is none. */
  Table<T> word(String column, Read<T, ? extends Enum<?>> read) {
    return with(
        column,
        Types.STRING,
        source -> {
          Enum<?> constant = read.from(source);
          return constant == null ? "NONE" : constant.name();
        });
  }

  Table<T> flag(String column, Read<T, Boolean> read) {
    return with(column, Types.BOOLEAN, read);
  }

  Table<T> whole(String column, Read<T, Long> read) {
    return with(column, Types.LONG, read);
  }

  Table<T> count(String column, Read<T, Integer> read) {
    return with(column, Types.INT, read);
  }

  Table<T> number(String column, Read<T, Double> read) {
    return with(column, Types.DOUBLE, read);
  }

  Table<T> amount(String column, Read<T, BigDecimal> read) {
    return with(column, Types.BIG_DEC, source -> fitting(read.from(source)));
  }

  /** Epoch microseconds; 1970 where there is none, or none that a column can hold. */
  Table<T> time(String column, Read<T, Long> read) {
    return with(
        column,
        Types.INSTANT,
        source -> {
          Instant time = instant(read.from(source));
          return time == null ? Instant.EPOCH : time;
        });
  }

  /** Epoch microseconds; NULL where there is none, or none that a column can hold. */
  Table<T> optionalTime(String column, Read<T, Long> read) {
    return with(column, Types.INSTANT, source -> instant(read.from(source)));
  }

  /**
   * Epoch microseconds of a whole second, of a column that has no parts of one and ends in 2106.
   */
  Table<T> second(String column, Read<T, Long> read) {
    return with(
        column, Types.INSTANT, source -> instant(Math.min(read.from(source), LAST_SECOND_US)));
  }

  Table<T> texts(String column, Read<T, List<String>> read) {
    return with(
        column,
        Types.OBJECT_ARRAY(Types.STRING),
        source -> {
          String[] texts = read.from(source).toArray(new String[0]);
          for (int i = 0; i < texts.length; i++) {
            texts[i] = texts[i] == null ? "" : texts[i];
          }
          return texts;
        });
  }

  Table<T> amounts(String column, Read<T, List<BigDecimal>> read) {
    return with(
        column,
        Types.OBJECT_ARRAY(Types.BIG_DEC),
        source -> {
          BigDecimal[] amounts = read.from(source).toArray(new BigDecimal[0]);
          for (int i = 0; i < amounts.length; i++) {
            amounts[i] = fitting(amounts[i]);
          }
          return amounts;
        });
  }

  /** A map of numbers by name; what is no number is left out. */
  Table<T> numbers(String column, Read<T, JsonNode> read) {
    return with(
        column,
        Types.MAP(Types.STRING, Types.DOUBLE),
        source -> {
          Map<String, Double> numbers = new TreeMap<>();
          JsonNode object = read.from(source);
          object
              .fields()
              .forEachRemaining(
                  field -> {
                    if (field.getValue().isNumber()) {
                      numbers.put(field.getKey(), field.getValue().doubleValue());
                    }
                  });
          return numbers;
        });
  }

  Table<T> bytes(String column, Read<T, byte[]> read) {
    return with(column, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO, read);
  }

  /**
   * Decimal(38, 18): further decimals are cut off, more than 20 digits before the point are NULL.
   */
  private static BigDecimal fitting(BigDecimal value) {
    if (value == null || (long) value.precision() - value.scale() > WHOLE_DIGITS) {
      return null;
    }
    return value.scale() > DECIMALS ? value.setScale(DECIMALS, RoundingMode.DOWN) : value;
  }

  /** Null for none, or one that ClickHouse does not have. */
  private static Instant instant(Long us) {
    return us == null || us < 0 || us > LAST_US
        ? null
        : Instant.ofEpochSecond(us / SECOND_US, us % SECOND_US * 1_000);
  }

  public String name() {
    return name;
  }

  public List<String> columns() {
    return columns.stream().map(Column::name).toList();
  }

  /** Of the rows, a field for each column. */
  public TypeInformation<Row> type() {
    return Types.ROW_NAMED(
        columns().toArray(new String[0]),
        columns.stream().map(Column::type).toArray(TypeInformation<?>[]::new));
  }

  /** Inserts a row, with a parameter for each column. */
  public String insert() {
    return "INSERT INTO "
        + name
        + " ("
        + String.join(", ", columns())
        + ") VALUES ("
        + String.join(", ", Collections.nCopies(columns.size(), "?"))
        + ")";
  }

  /**
   * @throws UnreadableException naming what cannot stand in the table
   */
  public Row row(T source) throws UnreadableException {
    Row row = new Row(columns.size());
    for (int i = 0; i < columns.size(); i++) {
      row.setField(i, columns.get(i).read().from(source));
    }
    return row;
  }

  @Override
  public String toString() {
    return name;
  }
}
