package io.sluice.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.operators.edge.GateOutput;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.SimpleUserCodeClassLoader;
import org.apache.flink.util.UserCodeClassLoader;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class TimedDecisionsTest {
  private static final long RECEIVED_US = 1_000_000L;

  private final TimedDecisions records =
      new TimedDecisions(new OutputRecords(KafkaSettings.local("localhost:1")));
  private Histogram latencyMs;

  /** Keeps the one histogram that is made below it. */
  private final class Metrics extends UnregisteredMetricsGroup {
    @Override
    public MetricGroup addGroup(String name) {
      return this;
    }

    @Override
    public <H extends Histogram> H histogram(String name, H histogram) {
      assertThat(name).isEqualTo("decisionLatencyMs");
      latencyMs = histogram;
      return histogram;
    }
  }

  private ProducerRecord<byte[], byte[]> sent(long receivedUs) {
    records.open(
        new SerializationSchema.InitializationContext() {
          @Override
          public MetricGroup getMetricGroup() {
            return new Metrics();
          }

          @Override
          public UserCodeClassLoader getUserCodeClassLoader() {
            return SimpleUserCodeClassLoader.create(getClass().getClassLoader());
          }
        },
        null);
    return records.serialize(
        new GateOutput(
            GateOutput.Kind.DECISION, "firm", 1, 0, null, new byte[] {'{', '}'}, receivedUs),
        null,
        null);
  }

  /** From the intent's arrival until the broker has it: not when it is handed to the producer. */
  @Test
  void aDecisionIsTimedUntilTheBrokerHasAcknowledgedIt() {
    ProducerRecord<byte[], byte[]> record = sent(RECEIVED_US);
    TimedDecisions.Stop stop = new TimedDecisions.Stop();
    assertThat(stop.onSend(record)).isSameAs(record);
    assertThat(latencyMs.getCount()).isZero();

    stop.onAcknowledgement(null, new TimeoutException(), record.headers());
    assertThat(latencyMs.getCount()).as("of one that was not written").isZero();

    long before = System.currentTimeMillis();
    stop.onAcknowledgement(null, null, record.headers());
    long after = System.currentTimeMillis();
    assertThat(latencyMs.getCount()).isEqualTo(1);
    assertThat(latencyMs.getStatistics().getMax())
        .isBetween(before - RECEIVED_US / 1_000, after - RECEIVED_US / 1_000);
    assertThat(
            new String(record.headers().lastHeader("received_us").value(), StandardCharsets.UTF_8))
        .isEqualTo("1000000");
  }

  @Test
  void whatAnswersNoIntentIsNotTimed() {
    ProducerRecord<byte[], byte[]> record = sent(0);
    new TimedDecisions.Stop().onAcknowledgement(null, null, record.headers());
    assertThat(record.headers()).isEmpty();
    assertThat(latencyMs.getCount()).isZero();
  }
}
