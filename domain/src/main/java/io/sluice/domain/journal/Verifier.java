package io.sluice.domain.journal;

import io.sluice.domain.group.GroupFold;
import io.sluice.domain.group.GroupState;
import io.sluice.domain.json.UnreadableException;
import java.util.ArrayList;
import java.util.HashMap;
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
    RecordedLine read;
    try {
      read = RecordedLine.read(line, lines);
    } catch (UnreadableException e) {
      return new Finding(
          lines,
          "?",
          0,
          e.field() == null ? "line" : e.field(),
          "not a journal line: " + e.getMessage());
    }
    GroupState state = states.computeIfAbsent(read.group(), GroupState::new);
    if (hashes != null && isRepeat(read)) {
      repeats++;
      return null;
    }
    Finding finding = read.check(state, fold);
    if (finding == null) {
      decisions += read.effects().decisions().size();
      if (hashes != null) {
        hashes.computeIfAbsent(read.group(), key -> new ArrayList<>()).add(state.headHash());
      }
    }
    return finding;
  }

  private boolean isRepeat(RecordedLine line) {
    List<String> known = hashes.getOrDefault(line.group(), List.of());
    return line.seq() >= 1
        && line.seq() <= known.size()
        && known.get((int) line.seq() - 1).equals(line.recordedHash())
        && line.hash() == null;
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
