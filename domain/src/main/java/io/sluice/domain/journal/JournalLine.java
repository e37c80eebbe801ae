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

  private static final int EXPECTED_BYTES = 16_384;

  private final String hash;
  private final byte[] bytes;
  private final int[] starts;
  private final int[] ends;

  private JournalLine(String hash, byte[] bytes, int[] starts, int[] ends) {
    this.hash = hash;
    this.bytes = bytes;
    this.starts = starts;
    this.ends = ends;
  }

  /**
   * @param gateTimeUs the gate's monotone time after the entry
   */
  public static JournalLine of(
      Entry entry, long seq, long gateTimeUs, List<Decision> decisions, String previousHash) {
    JsonWriter json = new JsonWriter(EXPECTED_BYTES);
    return of(entry, seq, gateTimeUs, decisions, previousHash, json);
  }

  /** A writer for the lines of a journal, one after the other. */
  public static JsonWriter writer() {
    return JsonWriter.reusable(EXPECTED_BYTES);
  }

  /**
   * The same with a writer that wrote the lines before.
   *
   * @param json whatever stands in it is forgotten
   */
  public static JournalLine of(
      Entry entry,
      long seq,
      long gateTimeUs,
      List<Decision> decisions,
      String previousHash,
      JsonWriter json) {
    int[] starts = new int[decisions.size()];
    int[] ends = new int[decisions.size()];
    json.clear().beginObject().name("group").value(entry.group()).name("seq").value(seq);
    json.name("gate_time_us").value(gateTimeUs);
    entry.writeContent(json);
    json.name("decisions").beginArray();
    for (int i = 0; i < decisions.size(); i++) {
      starts[i] = json.size() + (i == 0 ? 0 : 1);
      decisions.get(i).write(json);
      ends[i] = json.size();
    }
    json.endArray().name("prev_hash").value(previousHash).endObject();
    String hash = Sha256.hex(previousHash, json);
    byte[] bytes = json.reopenObject().name("hash").value(hash).endObject().toBytes();
    return new JournalLine(hash, bytes, starts, ends);
  }

  /** The hash of a line, given without its hash. */
  static String hashOf(byte[] withoutHash, String previousHash) {
    return Sha256.hex(previousHash.getBytes(StandardCharsets.US_ASCII), withoutHash);
  }

  public String hash() {
    return hash;
  }

  public byte[] bytes() {
    return bytes;
  }

  /** The canonical JSON of one of the line's decisions, as it stands in the line. */
  public byte[] decision(int index) {
    return Arrays.copyOfRange(bytes, starts[index], ends[index]);
  }
}
