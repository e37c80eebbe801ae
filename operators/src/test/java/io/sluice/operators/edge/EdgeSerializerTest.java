package io.sluice.operators.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.domain.journal.Cause;
import io.sluice.domain.journal.Entry;
import io.sluice.domain.journal.Event;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.market.CrashCandidate;
import io.sluice.domain.market.crash.CrashRule;
import io.sluice.domain.wire.Aggressor;
import io.sluice.domain.wire.DeadLetter;
import io.sluice.domain.wire.Message;
import io.sluice.domain.wire.Row;
import io.sluice.domain.wire.Trade;
import io.sluice.operators.RandomMessages;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EdgeSerializerTest {
  private static final byte[] JSON = "{}".getBytes(StandardCharsets.UTF_8);
  private static final Trade TRADE =
      new Trade("A", null, new BigDecimal("1.50"), BigDecimal.ONE, Aggressor.SELL, 7L, null);
  private static final Cause CAUSE = new Cause("f", 1, 2, 3);
  private static final Event EVENT =
      new Event("e", Event.Type.FLASH_CRASH, "s", null, Event.Severity.CRITICAL, 9, JSON);

  private static final List<Object> RECORDS =
      List.of(
          InputRecord.of(new Row(TRADE, CAUSE, 4, 5, 6)),
          FrontRow.of(new Row(TRADE, CAUSE, 4, 5, 6)),
          Sequenced.of(4, new Entry("g", CAUSE, 6, TRADE, null)),
          new CrashCandidate(
              "A",
              new CrashRule(10, new BigDecimal("0.02")),
              CAUSE,
              4,
              5,
              0.5,
              BigDecimal.TEN,
              BigDecimal.ONE),
          new GateOutput(GateOutput.Kind.EVENT, "g", 1, 2, EVENT, JSON, 3),
          new TopicRecord("t", 1, 2, 3, true, null, JSON),
          EVENT);

  static Stream<Object> records() {
    return RECORDS.stream();
  }

  @ParameterizedTest
  @MethodSource("records")
  void aSerializerComesBackFromItsSnapshot(Object record) throws IOException {
    TypeSerializer<Object> serializer = serializer(type(record));
    DataOutputSerializer out = new DataOutputSerializer(64);
    TypeSerializerSnapshot.writeVersionedSnapshot(out, serializer.snapshotConfiguration());
    TypeSerializerSnapshot<Object> snapshot =
        TypeSerializerSnapshot.readVersionedSnapshot(
            new DataInputDeserializer(out.getCopyOfBuffer()), getClass().getClassLoader());
    assertThat(snapshot.restoreSerializer()).isEqualTo(serializer);
    assertThat(
            serializer
                .snapshotConfiguration()
                .resolveSchemaCompatibility(snapshot)
                .isCompatibleAsIs())
        .isTrue();
  }

  @ParameterizedTest
  @MethodSource("records")
  void bytesOfANewerVersionAreRefusedForGood(Object record) throws IOException {
    byte[] bytes = bytes(record);
    bytes[0]++;
    assertThatThrownBy(() -> read(type(record), bytes))
        .isInstanceOf(SuppressRestartsException.class)
        .cause()
        .hasMessageContaining(" and found " + bytes[0] + ": a newer build wrote it");
  }

  @Property(tries = 400)
  void whateverIsWrittenIsRead(@ForAll long seed) throws IOException {
    RandomMessages random = new RandomMessages(seed);
    Message message = random.message();
    Cause cause = random.cause();
    Row row = new Row(message, cause, random.time(), random.time(), random.time());
    Row readRow = ((InputRecord) roundTrip(InputRecord.of(row))).row();
    assertSame(readRow, row);
    FrontRow front = new FrontRow(random.text(), row, random.maybe(random.text()), 3);
    FrontRow readFront = (FrontRow) roundTrip(front);
    assertSame(readFront.row(), row);
    assertThat(readFront.instrument()).isEqualTo(front.instrument());
    assertThat(readFront.subscriber()).isEqualTo(front.subscriber());
    assertThat(readFront.firstSub()).isEqualTo(3);
    Entry entry =
        new Entry(random.text(), cause, random.time(), message, random.maybe(random.snapshot()));
    Sequenced read = (Sequenced) roundTrip(Sequenced.of(random.time(), entry));
    assertThat(read.entry().cause()).isEqualTo(cause);
    assertThat(read.entry().gateTimeUs()).isEqualTo(entry.gateTimeUs());
    assertThat(read.group()).isEqualTo(entry.group());
    assertThat(json(read.entry())).isEqualTo(json(entry));
    if (message instanceof Trade
        || message.kind() == Message.Kind.QUOTE
        || message.kind() == Message.Kind.MARK) {
      assertThat(readRow.message()).as("the scale of a price too").isEqualTo(message);
    }
  }

  @Property(tries = 200)
  void theOtherRecordsAreReadToo(@ForAll long seed) throws IOException {
    RandomMessages random = new RandomMessages(seed);
    roundTrip(InputRecord.start());
    InputRecord end = (InputRecord) roundTrip(InputRecord.end(random.time(), random.time(), JSON));
    assertThat(end.counts()).isEqualTo(JSON);
    Sequenced last = Sequenced.end(random.time(), random.text(), random.time());
    assertThat(roundTrip(last)).isEqualTo(last);
    DeadLetter dead =
        new DeadLetter(
            random.text(),
            1,
            random.time(),
            random.text(),
            random.maybe(random.text()),
            JSON,
            true);
    DeadLetter readDead = ((InputRecord) roundTrip(InputRecord.of(dead, 5))).deadLetter();
    assertThat(readDead).usingRecursiveComparison().isEqualTo(dead);
    CrashCandidate candidate =
        new CrashCandidate(
            random.text(),
            random.rule(),
            random.cause(),
            random.time(),
            random.time(),
            0.1,
            random.positive(),
            random.positive());
    assertThat(roundTrip(candidate)).isEqualTo(candidate);
    Event event =
        new Event(
            random.text(),
            Event.Type.HALT,
            random.text(),
            random.maybe(random.text()),
            Event.Severity.INFO,
            random.time(),
            JSON);
    assertThat(roundTrip(event)).usingRecursiveComparison().isEqualTo(event);
    GateOutput output =
        new GateOutput(
            GateOutput.Kind.JOURNAL,
            random.maybe(random.text()),
            random.time(),
            1,
            random.maybe(event),
            JSON,
            random.time());
    assertThat(roundTrip(output)).usingRecursiveComparison().isEqualTo(output);
  }

  private static void assertSame(Row read, Row row) {
    assertThat(read.cause()).isEqualTo(row.cause());
    assertThat(new long[] {read.number(), read.orderTimeUs(), read.clockUs()})
        .containsExactly(row.number(), row.orderTimeUs(), row.clockUs());
    assertThat(read.message().toJson()).isEqualTo(row.message().toJson());
    assertThat(read.message().getClass()).isEqualTo(row.message().getClass());
  }

  private static String json(Entry entry) {
    JsonWriter json = new JsonWriter();
    if (entry.snapshot() != null) {
      entry.snapshot().write(json);
    }
    return new String(entry.input().toJson(), StandardCharsets.UTF_8)
        + new String(json.toBytes(), StandardCharsets.UTF_8);
  }

  private static Object roundTrip(Object record) throws IOException {
    byte[] bytes = bytes(record);
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    DataOutputSerializer copy = new DataOutputSerializer(64);
    serializer(type(record)).copy(new DataInputDeserializer(bytes), copy);
    assertThat(copy.getCopyOfBuffer()).isEqualTo(bytes);
    Object read = serializer(type(record)).deserialize(in);
    assertThat(in.available()).as("nothing is left").isZero();
    return read;
  }

  private static EdgeType<?> type(Object record) {
    return Stream.of(
            EdgeType.INPUT_RECORD,
            EdgeType.FRONT_ROW,
            EdgeType.SEQUENCED,
            EdgeType.CRASH_CANDIDATE,
            EdgeType.GATE_OUTPUT,
            EdgeType.TOPIC_RECORD,
            EdgeType.EVENT)
        .filter(type -> type.getTypeClass() == record.getClass())
        .findFirst()
        .orElseThrow();
  }

  @SuppressWarnings("unchecked")
  private static TypeSerializer<Object> serializer(EdgeType<?> type) {
    return (TypeSerializer<Object>) type.createSerializer(new SerializerConfigImpl());
  }

  private static byte[] bytes(Object record) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer(type(record)).serialize(record, out);
    return out.getCopyOfBuffer();
  }

  private static Object read(EdgeType<?> type, byte[] bytes) throws IOException {
    return serializer(type).deserialize(new DataInputDeserializer(bytes));
  }
}
