package io.sluice.operators.edge;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** How the edge types write their fields. */
final class Primitives {
  private static final int MAX_LONG_BITS = 63;

  private Primitives() {}

  static void text(String text, DataOutputView out) throws IOException {
    if (text == null) {
      out.writeInt(-1);
      return;
    }
    bytes(text.getBytes(StandardCharsets.UTF_8), out);
  }

  static String text(DataInputView in) throws IOException {
    byte[] bytes = bytes(in);
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }

  static void bytes(byte[] bytes, DataOutputView out) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static byte[] bytes(DataInputView in) throws IOException {
    int length = in.readInt();
    if (length < 0) {
      return null;
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return bytes;
  }

  static void time(Long time, DataOutputView out) throws IOException {
    out.writeLong(time == null ? -1 : time);
  }

  static Long time(DataInputView in) throws IOException {
    long time = in.readLong();
    return time < 0 ? null : (Long) time;
  }

  /** Exact, scale included; most decimals fit a long. */
  static void decimal(BigDecimal value, DataOutputView out) throws IOException {
    if (value == null) {
      out.writeByte(0);
      return;
    }
    BigInteger unscaled = value.unscaledValue();
    boolean isSmall = unscaled.bitLength() <= MAX_LONG_BITS;
    out.writeByte(isSmall ? 1 : 2);
    out.writeInt(value.scale());
    if (isSmall) {
      out.writeLong(unscaled.longValue());
    } else {
      bytes(unscaled.toByteArray(), out);
    }
  }

  static BigDecimal decimal(DataInputView in) throws IOException {
    int form = in.readByte();
    if (form == 0) {
      return null;
    }
    int scale = in.readInt();
    return form == 1
        ? BigDecimal.valueOf(in.readLong(), scale)
        : new BigDecimal(new BigInteger(bytes(in)), scale);
  }
}
