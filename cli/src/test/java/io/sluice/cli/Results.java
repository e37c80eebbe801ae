package io.sluice.cli;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The files of a replay, read without any of Sluice's code. */
record Results(Path folder) {
  static final List<String> FILES =
      List.of(
          "decisions.jsonl", "events.jsonl", "journal.jsonl", "deadletter.jsonl", "summary.json");

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  /** What the files hold, by name. */
  Map<String, String> bytes() {
    Map<String, String> bytes = new TreeMap<>();
    for (String file : FILES) {
      bytes.put(file, text(file));
    }
    return bytes;
  }

  String text(String file) {
    try {
      return Files.readString(folder.resolve(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<JsonNode> lines(String file) {
    List<JsonNode> lines = new ArrayList<>();
    text(file).lines().forEach(line -> lines.add(json(line)));
    return lines;
  }

  List<JsonNode> decisions() {
    return lines("decisions.jsonl");
  }

  /** Whether it answers an intent, and is not an order of the gate itself. */
  static boolean isAsked(JsonNode decision) {
    String origin = decision.path("origin").textValue();
    return origin.equals("STRATEGY") || origin.equals("MODEL");
  }

  JsonNode decision(String intentId) {
    List<JsonNode> found = decisionsOn(intentId);
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " decisions on " + intentId + ": " + found);
    }
    return found.get(0);
  }

  List<JsonNode> decisionsOn(String intentId) {
    return decisions().stream()
        .filter(decision -> decision.path("intent_id").textValue().equals(intentId))
        .toList();
  }

  List<JsonNode> events(String type) {
    return lines("events.jsonl").stream()
        .filter(event -> event.path("type").textValue().equals(type))
        .toList();
  }

  List<JsonNode> journal() {
    return lines("journal.jsonl");
  }

  List<JsonNode> deadLetters() {
    return lines("deadletter.jsonl");
  }

  JsonNode summary() {
    return json(text("summary.json"));
  }

  JsonNode account(String id) {
    return summary().path("accounts").path(id);
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(text, e);
    }
  }

  static BigDecimal decimal(JsonNode node, String field) {
    return new BigDecimal(node.path(field).textValue());
  }

  /** {@code ALLOW 1 []}: verdict, approved quantity, reasons. */
  static String answer(JsonNode decision) {
    List<String> reasons = new ArrayList<>();
    decision.path("reasons").forEach(reason -> reasons.add(reason.textValue()));
    return decision.path("verdict").textValue()
        + " "
        + decision.path("approved_qty").textValue()
        + " "
        + reasons;
  }
}
