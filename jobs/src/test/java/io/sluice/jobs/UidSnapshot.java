package io.sluice.jobs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.TreeSet;
import org.apache.flink.streaming.api.graph.StreamGraph;

/** Holds a job graph against the uids by which savepoints that exist are found again. */
public final class UidSnapshot {
  private static final String WHAT_TO_DO =
      """

      The uids of a job have changed: state in savepoints is found by its operator's uid.
      - Was an operator renamed? Give it its uid back.
      - Is one new? It starts without state; see that nothing is looser until it has some.
      - Is one gone on purpose? Its state is lost, and a savepoint that has some is resumed only with
        sluice run --allow-non-restored-state. Say so in docs/upgrades.md.
      Then record what it is now: mvn test -pl jobs -am -Dtest='*GraphTest' \
      -Dsurefire.failIfNoSpecifiedTests=false -Dsluice.record=true
      """;

  /** A build carries them, so that it can be said whether an older one knows an operator. */
  private static final Path LISTS = Path.of("src/main/resources/io/sluice/jobs/uids");

  private UidSnapshot() {}

  /**
   * @param job its name: the file is {@code uids/JOB.txt} of the main resources
   */
  public static void require(String job, StreamGraph graph) throws IOException {
    TreeSet<String> uids = new TreeSet<>();
    graph.getStreamNodes().forEach(node -> uids.add(node.getTransformationUID()));
    SnapshotFile.require(LISTS.resolve(job + ".txt"), String.join("\n", uids) + "\n", WHAT_TO_DO);
  }
}
