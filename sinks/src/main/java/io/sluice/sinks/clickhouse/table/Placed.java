package io.sluice.sinks.clickhouse.table;

/** A line that Sluice wrote into a topic, with its place there, which tells it from any other. */
public record Placed(Recorded line, int partition, long offset) {
  static Table<Placed> in(Table<Placed> table) {
    return table.count("topic_partition", Placed::partition).whole("topic_offset", Placed::offset);
  }
}
