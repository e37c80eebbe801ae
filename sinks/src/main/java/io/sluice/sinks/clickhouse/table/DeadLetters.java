package io.sluice.sinks.clickhouse.table;

import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.wire.DeadLetter;
import io.sluice.domain.wire.Fields;
import java.util.Base64;

/** What could not be read, whole. */
public final class DeadLetters {
  public static final Table<DeadLetter> TABLE =
      Table.<DeadLetter>named("dead_letters")
          .text("source", DeadLetter::source)
          .count("source_partition", DeadLetter::partition)
          .whole("source_offset", DeadLetter::offset)
          .text("reason", DeadLetter::reason)
          .text("field", DeadLetter::field)
          .bytes("bytes", DeadLetter::bytes)
          .flag("truncated", DeadLetter::truncated);

  private DeadLetters() {}

  /**
   * Reads a record of the topic of dead letters back.
   *
   * @throws UnreadableException where it is none itself
   */
  public static DeadLetter read(Recorded record) throws UnreadableException {
    Fields fields = record.fields();
    String base64 = fields.text("bytes_base64");
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new UnreadableException("bytes_base64 is no Base64", "bytes_base64");
    }
    return new DeadLetter(
        fields.text("source"),
        (int) fields.whole("partition"),
        fields.whole("offset"),
        fields.text("reason"),
        fields.optionalText("field"),
        bytes,
        fields.optionalFlag("truncated"));
  }
}
