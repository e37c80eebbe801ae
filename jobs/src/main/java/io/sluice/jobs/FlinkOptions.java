package io.sluice.jobs;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;

/** What every job is run with, because its state or its types rest on it. */
public final class FlinkOptions {
  /** State is split by it: never changed. */
  public static final int MAX_PARALLELISM = 128;

  private FlinkOptions() {}

  /** Sets them over whatever a profile says. */
  public static Configuration fixed(Configuration flink) {
    flink.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    flink.set(PipelineOptions.GENERIC_TYPES, false);
    flink.set(PipelineOptions.OBJECT_REUSE, true);
    flink.set(PipelineOptions.MAX_PARALLELISM, MAX_PARALLELISM);
    return flink;
  }
}
