package io.sluice.jobs.input;

/**
 * One of the sequences of lines that a {@link MergedInput} makes one of: a file, or a partition of
 * a Kafka topic.
 */
public sealed interface Input permits InputFile, InputPartition {
  /** What causes and dead letters name as their source. */
  String source();

  /** What causes and dead letters name as their partition, from 0. */
  int partition();

  /** The option it was given with, or whose files have the same kinds of line. */
  InputKind kind();
}
