package io.sluice.domain.wire;

import io.sluice.domain.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * What could not be read, kept whole up to 64 KiB.
 *
 * @param reason what was found and what was expected
 * @param field the field at fault, or null
 * @param bytes the line, without its line end, at most 64 KiB of it
 * @param truncated whether the line was longer
 */
public record DeadLetter(
    String source,
    int partition,
    long offset,
    String reason,
    String field,
    byte[] bytes,
    boolean truncated) {
  /** The most bytes that are kept of a line. */
  public static final int MAX_KEPT_BYTES = 64 * 1024;

  /** What a reason quotes of the line may be half of a surrogate pair, which has no UTF-8 form. */
  public DeadLetter {
    reason = new String(reason.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  public static DeadLetter of(
      String source, int partition, long offset, String reason, String field, byte[] line) {
    boolean tooLong = line.length > MAX_KEPT_BYTES;
    byte[] kept = tooLong ? Arrays.copyOf(line, MAX_KEPT_BYTES) : line;
    return new DeadLetter(source, partition, offset, reason, field, kept, tooLong);
  }

  public void write(JsonWriter json) {
    json.beginObject().name("source").value(source).name("partition").value(partition);
    json.name("offset").value(offset).name("reason").value(reason).name("field").value(field);
    json.name("bytes_base64").value(Base64.getEncoder().encodeToString(bytes));
    json.name("truncated").value(truncated).endObject();
  }
}
