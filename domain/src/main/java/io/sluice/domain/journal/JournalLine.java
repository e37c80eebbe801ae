package io.sluice.domain.journal;

import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * One line of a group's journal: an entry, what was decided on it, and the hash that chains it to
 * the line before.
 *
 * <p>hash = SHA-256 of the previous hash's 64 ASCII characters and the canonical bytes of the line
 * without its hash.
 */
public final class JournalLine {
  /** What the first line of a group is chained to. */
  public static final String GENESIS = "0".repeat(64);

  private final String hash;
  private final byte[] bytes;

  private JournalLine(String hash, byte[] bytes) {
    this.hash = hash;
    this.bytes = bytes;
  }

  /**
   * @param decisions canonical JSON of the decisions, in order
   * @param gateTimeUs the gate's monotone time after the entry
   */
  public static JournalLine of(
      Entry entry, long seq, long gateTimeUs, List<byte[]> decisions, String previousHash) {
    JsonWriter json = new JsonWriter(expectedBytes(decisions));
    json.beginObject().name("group").value(entry.group()).name("seq").value(seq);
    json.name("gate_time_us").value(gateTimeUs);
    entry.writeContent(json);
    json.name("decisions").beginArray();
    decisions.forEach(json::raw);
    json.endArray().name("prev_hash").value(previousHash).endObject();
    return sealed(json.toBytes(), previousHash);
  }

  private static int expectedBytes(List<byte[]> decisions) {
    int bytes = 1_024;
    for (byte[] decision : decisions) {
      bytes += 1_024 + decision.length;
    }
    return bytes;
  }

  /** The hash of a line, given without its hash. */
  static String hashOf(byte[] withoutHash, String previousHash) {
    return Sha256.hex(previousHash.getBytes(StandardCharsets.US_ASCII), withoutHash);
  }

  private static JournalLine sealed(byte[] withoutHash, String previousHash) {
    String hash = hashOf(withoutHash, previousHash);
    byte[] tail = (",\"hash\":\"" + hash + "\"}").getBytes(StandardCharsets.US_ASCII);
    byte[] line = Arrays.copyOf(withoutHash, withoutHash.length - 1 + tail.length);
    System.arraycopy(tail, 0, line, withoutHash.length - 1, tail.length);
    return new JournalLine(hash, line);
  }

  public String hash() {
    return hash;
  }

  public byte[] bytes() {
    return bytes;
  }
}
