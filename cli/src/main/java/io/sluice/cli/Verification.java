package io.sluice.cli;

import io.sluice.domain.journal.Verifier;
import io.sluice.domain.journal.Verifier.Finding;
import io.sluice.domain.json.JsonWriter;
import io.sluice.jobs.input.InputException;
import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.kafka.Topic;
import io.sluice.jobs.kafka.TopicReader;
import io.sluice.jobs.kafka.Topics;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * How a journal was checked.
 *
 * @param repeats lines of a topic that had come before
 * @param findings empty where it verifies
 */
record Verification(long lines, long repeats, long decisions, int groups, List<Finding> findings) {
  private static final int LINES_PER_REPORT = 100_000;

  /**
   * @param heads where each group ends; empty where that is not known
   * @throws InputException where the file cannot be read
   */
  static Verification of(Path journal, Map<String, Verifier.Head> heads, LongConsumer progress)
      throws InputException {
    Verifier verifier = Verifier.ofFile();
    List<Finding> findings = new ArrayList<>();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(journal), 1 << 20)) {
      ByteArrayOutputStream line = new ByteArrayOutputStream(4_096);
      for (boolean more = readLine(in, line);
          more && findings.isEmpty();
          more = readLine(in, line)) {
        check(verifier, line.toByteArray(), findings, progress);
      }
    } catch (IOException e) {
      throw new InputException(
          journal
              + " cannot be read ("
              + e.getClass().getSimpleName()
              + "): name the replay's journal.jsonl");
    }
    if (findings.isEmpty() && verifier.lines() == 0 && heads.isEmpty()) {
      throw new InputException(journal + " has no lines: name the replay's journal.jsonl");
    }
    return result(verifier, findings, heads);
  }

  /**
   * Checks what {@code risk.journal} holds now, up to the first finding.
   *
   * @param heads where each group ends; empty where that is not known
   * @throws io.sluice.jobs.kafka.TopicsException where the topic is missing or does not answer
   * @throws InputException where it holds nothing
   */
  static Verification ofTopic(
      KafkaSettings kafka, Map<String, Verifier.Head> heads, LongConsumer progress)
      throws InputException {
    try (Topics topics = Topics.open(kafka)) {
      topics.partitions(Topic.RISK_JOURNAL);
    }
    Verifier verifier = Verifier.ofTopic();
    List<Finding> findings = new ArrayList<>();
    TopicReader.readWhile(
        kafka,
        Topic.RISK_JOURNAL,
        record -> {
          byte[] line = record.value() == null ? new byte[0] : record.value();
          check(verifier, line, findings, progress);
          return findings.isEmpty();
        });
    if (findings.isEmpty() && verifier.lines() == 0 && heads.isEmpty()) {
      throw new InputException(
          kafka.nameOf(Topic.RISK_JOURNAL) + " has no lines yet: run a gate first");
    }
    return result(verifier, findings, heads);
  }

  private static void check(
      Verifier verifier, byte[] line, List<Finding> findings, LongConsumer progress) {
    Finding finding = verifier.check(line);
    if (finding != null) {
      findings.add(finding);
    }
    if (verifier.lines() % LINES_PER_REPORT == 0) {
      progress.accept(verifier.lines());
    }
  }

  private static Verification result(
      Verifier verifier, List<Finding> findings, Map<String, Verifier.Head> heads) {
    if (findings.isEmpty() && !heads.isEmpty()) {
      findings.addAll(verifier.checkHeads(heads));
    }
    return new Verification(
        verifier.lines(),
        verifier.repeats(),
        verifier.decisions(),
        verifier.heads().size(),
        findings);
  }

  /** Reads up to the next newline; false at the end of the file. */
  private static boolean readLine(InputStream in, ByteArrayOutputStream line) throws IOException {
    line.reset();
    int next = in.read();
    if (next < 0) {
      return false;
    }
    while (next >= 0 && next != '\n') {
      line.write(next);
      next = in.read();
    }
    return true;
  }

  boolean isGood() {
    return findings.isEmpty();
  }

  String describe() {
    return String.format(
        Locale.ROOT,
        "verified: %,d journal lines of %d groups, %,d decisions derived again, all the same%s",
        lines - repeats,
        groups,
        decisions,
        repeats == 0 ? "" : String.format(Locale.ROOT, "; %,d repeated lines dropped", repeats));
  }

  String toJson() {
    JsonWriter json = new JsonWriter();
    json.beginObject()
        .name("verified")
        .value(isGood())
        .name("lines")
        .value(lines)
        .name("repeats")
        .value(repeats)
        .name("decisions")
        .value(decisions);
    json.name("groups").value((long) groups).name("findings").beginArray();
    for (Finding finding : findings) {
      json.beginObject().name("line").value(finding.line()).name("group").value(finding.group());
      json.name("seq").value(finding.seq()).name("field").value(finding.field());
      json.name("problem").value(finding.problem()).endObject();
    }
    return json.endArray().endObject().toString();
  }
}
