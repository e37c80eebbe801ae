package io.sluice.sinks.clickhouse;

/** Which way a migration is taken. */
public enum Direction {
  UP,
  DOWN
}
