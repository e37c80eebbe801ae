package io.sluice.operators;

import static io.sluice.operators.Scenario.trade;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.journal.Cause;
import io.sluice.domain.wire.Row;
import io.sluice.operators.edge.EdgeType;
import io.sluice.operators.edge.FrontRow;
import io.sluice.operators.edge.GateOutput;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.api.operators.co.CoProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class SilenceTest {
  private static final long SECOND = 1_000_000L;
  private static final long START = 1_700_000_000 * SECOND;
  private static final byte[] CONFIGURATION =
      StoredConfiguration.write(Pipeline.parse(Scenario.CONFIGURATION));

  private static FrontRow row(String topic, String instrument, long us) {
    return FrontRow.of(
        new Row(
            Scenario.message(trade(instrument, us, "100")), new Cause(topic, 0, us, 0), 0, us, us));
  }

  @Test
  void aPulseASecondForEachInstrumentOfATopic() throws Exception {
    try (var harness =
        new OneInputStreamOperatorTestHarness<FrontRow, Tuple3<String, String, Long>>(
            new ProcessOperator<>(new SourcePulse()))) {
      harness.open();
      for (long ms = 0; ms < 2_500; ms += 100) {
        harness.processElement(row("t", "V:A", START + ms * 1_000), 0);
        harness.processElement(row("t", "V:B", START + ms * 1_000), 0);
      }
      harness.processElement(row("q", "V:A", START), 0);
      Row looked = row("t", "V:A", START + 9 * SECOND).row();
      harness.processElement(new FrontRow("V:LOOKER", looked, null, 0), 0);
      assertThat(harness.extractOutputValues())
          .containsExactly(
              Tuple3.of("t", "V:A", START),
              Tuple3.of("t", "V:B", START),
              Tuple3.of("t", "V:A", START + SECOND),
              Tuple3.of("t", "V:B", START + SECOND),
              Tuple3.of("t", "V:A", START + 2 * SECOND),
              Tuple3.of("t", "V:B", START + 2 * SECOND),
              Tuple3.of("q", "V:A", START));
    }
  }

  @Test
  void howLongIsConfigured() throws Exception {
    byte[] configuration =
        StoredConfiguration.write(
            Pipeline.parse(
                Scenario.CONFIGURATION.replaceFirst("\\{", "{\"max_source_silence\":\"5s\",")));
    try (var harness =
        new TwoInputStreamOperatorTestHarness<Tuple3<String, String, Long>, Long, GateOutput>(
            new CoProcessOperator<>(new SilenceWatch(Set.of("t"), configuration)))) {
      harness.setup(EdgeType.GATE_OUTPUT.createSerializer(null));
      harness.open();
      harness.processElement2(new StreamRecord<>(START));
      harness.processElement2(new StreamRecord<>(START + 5 * SECOND));
      assertThat(harness.extractOutputValues()).isEmpty();
      harness.processElement2(new StreamRecord<>(START + 6 * SECOND));
      assertThat(harness.extractOutputValues())
          .hasSize(4)
          .allSatisfy(
              output ->
                  assertThat(new String(output.json(), StandardCharsets.UTF_8))
                      .contains("\"age_ms\":6000,\"bound_ms\":5000"));
    }
  }

  @Test
  void aSilentTopicAndInstrumentsNeverHeardOfAreEvents() throws Exception {
    try (var harness =
        new TwoInputStreamOperatorTestHarness<Tuple3<String, String, Long>, Long, GateOutput>(
            new CoProcessOperator<>(new SilenceWatch(Set.of("t", "q"), CONFIGURATION)))) {
      harness.setup(EdgeType.GATE_OUTPUT.createSerializer(null));
      harness.open();
      harness.processElement2(new StreamRecord<>(START));
      harness.processElement1(new StreamRecord<>(Tuple3.of("t", "V:A", START + SECOND)));
      harness.processElement1(new StreamRecord<>(Tuple3.of("t", "V:B", START + SECOND)));
      harness.processElement2(new StreamRecord<>(START + 70 * SECOND));
      harness.processElement1(new StreamRecord<>(Tuple3.of("t", "W:C", START + 71 * SECOND)));
      harness.processElement2(new StreamRecord<>(START + 72 * SECOND));
      List<String> events =
          harness.extractOutputValues().stream()
              .map(output -> new String(output.json(), StandardCharsets.UTF_8))
              .map(json -> json.replaceAll("\\{\"event_id\":\"[0-9a-f]{32}\",", ""))
              .toList();
      String at70 = ",\"event_time_us\":" + (START + 70 * SECOND) + ",\"detail\":";
      String at72 = ",\"event_time_us\":" + (START + 72 * SECOND) + ",\"detail\":";
      String heard = ",\"last_us\":" + (START + 71 * SECOND) + "}}";
      assertThat(events)
          .containsExactly(
              "\"type\":\"DATA_STALE\",\"scope\":\"topic:q\",\"instrument\":null,\"severity\":\"WARNING\""
                  + at70
                  + "{\"age_ms\":70000,\"bound_ms\":60000,\"last_us\":null}}",
              "\"type\":\"DATA_STALE\",\"scope\":\"topic:t\",\"instrument\":null,\"severity\":\"ERROR\""
                  + at70
                  + "{\"age_ms\":69000,\"bound_ms\":60000,\"last_us\":"
                  + (START + SECOND)
                  + "}}",
              "\"type\":\"DATA_STALE\",\"scope\":\"instrument:W:C\",\"instrument\":\"W:C\",\"severity\":\"WARNING\""
                  + at70
                  + "{\"age_ms\":70000,\"bound_ms\":60000,\"last_us\":null}}",
              "\"type\":\"DATA_FRESH\",\"scope\":\"topic:t\",\"instrument\":null,\"severity\":\"INFO\""
                  + at72
                  + "{\"age_ms\":1000,\"bound_ms\":60000"
                  + heard,
              "\"type\":\"DATA_FRESH\",\"scope\":\"instrument:W:C\",\"instrument\":\"W:C\",\"severity\":\"INFO\""
                  + at72
                  + "{\"age_ms\":1000,\"bound_ms\":60000"
                  + heard);
    }
  }
}
