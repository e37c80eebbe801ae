package io.sluice.benchmarks.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.wire.Trade;
import io.sluice.domain.wire.WireReader;
import io.sluice.jobs.config.ConfigurationFile;
import io.sluice.jobs.config.JobConfiguration;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the live runs are made of, without a broker. */
class LiveRunsTest {
  @TempDir Path folder;

  @Test
  void theDeskIsOneThatSluiceRunTakes() throws Exception {
    JobConfiguration desk =
        ConfigurationFile.readJob(
            LiveDesk.write(folder.resolve("desk.yaml"), "localhost:9092", "1m"));
    assertThat(desk.risk().instruments()).hasSize(LiveDesk.INSTRUMENTS);
    assertThat(desk.risk().accounts().keySet()).containsAll(LiveDesk.accounts());
  }

  @Test
  void intentsReadAndAreKnownAgainInTheirDecisions() throws Exception {
    IntentTape tape = new IntentTape("bench-");
    byte[] line = tape.intent(417, 1_000_000).toJson();
    assertThat(WireReader.read(line)).isEqualTo(tape.intent(417, 1_000_000));
    assertThat(tape.numberOf(line)).isEqualTo(417);
    assertThat(new IntentTape("first-").numberOf(line)).isNegative();
    assertThat(tape.numberOf("{}".getBytes(StandardCharsets.UTF_8))).isNegative();
  }

  @Test
  void onlyMarkersAreKnownAsMarkers() throws Exception {
    MarketTape tape = new MarketTape();
    for (int i = 0; i < 1_000; i++) {
      assertThat(MarketTape.isMarker(tape.next(i).price())).isFalse();
    }
    Trade marker = (Trade) WireReader.read(tape.marker(3, 1_000).toJson());
    assertThat(MarketTape.isMarker(marker.price())).isTrue();
    assertThat(marker.instrument()).isEqualTo(LiveDesk.instrument(3));
  }

  @Test
  void anOpenLoopLeavesNothingOutHoweverLongOneTakes() throws Exception {
    List<Long> done = Collections.synchronizedList(new ArrayList<>());
    List<Long> early = Collections.synchronizedList(new ArrayList<>());
    OpenLoop[] loop = new OpenLoop[1];
    synchronized (loop) {
      loop[0] =
          OpenLoop.start(
              "test",
              10_000,
              500,
              Duration.ZERO,
              n -> {
                synchronized (loop) {
                  done.add(n);
                  if (System.nanoTime() < loop[0].dueNanos(n)) {
                    early.add(n);
                  }
                }
              });
    }
    loop[0].finish();
    assertThat(done).hasSize(500).isSorted();
    assertThat(early).isEmpty();
  }
}
