package io.sluice.jobs.replay;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.StrictJson;
import io.sluice.domain.json.UnreadableException;
import io.sluice.jobs.input.InputKind;
import io.sluice.sinks.files.LineVisitor;
import io.sluice.sinks.files.OutputFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts what a replay read, decided and reported, and writes {@code summary.json}: the same bytes
 * for the same inputs. What was read is counted at the source, decisions from the decisions file,
 * duplicates by the gate, so that the sum proves that nothing was lost in between.
 */
public final class ReplaySummary implements LineVisitor {
  private final JsonFactory json = new JsonFactory();
  private final Map<String, Long> verdicts = new TreeMap<>();
  private final Map<String, Long> reasons = new TreeMap<>();
  private final Map<String, Long> events = new TreeMap<>();
  private final Map<String, JsonNode> groups = new TreeMap<>();
  private final Map<OutputFile, Long> lines = new TreeMap<>();
  private JsonNode files;
  private long jobMillis;

  @Override
  public void visit(OutputFile file, byte[] line) throws IOException {
    lines.merge(file, 1L, Long::sum);
    if (file == OutputFile.DECISIONS) {
      try (JsonParser parser = json.createParser(line)) {
        decision(parser);
      }
    } else if (file == OutputFile.EVENTS) {
      try (JsonParser parser = json.createParser(line)) {
        event(parser);
      }
    }
  }

  private void decision(JsonParser parser) throws IOException {
    parser.nextToken();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      parser.nextToken();
      if (field.equals("verdict")) {
        verdicts.merge(parser.getText(), 1L, Long::sum);
      } else if (field.equals("reasons")) {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          reasons.merge(parser.getText(), 1L, Long::sum);
        }
        return;
      } else {
        parser.skipChildren();
      }
    }
  }

  private void event(JsonParser parser) throws IOException {
    parser.nextToken();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      parser.nextToken();
      if (field.equals("type")) {
        events.merge(parser.getText(), 1L, Long::sum);
        return;
      }
      parser.skipChildren();
    }
  }

  void ran(long millis) {
    jobMillis = millis;
  }

  /**
   * How long the job ran, milliseconds; the one thing here that differs from run to run, and in no
   * file.
   */
  public long jobMillis() {
    return jobMillis;
  }

  /** What the source counted, canonical JSON. */
  void counted(String counts) {
    files = parse(counts).path("files");
  }

  /** Where a group stands at the end, canonical JSON. */
  void group(String summary) {
    ObjectNode group = parse(summary);
    groups.put(group.path("group").textValue(), group);
  }

  private static ObjectNode parse(String text) {
    try {
      return StrictJson.trusted(text.getBytes(StandardCharsets.UTF_8));
    } catch (UnreadableException e) {
      throw new IllegalStateException("what Sluice wrote reads back", e);
    }
  }

  public Map<String, Long> verdicts() {
    return verdicts;
  }

  public Map<String, Long> reasons() {
    return reasons;
  }

  public Map<String, Long> events() {
    return events;
  }

  /** Each group's summary, by group. */
  public Map<String, JsonNode> groups() {
    return groups;
  }

  /** Rows that could be read, of files given with these options. */
  public long readable(List<InputKind> kinds) {
    return sum(kinds, "readable");
  }

  public long rows() {
    return readable(List.of(InputKind.values()));
  }

  public long trades() {
    return readable(List.of(InputKind.TRADES));
  }

  /** Answers to intents; the gate's own orders are counted apart. */
  public long decisions() {
    return lines.getOrDefault(OutputFile.DECISIONS, 0L) - gateDecisions();
  }

  /** Decisions on orders that the gate itself made. */
  public long gateDecisions() {
    return ofGroups("gate_decisions");
  }

  /** Lines of any file that could not be read. */
  public long deadLetters() {
    return lines.getOrDefault(OutputFile.DEADLETTER, 0L);
  }

  public long unreadable() {
    return sum(List.of(InputKind.INTENTS), "dead_letters");
  }

  public long duplicates() {
    return ofGroups("duplicates");
  }

  public long intentsFromFront() {
    return ofGroups("intents_from_front");
  }

  /** Lines of intents files, and intents made in the front. */
  public long intentsRead() {
    return readable(List.of(InputKind.INTENTS)) + unreadable() + intentsFromFront();
  }

  /** Whether every intent that was read has its decision, dead letter or duplicate. */
  public boolean addsUp() {
    return intentsRead() == decisions() + unreadable() + duplicates();
  }

  private long sum(List<InputKind> kinds, String field) {
    long sum = 0;
    for (JsonNode file : files) {
      if (kinds.contains(InputKind.valueOf(file.path("kind").textValue()))) {
        sum += file.path(field).longValue();
      }
    }
    return sum;
  }

  private long ofGroups(String field) {
    return groups.values().stream().mapToLong(group -> group.path(field).longValue()).sum();
  }

  byte[] toJson() {
    JsonWriter out = new JsonWriter();
    out.beginObject().name("rows_read").value(rows());
    for (InputKind kind : InputKind.values()) {
      if (kind != InputKind.INTENTS) {
        out.name(kind.name().toLowerCase(java.util.Locale.ROOT) + "_read")
            .value(readable(List.of(kind)));
      }
    }
    out.name("intents_read").value(intentsRead()).name("decisions").value(decisions());
    out.name("unreadable").value(unreadable()).name("duplicates").value(duplicates());
    out.name("gate_decisions").value(gateDecisions());
    out.name("intents_from_front")
        .value(intentsFromFront())
        .name("late_repeats")
        .value(ofGroups("late_repeats"));
    out.name("dead_letters").value(deadLetters());
    out.name("journal_lines").value(lines.getOrDefault(OutputFile.JOURNAL, 0L));
    counts(out, "verdicts", verdicts);
    counts(out, "reasons", reasons);
    counts(out, "events", events);
    out.name("accounts").beginObject();
    Map<String, JsonNode> accounts = new TreeMap<>();
    for (JsonNode group : groups.values()) {
      group
          .path("accounts")
          .properties()
          .forEach(account -> accounts.put(account.getKey(), account.getValue()));
    }
    accounts.forEach(
        (account, books) ->
            out.name(account).raw(books.toString().getBytes(StandardCharsets.UTF_8)));
    out.endObject().name("heads").beginObject();
    groups.forEach(
        (name, group) -> {
          out.name(name).beginObject().name("seq").value(group.path("seq").longValue());
          out.name("hash").value(group.path("hash").textValue()).endObject();
        });
    out.endObject().name("files").tree(files).endObject();
    return out.toBytes();
  }

  private static void counts(JsonWriter out, String name, Map<String, Long> counts) {
    out.name(name).beginObject();
    counts.forEach((key, count) -> out.name(key).value(count.longValue()));
    out.endObject();
  }
}
