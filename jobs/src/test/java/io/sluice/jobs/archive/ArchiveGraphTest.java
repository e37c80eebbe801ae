package io.sluice.jobs.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.jobs.FlinkOptions;
import io.sluice.jobs.UidSnapshot;
import io.sluice.jobs.Uids;
import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.kafka.Topic;
import io.sluice.sinks.clickhouse.ClickHouseSettings;
import io.sluice.sinks.clickhouse.table.Table;
import io.sluice.sinks.clickhouse.table.Tables;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.junit.jupiter.api.Test;

class ArchiveGraphTest {
  private static StreamGraph graph(boolean isMarketArchived) {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.createLocalEnvironment(
            8, FlinkOptions.fixed(new Configuration()));
    ArchiveSettings settings = ArchiveSettings.of(ClickHouseSettings.local("http://ch:1", "db"));
    Map<Topic, Integer> partitions =
        Arrays.stream(Topic.values()).collect(Collectors.toMap(topic -> topic, Topic::partitions));
    new ArchiveGraph(
            environment,
            isMarketArchived ? settings.withMarket() : settings,
            KafkaSettings.local("kafka:1"),
            partitions)
        .define();
    return environment.getStreamGraph();
  }

  @Test
  void everyTableHasASinkOfItsOwnAndEveryOperatorItsUid() {
    Set<String> uids = new TreeSet<>();
    graph(true).getStreamNodes().forEach(node -> uids.add(node.getTransformationUID()));
    uids.removeIf(uid -> uid.startsWith("Sink Committer: "));
    Set<String> expected = new TreeSet<>(List.of(Uids.ARCHIVE_BOOKS));
    for (Table<?> table : Tables.all()) {
      expected.add("archive-table-" + table.name());
    }
    for (Topic topic : Topic.values()) {
      if (topic != Topic.RISK_INPUTS) {
        expected.add("archive-source-" + topic.wireName());
        // The journal's are made where it is folded again.
        if (topic != Topic.RISK_JOURNAL) {
          expected.add("archive-rows-" + topic.wireName());
        }
      }
    }
    assertThat(uids).isEqualTo(expected);
  }

  @Test
  void savepointsFindEveryOperatorAgain() throws IOException {
    UidSnapshot.require("archive", graph(true));
  }

  @Test
  void theMarketIsArchivedOnRequestOnly() {
    assertThat(graph(false).getStreamNodes())
        .noneMatch(node -> node.getTransformationUID().contains("market.trades"))
        .noneMatch(node -> node.getTransformationUID().contains("market.quotes"))
        .noneMatch(node -> node.getTransformationUID().equals("archive-table-trades"));
  }

  /** A record goes from its source into its sink's batch without being written for an edge. */
  @Test
  void aTopicsSourceAndSinksAreOneTask() {
    JobGraph job = graph(true).getJobGraph();
    assertThat(job.getVerticesAsArray())
        .extracting(JobVertex::getName)
        .anyMatch(
            name -> name.startsWith("Source: risk.decisions") && name.contains("decisions: Writer"))
        .anyMatch(name -> name.contains("journal books") && name.contains("positions: Writer"));
  }
}
