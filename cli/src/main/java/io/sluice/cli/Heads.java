package io.sluice.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.domain.journal.Verifier;
import io.sluice.domain.json.StrictJson;
import io.sluice.domain.json.UnreadableException;
import io.sluice.jobs.input.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Reads where each group's journal ends from a summary. */
final class Heads {
  private Heads() {}

  static Map<String, Verifier.Head> read(Path summary) throws InputException {
    JsonNode heads;
    try {
      heads = StrictJson.trusted(Files.readAllBytes(summary)).path("heads");
    } catch (IOException e) {
      throw new InputException(
          summary
              + " cannot be read ("
              + e.getClass().getSimpleName()
              + "): name the replay's summary.json");
    } catch (UnreadableException e) {
      throw new InputException(
          summary + " is " + e.getMessage() + ": name the replay's summary.json");
    }
    if (!heads.isObject() || heads.isEmpty()) {
      throw new InputException(summary + " has no heads: name the replay's summary.json");
    }
    Map<String, Verifier.Head> byGroup = new TreeMap<>();
    heads
        .properties()
        .forEach(
            head ->
                byGroup.put(
                    head.getKey(),
                    new Verifier.Head(
                        head.getValue().path("seq").longValue(),
                        head.getValue().path("hash").asText())));
    return byGroup;
  }
}
