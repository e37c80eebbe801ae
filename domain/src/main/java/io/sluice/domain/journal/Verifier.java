package io.sluice.domain.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.group.Effects;
import io.sluice.domain.group.GroupFold;
import io.sluice.domain.group.GroupState;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.StrictJson;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.wire.Fields;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Checks a journal line by line: that no line is missing, moved, changed or added, and that every
 * decision follows from the inputs before it. Lines of several groups may be mixed; those of one
 * group stand in their order.
 */
public final class Verifier {
  /**
   * What is wrong, where.
   *
   * @param seq the line's number in its group, or 0 where it has none
   * @param field what differs
   */
  public record Finding(long line, String group, long seq, String field, String problem) {
    @Override
    public String toString() {
      return "group " + group + " seq " + seq + " field " + field + " (line " + line + "): "
          + problem;
    }
  }

  /** The newest line of a group. */
  public record Head(long seq, String hash) {}

  private static final String HASH_KEY = ",\"hash\":\"";
  private static final int HASH_TAIL = HASH_KEY.length() + 64 + 2;

  private final GroupFold fold = new GroupFold();
  private final Map<String, GroupState> states = new TreeMap<>();
  private final Map<String, List<String>> hashes;
  private long lines;
  private long decisions;
  private long repeats;

  private Verifier(Map<String, List<String>> hashes) {
    this.hashes = hashes;
  }

  /** For a file: every line stands in it once. */
  public static Verifier ofFile() {
    return new Verifier(null);
  }

  /**
   * For a topic: a gate that was restarted, or one that lives on beside its successor, writes lines
   * again. Exact repeats are dropped; other content under a number that was taken is a fork.
   */
  public static Verifier ofTopic() {
    return new Verifier(new HashMap<>());
  }

  /**
   * Checks the next line; null where it is right. After a finding the journal cannot be followed
   * further.
   */
  public Finding check(byte[] line) {
    lines++;
    ObjectNode node;
    String group;
    long seq;
    try {
      node = StrictJson.trusted(line);
      Fields fields = new Fields(node);
      group = fields.text("group");
      seq = fields.whole("seq");
    } catch (UnreadableException e) {
      return new Finding(
          lines,
          "?",
          0,
          e.field() == null ? "line" : e.field(),
          "not a journal line: " + e.getMessage());
    }
    GroupState state = states.computeIfAbsent(group, GroupState::new);
    if (hashes != null && isRepeat(line, node, group, seq)) {
      repeats++;
      return null;
    }
    Finding misplaced = place(node, group, seq, state);
    return misplaced != null ? misplaced : content(line, node, group, seq, state);
  }

  private boolean isRepeat(byte[] line, ObjectNode node, String group, long seq) {
    List<String> known = hashes.getOrDefault(group, List.of());
    return seq >= 1
        && seq <= known.size()
        && known.get((int) seq - 1).equals(node.path("hash").asText())
        && hash(line, node, group, seq) == null;
  }

  private Finding place(ObjectNode node, String group, long seq, GroupState state) {
    long expected = state.seq() + 1;
    String hash = node.path("hash").asText();
    if (seq > expected) {
      return new Finding(
          lines,
          group,
          expected,
          "seq",
          "gap or reorder: the line is missing here, the next one has seq " + seq);
    }
    if (seq == state.seq() && hash.equals(state.headHash())) {
      return new Finding(lines, group, seq, "seq", "repeat: the line stands here a second time");
    }
    if (seq < expected) {
      return new Finding(
          lines,
          group,
          seq,
          "seq",
          "fork or reorder: another line with this seq came before, expected seq " + expected);
    }
    String previous = node.path("prev_hash").asText();
    return previous.equals(state.headHash())
        ? null
        : new Finding(
            lines,
            group,
            seq,
            "prev_hash",
            "fork or edit: it is not chained to the line before it");
  }

  private Finding content(byte[] line, ObjectNode node, String group, long seq, GroupState state) {
    Entry entry;
    try {
      entry = Entry.readContent(node, group, new Fields(node).whole("gate_time_us"));
    } catch (UnreadableException | RuntimeException e) {
      return new Finding(
          lines, group, seq, "input", "edit: it does not read as an entry: " + e.getMessage());
    }
    Finding edited = hash(line, node, group, seq);
    Effects effects;
    try {
      effects = fold.apply(state, entry);
    } catch (RuntimeException e) {
      return edited != null
          ? edited
          : new Finding(lines, group, seq, "input", "it cannot be folded: " + e.getMessage());
    }
    if (effects == null) {
      return edited != null
          ? edited
          : new Finding(
              lines, group, seq, "cause", "it had been folded before and should have left no line");
    }
    Finding derived = derived(node, group, effects);
    if (derived != null || edited != null) {
      return derived != null ? derived : edited;
    }
    List<byte[]> encoded = effects.decisions().stream().map(Decision::toJson).toList();
    JournalLine again = JournalLine.of(entry, seq, effects.gateTimeUs(), encoded, state.headHash());
    if (!Arrays.equals(again.bytes(), line)) {
      return new Finding(
          lines,
          group,
          seq,
          "line",
          "it is not in canonical form, or has fields that are not its own");
    }
    decisions += encoded.size();
    state.journaled(seq, again.hash());
    if (hashes != null) {
      hashes.computeIfAbsent(group, key -> new ArrayList<>()).add(again.hash());
    }
    return null;
  }

  private Finding hash(byte[] line, ObjectNode node, String group, long seq) {
    String hash = node.path("hash").asText();
    String tail =
        line.length > HASH_TAIL
            ? new String(line, line.length - HASH_TAIL, HASH_TAIL, StandardCharsets.UTF_8)
            : "";
    if (!tail.equals(HASH_KEY + hash + "\"}")) {
      return new Finding(lines, group, seq, "hash", "edit: the line does not end with its hash");
    }
    byte[] without = Arrays.copyOf(line, line.length - HASH_TAIL + 1);
    without[without.length - 1] = '}';
    String expected = JournalLine.hashOf(without, node.path("prev_hash").asText());
    return expected.equals(hash)
        ? null
        : new Finding(lines, group, seq, "hash", "edit: the line's content does not have its hash");
  }

  /** The first field of the line that derives otherwise: gate time, or a decision's. */
  private Finding derived(ObjectNode node, String group, Effects effects) {
    long gateTimeUs = node.path("gate_time_us").asLong(-1);
    if (gateTimeUs != effects.gateTimeUs()) {
      return new Finding(
          lines,
          group,
          effects.seq(),
          "gate_time_us",
          "it is " + gateTimeUs + " and derives as " + effects.gateTimeUs());
    }
    JsonNode recorded = node.path("decisions");
    if (recorded.size() != effects.decisions().size()) {
      return new Finding(
          lines,
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
            lines, group, effects.seq(), "decisions[" + i + "]." + field, difference);
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

  /**
   * Compares where each group's journal ends with where it should: a tail that was cut off leaves
   * no other trace.
   */
  public List<Finding> checkHeads(Map<String, Head> expected) {
    List<Finding> findings = new ArrayList<>();
    Map<String, Head> heads = heads();
    expected.forEach(
        (group, head) -> {
          Head found = heads.getOrDefault(group, new Head(0, JournalLine.GENESIS));
          if (found.seq() < head.seq()) {
            findings.add(
                new Finding(
                    lines,
                    group,
                    found.seq() + 1,
                    "seq",
                    "cut tail: the journal ends here, its head is at seq " + head.seq()));
          } else if (!found.equals(head)) {
            findings.add(
                new Finding(
                    lines,
                    group,
                    found.seq(),
                    "hash",
                    "the journal ends at seq "
                        + found.seq()
                        + " with another hash than its head at seq "
                        + head.seq()));
          }
        });
    heads.forEach(
        (group, head) -> {
          if (!expected.containsKey(group)) {
            findings.add(
                new Finding(lines, group, head.seq(), "group", "the heads do not know this group"));
          }
        });
    return findings;
  }

  public Map<String, Head> heads() {
    Map<String, Head> heads = new HashMap<>();
    states.forEach((group, state) -> heads.put(group, new Head(state.seq(), state.headHash())));
    return heads;
  }

  public long lines() {
    return lines;
  }

  public long decisions() {
    return decisions;
  }

  /** Lines of a topic that had come before. */
  public long repeats() {
    return repeats;
  }
}
