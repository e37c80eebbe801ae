package io.sluice.operators.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class PartSerializerTest {
  private static final byte[] PART = "{\"version\":1}".getBytes(StandardCharsets.UTF_8);
  private static final MapStateDescriptor<String, byte[]> OF_FLINK =
      new MapStateDescriptor<>(
          "parts", Types.STRING, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);

  /** Puts a part under "store", and keeps what it reads under "read". */
  private static final class Parts extends AbstractStreamOperator<String>
      implements OneInputStreamOperator<String, String> {
    private static final long serialVersionUID = 1L;
    private final transient MapStateDescriptor<String, byte[]> descriptor;
    private transient MapState<String, byte[]> parts;
    private transient byte[] read;

    Parts(MapStateDescriptor<String, byte[]> descriptor) {
      this.descriptor = descriptor;
    }

    @Override
    public void open() throws Exception {
      super.open();
      parts = getRuntimeContext().getMapState(descriptor);
    }

    @Override
    public void processElement(StreamRecord<String> element) throws Exception {
      if (element.getValue().equals("store")) {
        parts.put("head", PART);
      } else {
        read = parts.get("head");
      }
    }
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, String, String> harness(Parts parts)
      throws Exception {
    return new KeyedOneInputStreamOperatorTestHarness<>(parts, element -> "firm", Types.STRING);
  }

  @Test
  void theHeapBackendCopiesNoPartAfterACheckpoint() throws Exception {
    Parts parts = new Parts(DecodedParts.descriptor("parts"));
    try (var harness = harness(parts)) {
      harness.open();
      harness.processElement(new StreamRecord<>("store"));
      harness.snapshot(1, 1);
      harness.processElement(new StreamRecord<>("read"));
      assertThat(parts.read).isSameAs(PART);
    }
  }

  @Test
  void readsWhatFlinksOwnSerializerWrote() throws Exception {
    OperatorSubtaskState snapshot;
    try (var harness = harness(new Parts(OF_FLINK))) {
      harness.open();
      harness.processElement(new StreamRecord<>("store"));
      snapshot = harness.snapshot(1, 1);
    }
    Parts restored = new Parts(DecodedParts.descriptor("parts"));
    try (var harness = harness(restored)) {
      harness.initializeState(snapshot);
      harness.open();
      harness.processElement(new StreamRecord<>("read"));
      assertThat(restored.read).isEqualTo(PART);
    }
  }
}
