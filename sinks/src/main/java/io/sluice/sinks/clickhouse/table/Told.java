package io.sluice.sinks.clickhouse.table;

import io.sluice.domain.wire.Message;
import java.nio.charset.StandardCharsets;

/**
 * A record of a topic that the gate is told things by.
 *
 * @param bytes the record's value
 */
public record Told<M extends Message>(M message, int partition, long offset, byte[] bytes) {
  String line() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Where the record stands, which tells it from any other. */
  static <M extends Message> Table<Told<M>> placed(Table<Told<M>> table) {
    return table.count("topic_partition", Told::partition).whole("topic_offset", Told::offset);
  }

  /** The same with the record's line. */
  static <M extends Message> Table<Told<M>> whole(Table<Told<M>> table) {
    return placed(table).text("line", Told::line);
  }
}
