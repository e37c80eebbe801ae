package io.sluice.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.domain.journal.Cause;
import io.sluice.domain.journal.Entry;
import io.sluice.domain.journal.Event;
import io.sluice.domain.market.CrashCandidate;
import io.sluice.domain.market.crash.CrashRule;
import io.sluice.domain.wire.Aggressor;
import io.sluice.domain.wire.Row;
import io.sluice.domain.wire.Trade;
import io.sluice.operators.edge.EdgeType;
import io.sluice.operators.edge.FrontRow;
import io.sluice.operators.edge.GateOutput;
import io.sluice.operators.edge.InputRecord;
import io.sluice.operators.edge.Sequenced;
import io.sluice.operators.edge.TopicRecord;
import io.sluice.operators.state.DecodedParts;
import io.sluice.sinks.files.OutputLine;
import io.sluice.sinks.files.OutputLineSerializer;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every serializer writes the form that stands in savepoints, and reads the form before it. A form
 * is a file {@code forms/SERIALIZER-VERSION.txt}: what a savepoint holds of the serializer, and a
 * record. It is never changed, because savepoints are not.
 */
class StoredFormsTest {
  private static final byte[] JSON = "{}".getBytes(StandardCharsets.UTF_8);
  private static final Trade TRADE =
      new Trade("A", null, new BigDecimal("1.50"), BigDecimal.ONE, Aggressor.SELL, 7L, null);
  private static final Cause CAUSE = new Cause("f", 1, 2, 3);
  private static final Entry ENTRY = new Entry("g", CAUSE, 6, TRADE, null);
  private static final Event EVENT =
      new Event("e", Event.Type.FLASH_CRASH, "s", null, Event.Severity.CRITICAL, 9, JSON);
  private static final TopicRecord RECORD = new TopicRecord("t", 1, 2, 3, true, null, JSON);

  private static final String WHAT_TO_DO =
      """

      The form of %1$s has changed, and the new bytes have the version of the old ones: state of
      savepoints that exist would be misread.
      - Was that not meant? Undo it. A class whose name stands in savepoints keeps name and package.
      - Was it? Raise its version by one, let it read both versions, leave the file of the old form,
        and say in StoredFormsTest.BEFORE what the old record reads as.
      Then record the new form: mvn test -pl jobs -am -Dtest=StoredFormsTest \
      -Dsurefire.failIfNoSpecifiedTests=false -Dsluice.record=true
      """;

  /** A serializer, the version that it writes, and a record. */
  private record Form(TypeSerializer<?> serializer, int version, Object record) {
    static <T> Form of(TypeInformation<T> type, int version, T record) {
      return new Form(type.createSerializer(new SerializerConfigImpl()), version, record);
    }

    String name() {
      return serializer.getClass().getSimpleName();
    }

    @SuppressWarnings("unchecked")
    TypeSerializer<Object> anySerializer() {
      return (TypeSerializer<Object>) serializer;
    }

    byte[] bytes(Object any) throws IOException {
      DataOutputSerializer out = new DataOutputSerializer(64);
      anySerializer().serialize(any, out);
      return out.getCopyOfBuffer();
    }

    String text() throws IOException {
      DataOutputSerializer out = new DataOutputSerializer(64);
      TypeSerializerSnapshot.writeVersionedSnapshot(out, serializer.snapshotConfiguration());
      HexFormat hex = HexFormat.of();
      return "serializer %s\nrecord %s\n"
          .formatted(hex.formatHex(out.getCopyOfBuffer()), hex.formatHex(bytes(record)));
    }

    @Override
    public String toString() {
      return name();
    }
  }

  private static final List<Form> FORMS =
      List.of(
          Form.of(EdgeType.INPUT_RECORD, 1, InputRecord.of(new Row(TRADE, CAUSE, 4, 5, 6))),
          Form.of(EdgeType.FRONT_ROW, 1, FrontRow.of(new Row(TRADE, CAUSE, 4, 5, 6))),
          Form.of(EdgeType.SEQUENCED, 2, Sequenced.of(RECORD, ENTRY)),
          Form.of(
              EdgeType.CRASH_CANDIDATE,
              1,
              new CrashCandidate(
                  "A",
                  new CrashRule(10, new BigDecimal("0.02")),
                  CAUSE,
                  4,
                  5,
                  0.5,
                  BigDecimal.TEN,
                  BigDecimal.ONE)),
          Form.of(
              EdgeType.GATE_OUTPUT,
              2,
              new GateOutput(GateOutput.Kind.EVENT, "g", 1, 2, EVENT, JSON, 3)),
          Form.of(EdgeType.TOPIC_RECORD, 1, RECORD),
          Form.of(EdgeType.EVENT, 1, EVENT),
          new Form(DecodedParts.descriptor("parts").getValueSerializer(), 1, JSON),
          new Form(OutputLineSerializer.INSTANCE, 1, OutputLine.journal("g", 1, JSON)));

  /** What the records of the forms before are now. */
  private static final Map<String, Object> BEFORE =
      Map.of(
          "SequencedSerializer-1",
          Sequenced.of(4, ENTRY),
          "GateOutputSerializer-1",
          new GateOutput(GateOutput.Kind.EVENT, "g", 1, 2, EVENT, JSON, 0));

  static Stream<Form> forms() {
    return FORMS.stream();
  }

  @ParameterizedTest
  @MethodSource("forms")
  void isWhatSavepointsHold(Form form) throws IOException {
    String name = "forms/" + form.name() + "-" + form.version() + ".txt";
    if (SnapshotFile.isRecording() && Files.exists(SnapshotFile.of(name))) {
      assertThat(form.text())
          .as("a form is never recorded anew" + WHAT_TO_DO.formatted(form.name()))
          .isEqualTo(Files.readString(SnapshotFile.of(name)));
    }
    SnapshotFile.require(SnapshotFile.of(name), form.text(), WHAT_TO_DO.formatted(form.name()));
    assertReadsTheFormsBefore(form);
  }

  private static void assertReadsTheFormsBefore(Form form) throws IOException {
    for (int version = 1; version <= form.version(); version++) {
      String name = form.name() + "-" + version;
      Path file = SnapshotFile.of("forms/" + name + ".txt");
      assertThat(file).as("the form of each version is kept").exists();
      byte[] record = part(file, "record");
      if (version < form.version() - 1) {
        assertThatThrownBy(() -> form.serializer().deserialize(new DataInputDeserializer(record)))
            .as(name)
            .isInstanceOf(SuppressRestartsException.class);
        continue;
      }
      Object expected = version == form.version() ? form.record() : BEFORE.get(name);
      assertThat(expected).as("StoredFormsTest.BEFORE says what %s reads as", name).isNotNull();
      DataInputDeserializer in = new DataInputDeserializer(record);
      Object read = form.serializer().deserialize(in);
      assertThat(in.available()).as("%s is read to its end", name).isZero();
      assertThat(form.bytes(read)).as(name).isEqualTo(form.bytes(expected));
      assertRestores(form, file);
    }
  }

  private static void assertRestores(Form form, Path file) throws IOException {
    TypeSerializerSnapshot<Object> stored =
        TypeSerializerSnapshot.readVersionedSnapshot(
            new DataInputDeserializer(part(file, "serializer")),
            StoredFormsTest.class.getClassLoader());
    assertThat(
            form.anySerializer()
                .snapshotConfiguration()
                .resolveSchemaCompatibility(stored)
                .isCompatibleAsIs())
        .as("%s is what %s holds", form, file)
        .isTrue();
  }

  private static byte[] part(Path file, String name) throws IOException {
    Matcher part = Pattern.compile("(?m)^" + name + " (.*)$").matcher(Files.readString(file));
    assertThat(part.find()).as("%s in %s", name, file).isTrue();
    return HexFormat.of().parseHex(part.group(1));
  }

  /** So that {@code ArchitectureTest} finds a file for each, and there is none without a test. */
  @Test
  void everyFileIsTheFormOfASerializer() throws IOException {
    try (Stream<Path> files = Files.list(SnapshotFile.of("forms"))) {
      assertThat(files.map(file -> file.getFileName().toString().replaceAll("-[0-9]+\\.txt", "")))
          .allMatch(name -> FORMS.stream().anyMatch(form -> form.name().equals(name)));
    }
  }
}
