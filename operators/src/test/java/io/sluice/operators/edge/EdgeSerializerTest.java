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
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EdgeSerializerTest {
  private static final byte[] JSON = "{}".getBytes(StandardCharsets.UTF_8);
  private static final Trade TRADE =
      new Trade("A", null, new BigDecimal("1.50"), BigDecimal.ONE, Aggressor.SELL, 7L, null);
  private static final Cause CAUSE = new Cause("f", 1, 2, 3);
  private static final Event EVENT =
      new Event("e", Event.Type.FLASH_CRASH, "s", null, Event.Severity.CRITICAL, 9, JSON);

  /**
   * One record of each type and the bytes of its version: a form that changes needs a new version.
   */
  private static final Map<Object, String> PINNED =
      Map.of(
          InputRecord.of(new Row(TRADE, CAUSE, 4, 5, 6)),
          "01010000000000000004000000000000000600000000000000050000000166000000010000000000"
              + "00000200000003010000000141ffffffff0100000002000000000000009601000000000000000000"
              + "000001010000000000000007ffffffffffffffff",
          FrontRow.of(new Row(TRADE, CAUSE, 4, 5, 6)),
          "010000000141ffffffff000000000000000000000004000000000000000500000000000000060000"
              + "00016600000001000000000000000200000003010000000141ffffffff0100000002000000000000"
              + "009601000000000000000000000001010000000000000007ffffffffffffffff",
          Sequenced.of(4, new Entry("g", CAUSE, 6, TRADE, null)),
          "02000000000000000400000001670000000000000006010000000000000006000000016600000001"
              + "000000000000000200000003010000000141ffffffff010000000200000000000000960100000000"
              + "0000000000000001010000000000000007ffffffffffffffff0000",
          new CrashCandidate(
              "A",
              new CrashRule(10, new BigDecimal("0.02")),
              CAUSE,
              4,
              5,
              0.5,
              BigDecimal.TEN,
              BigDecimal.ONE),
          "010000000141000000000000000a0100000002000000000000000200000001660000000100000000"
              + "0000000200000003000000000000000400000000000000053fe00000000000000100000000000000"
              + "000000000a01000000000000000000000001",
          new GateOutput(GateOutput.Kind.EVENT, "g", 1, 2, EVENT, JSON, 3),
          "02020000000167000000000000000100000002000000027b7d0100000001650000000b464c415348"
              + "5f43524153480000000173ffffffff00000008435249544943414c0000000000000009000000027b"
              + "7d0000000000000003",
          new TopicRecord("t", 1, 2, 3, true, null, JSON),
          "010000000174000000010000000000000002000000000000000301ffffffff01000000027b7d",
          EVENT,
          "0100000001650000000b464c4153485f43524153480000000173ffffffff00000008435249544943"
              + "414c0000000000000009000000027b7d");

  static Stream<Object> records() {
    return PINNED.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("records")
  void aRecordHasTheBytesThatStoredStateHas(Object record) throws IOException {
    String hex = HexFormat.of().formatHex(bytes(record));
    assertThat(hex).isEqualTo(PINNED.get(record));
    assertThat(bytes(read(type(record), HexFormat.of().parseHex(hex)))).isEqualTo(bytes(record));
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
  void bytesOfAnotherVersionAreRefused(Object record) throws IOException {
    byte[] bytes = bytes(record);
    bytes[0] = 9;
    assertThatThrownBy(() -> read(type(record), bytes))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(" and found 9");
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
