package io.sluice.domain.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.group.Effects;
import io.sluice.domain.group.GroupFold;
import io.sluice.domain.group.GroupState;
import io.sluice.domain.journal.Verifier.Finding;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.StrictJson;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.wire.Fields;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;

/** A line of a journal as it was recorded, held against what its group's fold makes of it. */
public final class RecordedLine {
  private static final String HASH_KEY = ",\"hash\":\"";
  private static final int HASH_TAIL = HASH_KEY.length() + 64 + 2;

  private final byte[] bytes;
  private final long number;
  private final ObjectNode node;
  private final String group;
  private final long seq;
  private Entry entry;
  private Effects effects;

  private RecordedLine(byte[] bytes, long number, ObjectNode node) throws UnreadableException {
    Fields fields = new Fields(node);
    this.bytes = bytes;
    this.number = number;
    this.node = node;
    this.group = fields.text("group");
    this.seq = fields.whole("seq");
  }

  /**
   * @param number where it stands, for messages
   * @throws UnreadableException where it is no journal line
   */
  public static RecordedLine read(byte[] bytes, long number) throws UnreadableException {
    return new RecordedLine(bytes, number, StrictJson.trusted(bytes));
  }

  public String group() {
    return group;
  }

  public long seq() {
    return seq;
  }

  public long gateTimeUs() {
    return node.path("gate_time_us").asLong(-1);
  }

  /** The line as JSON, not to be changed. */
  public ObjectNode json() {
    return node;
  }

  /** The decisions it holds, as they were recorded. */
  public JsonNode decisions() {
    return node.path("decisions");
  }

  /** The hash it says it has. */
  String recordedHash() {
    return node.path("hash").asText();
  }

  /** What was folded; after a check that found nothing. */
  public Entry entry() {
    return entry;
  }

  /** What that brought about; after a check that found nothing. */
  public Effects effects() {
    return effects;
  }

  /**
   * Checks that it follows on what was folded before, and folds it.
   *
   * @param state of its group, which then is as after the line
   * @return what is wrong, or null; after a finding the state is of no use any more
   */
  public Finding check(GroupState state, GroupFold fold) {
    Finding misplaced = place(state);
    return misplaced != null ? misplaced : content(state, fold);
  }

  private Finding place(GroupState state) {
    long expected = state.seq() + 1;
    String hash = node.path("hash").asText();
    if (seq > expected) {
      return new Finding(
          number,
          group,
          expected,
          "seq",
          "gap or reorder: the line is missing here, the next one has seq " + seq);
    }
    if (seq == state.seq() && hash.equals(state.headHash())) {
      return new Finding(number, group, seq, "seq", "repeat: the line stands here a second time");
    }
    if (seq < expected) {
      return new Finding(
          number,
          group,
          seq,
          "seq",
          "fork or reorder: another line with this seq came before, expected seq " + expected);
    }
    String previous = node.path("prev_hash").asText();
    return previous.equals(state.headHash())
        ? null
        : new Finding(
            number,
            group,
            seq,
            "prev_hash",
            "fork or edit: it is not chained to the line before it");
  }

  private Finding content(GroupState state, GroupFold fold) {
    try {
      entry = Entry.readContent(node, group, new Fields(node).whole("gate_time_us"));
    } catch (UnreadableException | RuntimeException e) {
      return new Finding(
          number, group, seq, "input", "edit: it does not read as an entry: " + e.getMessage());
    }
    try {
      effects = fold.apply(state, entry);
    } catch (RuntimeException e) {
      return editedOr("input", "it cannot be folded: " + e.getMessage());
    }
    if (effects == null) {
      return editedOr("cause", "it had been folded before and should have left no line");
    }
    JournalLine again =
        JournalLine.of(entry, seq, effects.gateTimeUs(), effects.decisions(), state.headHash());
    if (Arrays.equals(again.bytes(), bytes)) {
      state.journaled(seq, again.hash());
      return null;
    }
    // The same bytes have the same hash and the same decisions: only now is it looked for what
    // differs.
    Finding derived = derived();
    return derived != null
        ? derived
        : editedOr("line", "it is not in canonical form, or has fields that are not its own");
  }

  /** That the line was edited, or else what is wrong with it. */
  private Finding editedOr(String field, String problem) {
    Finding edited = hash();
    return edited != null ? edited : new Finding(number, group, seq, field, problem);
  }

  Finding hash() {
    String hash = node.path("hash").asText();
    String tail =
        bytes.length > HASH_TAIL
            ? new String(bytes, bytes.length - HASH_TAIL, HASH_TAIL, StandardCharsets.UTF_8)
            : "";
    if (!tail.equals(HASH_KEY + hash + "\"}")) {
      return new Finding(number, group, seq, "hash", "edit: the line does not end with its hash");
    }
    byte[] without = Arrays.copyOf(bytes, bytes.length - HASH_TAIL + 1);
    without[without.length - 1] = '}';
    String expected = JournalLine.hashOf(without, node.path("prev_hash").asText());
    return expected.equals(hash)
        ? null
        : new Finding(
            number, group, seq, "hash", "edit: the line's content does not have its hash");
  }

  /** The first field of the line that derives otherwise: gate time, or a decision's. */
  private Finding derived() {
    long gateTimeUs = node.path("gate_time_us").asLong(-1);
    if (gateTimeUs != effects.gateTimeUs()) {
      return new Finding(
          number,
          group,
          effects.seq(),
          "gate_time_us",
          "it is " + gateTimeUs + " and derives as " + effects.gateTimeUs());
    }
    JsonNode recorded = node.path("decisions");
    if (recorded.size() != effects.decisions().size()) {
      return new Finding(
          number,
          group,
          effects.seq(),
          "decisions",
          "there are " + recorded.size() + " and derive " + effects.decisions().size());
    }
    for (int i = 0; i < recorded.size(); i++) {
      String difference = difference(recorded.get(i), effects.decisions().get(i));
      if (difference != null) {
        String field = difference.substring(0, difference.indexOf(' '));
        return new Finding(
            number, group, effects.seq(), "decisions[" + i + "]." + field, difference);
      }
    }
    return null;
  }

  private static String difference(JsonNode recorded, Decision decision) {
    JsonNode derived;
    try {
      derived = StrictJson.trusted(decision.toJson());
    } catch (UnreadableException e) {
      throw new IllegalStateException("a canonical decision reads back", e);
    }
    if (recorded.equals(derived)) {
      return null;
    }
    for (Iterator<String> names = derived.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!derived.get(name).equals(recorded.get(name))) {
        return name
            + " is "
            + text(recorded.get(name))
            + " and derives as "
            + text(derived.get(name));
      }
    }
    return "decision has fields that are not its own";
  }

  private static String text(JsonNode node) {
    String text = new JsonWriter().tree(node).toString();
    return text.length() > 300 ? text.substring(0, 300) + "..." : text;
  }
}
