package io.sluice.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.operators.edge.InputRecord;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.junit.jupiter.api.Test;

/**
 * A job that is stopped and started again, elsewhere and wider or narrower, puts out the same
 * bytes.
 */
class RestartTest {
  private static final int[] PARALLELISMS = {1, 3, 2, 4, 1, 2};

  @Property(tries = 4)
  void onHeap(@ForAll long seed) throws Exception {
    List<InputRecord> records = Scenario.random(seed, 300);
    assertThat(run(records, HashMapStateBackend::new, 30))
        .isEqualTo(run(records, HashMapStateBackend::new, 0));
  }

  @Property(tries = 1)
  void onRocksDb(@ForAll long seed) throws Exception {
    List<InputRecord> records = Scenario.random(seed, 300);
    assertThat(run(records, () -> new EmbeddedRocksDBStateBackend(true), 120))
        .isEqualTo(run(records, HashMapStateBackend::new, 0));
  }

  @Test
  void atEveryRecord() throws Exception {
    List<InputRecord> records = Scenario.random(4711, 100);
    assertThat(run(records, HashMapStateBackend::new, 1))
        .isEqualTo(run(records, HashMapStateBackend::new, 0));
  }

  @Test
  void theScenarioDecidesHaltsAndTrades() throws Exception {
    String all = run(Scenario.random(1, 1_000), HashMapStateBackend::new, 0).toString();
    assertThat(all)
        .contains(
            "\"verdict\":\"ALLOW\"",
            "\"verdict\":\"DENY\"",
            "\"verdict\":\"HALT\"",
            "\"type\":\"clock\"",
            "\"status\":\"FILLED\"",
            "\"status\":\"EXPIRED\"",
            "\"type\":\"RESUME\"",
            "\"crashed\":true");
  }

  private static Map<String, List<String>> run(
      List<InputRecord> records, Supplier<StateBackend> backend, int restartEvery)
      throws Exception {
    try (Pipeline pipeline =
        new Pipeline(Scenario.CONFIGURATION, backend, restartEvery == 0 ? 1 : 2)) {
      int restarts = 0;
      for (int i = 0; i < records.size(); i++) {
        pipeline.add(records.get(i));
        if (restartEvery > 1 && i % 7 == 3) {
          pipeline.checkpoint();
        }
        if (restartEvery > 0 && i % restartEvery == 0 && i < records.size() - 1) {
          pipeline.restart(PARALLELISMS[restarts++ % PARALLELISMS.length]);
        }
      }
      pipeline.outputs.put(
          "candidates", pipeline.candidates.stream().map(Object::toString).toList());
      pipeline.outputs.put(
          "summaries", pipeline.summaries().stream().map(Object::toString).sorted().toList());
      return pipeline.outputs;
    }
  }
}
