package io.sluice.jobs.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.group.Admission;
import io.sluice.domain.scoring.Publications;
import io.sluice.jobs.FlinkOptions;
import io.sluice.jobs.UidSnapshot;
import io.sluice.jobs.Uids;
import io.sluice.jobs.config.ConfigurationFile;
import io.sluice.jobs.config.JobConfiguration;
import io.sluice.jobs.input.InputFile;
import io.sluice.jobs.input.InputKind;
import io.sluice.jobs.kafka.Topic;
import io.sluice.jobs.replay.ReplaySource;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.runtime.jobgraph.topology.DefaultLogicalTopology;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.junit.jupiter.api.Test;

class LiveGraphTest {
  private static final JobConfiguration CONFIGURATION = ConfigurationFile.packagedLive();
  private static final int PARALLELISM = 12;
  private static final CommandsBefore BEFORE =
      new CommandsBefore(new Admission(CONFIGURATION.risk().control()), new Publications());

  private static StreamGraph graph(Consumer<LiveGraph> define) {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.createLocalEnvironment(
            PARALLELISM, FlinkOptions.fixed(new Configuration()));
    Map<Topic, Integer> partitions =
        Arrays.stream(Topic.values()).collect(Collectors.toMap(topic -> topic, Topic::partitions));
    define.accept(new LiveGraph(environment, CONFIGURATION, partitions));
    return environment.getStreamGraph();
  }

  private static StreamGraph live() {
    return graph(graph -> graph.define(BEFORE));
  }

  private static StreamGraph bounded() {
    InputFile file = new InputFile(Path.of("trades.jsonl"), InputKind.TRADES, 0, null, null);
    return graph(graph -> graph.defineBounded(new ReplaySource(List.of(file))));
  }

  @Test
  void everyOperatorHasTheUidThatItsStateIsFoundBy() {
    assertThat(live().getStreamNodes())
        .extracting(
            node ->
                node.getTransformationUID()
                    + " / "
                    + node.getOperatorName()
                    + " / "
                    + node.getParallelism())
        .containsExactlyInAnyOrder(
            "market-source / Source: market / 8",
            "market-intake / wire intake / 8",
            "market-router / router / 8",
            "orders-source / Source: orders / 12",
            "orders-intake / wire intake / 12",
            "orders-router / router / 12",
            "clock-source / Source: clock / 1",
            "group-clock / group clock / 1",
            "source-pulse / source pulse / 8",
            "silence-watch / silence watch / 1",
            "market-state / market state / 12",
            "flash-crash / flash crash / 12",
            "flash-crash-output / flash crash output / 12",
            "market-entries / risk.inputs: Writer / 12",
            "Sink Committer: market-entries / risk.inputs: Committer / 12",
            "direct-entries / risk.inputs, direct: Writer / 12",
            "Sink Committer: direct-entries / risk.inputs, direct: Committer / 12",
            "front-outputs / front outputs: Writer / 12",
            "Sink Committer: front-outputs / front outputs: Committer / 12",
            "entry-source / Source: risk.inputs / 8",
            "entry-intake / entry intake / 12",
            "risk-gate / risk gate / 12",
            "answers / answers / 12",
            "journal-lines / journal lines / 12",
            "journal / journal: Writer / 12",
            "Sink Committer: journal / journal: Committer / 12",
            "gate-outputs / gate outputs: Writer / 12",
            "Sink Committer: gate-outputs / gate outputs: Committer / 12",
            "entry-dead-letters / entry dead letters: Writer / 12",
            "Sink Committer: entry-dead-letters / entry dead letters: Committer / 12");
  }

  @Test
  void savepointsFindEveryOperatorAgain() throws IOException {
    UidSnapshot.require("live", live());
    UidSnapshot.require("live-bounded", bounded());
  }

  /** Front and gate go down and come up each for itself. */
  @Test
  void frontAndGateAreTwoRegions() {
    JobGraph job = live().getJobGraph();
    Set<Set<String>> regions = new java.util.HashSet<>();
    DefaultLogicalTopology.fromJobGraph(job)
        .getAllPipelinedRegions()
        .forEach(
            region -> {
              Set<String> sources = new TreeSet<>();
              region
                  .getVertices()
                  .forEach(
                      vertex -> {
                        JobVertex found = job.findVertexByID(vertex.getId());
                        if (found.isInputVertex()) {
                          sources.add(found.getName().split(" -> ")[0]);
                        }
                      });
              regions.add(sources);
            });
    assertThat(regions)
        .containsExactlyInAnyOrder(
            Set.of("Source: market", "Source: orders", "Source: clock"),
            Set.of("Source: risk.inputs"));
  }

  @Test
  void whatIsListedAsUidIsOneOfSomeJob() throws IllegalAccessException {
    Set<String> listed = new TreeSet<>();
    for (Field field : Uids.class.getFields()) {
      assertThat(listed.add((String) field.get(null))).as(field.getName()).isTrue();
    }
    listed.removeAll(Set.of(Uids.OUTPUT_LINES, Uids.FILES, Uids.ARCHIVE_BOOKS));
    Set<String> used = new TreeSet<>();
    for (StreamGraph graph : List.of(live(), bounded())) {
      graph.getStreamNodes().forEach(node -> used.add(node.getTransformationUID()));
    }
    used.removeIf(uid -> uid.startsWith("Sink Committer: "));
    assertThat(used).isEqualTo(listed);
  }
}
