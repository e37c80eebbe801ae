package io.sluice.sinks.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HexFormat;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SerializerTestBase;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class OutputLineSerializerTest extends SerializerTestBase<OutputLine> {

  @Override
  protected TypeSerializer<OutputLine> createSerializer() {
    return TypeInformation.of(OutputLine.class)
        .createSerializer(new ExecutionConfig().getSerializerConfig());
  }

  @Override
  protected int getLength() {
    return -1;
  }

  @Override
  protected Class<OutputLine> getTypeClass() {
    return OutputLine.class;
  }

  @Override
  protected OutputLine[] getTestData() {
    return new OutputLine[] {
      OutputLine.decision("firm", 1, 2, "{}".getBytes(UTF_8)),
      OutputLine.journal("", Long.MIN_VALUE, new byte[0]),
      OutputLine.event(3, "HALT", "desk:\0", "e", "{\"a\":\"\u00e9\"}".getBytes(UTF_8)),
      OutputLine.deadLetter(0, 1, "t", new byte[100_000]),
    };
  }

  @Test
  void isFoundByFlink() {
    assertThat(TypeInformation.of(OutputLine.class)).isSameAs(OutputLineTypeInfo.INSTANCE);
    assertThat(createSerializer()).isInstanceOf(OutputLineSerializer.class);
  }

  /** The format of version 1: whoever changes it raises the version and reads both. */
  @Test
  void writesTheBytesThatStandInSavepoints() throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    OutputLineSerializer.INSTANCE.serialize(OutputLine.journal("g", 1, "{}".getBytes(UTF_8)), out);

    assertThat(HexFormat.of().formatHex(out.getCopyOfBuffer()))
        .isEqualTo("02" + "0000000d" + "02670000" + "018000000000000001" + "00000002" + "7b7d");
    assertThat(new OutputLineSerializer.Snapshot().getCurrentVersion()).isEqualTo(1);
  }

  @Test
  void readsItsOwnSnapshotAndRefusesALaterOne() throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    TypeSerializerSnapshot<OutputLine> snapshot = createSerializer().snapshotConfiguration();
    TypeSerializerSnapshot.writeVersionedSnapshot(out, snapshot);

    TypeSerializerSnapshot<OutputLine> restored =
        TypeSerializerSnapshot.readVersionedSnapshot(
            new DataInputDeserializer(out.getCopyOfBuffer()), getClass().getClassLoader());

    assertThat(restored.restoreSerializer()).isEqualTo(createSerializer());
    assertThat(snapshot.resolveSchemaCompatibility(restored).isCompatibleAsIs()).isTrue();
    assertThatThrownBy(
            () ->
                snapshot.readSnapshot(
                    2, new DataInputDeserializer(new byte[0]), getClass().getClassLoader()))
        .isInstanceOf(IOException.class);
  }
}
