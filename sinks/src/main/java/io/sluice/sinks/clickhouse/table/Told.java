package io.sluice.sinks.clickhouse.table;

import io.sluice.domain.wire.Message;

/**
 * A record of a topic that the gate is told things by.
 *
 * @param bytes the record's value
 */
public record Told<M extends Message>(M message, int partition, long offset, byte[] bytes) {
  /** Where the record stands, which tells it from any other. */
  static <M extends Message> Table<Told<M>> placed(Table<Told<M>> table) {
    return table.count("topic_partition", Told::partition).whole("topic_offset", Told::offset);
  }

  /** The same with the record's line. */
  static <M extends Message> Table<Told<M>> whole(Table<Told<M>> table) {
    return placed(table).bytes("line", Told::bytes);
  }
}
