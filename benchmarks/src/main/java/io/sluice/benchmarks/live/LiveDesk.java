package io.sluice.benchmarks.live;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.benchmarks.DeskConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * The desk of the live runs: the accounts and limits of all measurements on twenty instruments, on
 * the wall clock, executed on paper. All accounts are margin accounts, so that a sale is no refusal
 * when the purchase before it has not been filled yet.
 */
final class LiveDesk {
  static final int INSTRUMENTS = 20;

  private static final int PAPER_LATENCY_MS = 50;
  private static final int MAX_CONSECUTIVE_LOSSES = 10_000_000;

  private LiveDesk() {}

  static String instrument(int index) {
    return "BINANCE:C%02dUSDT".formatted(index);
  }

  static List<String> accounts() {
    return StreamSupport.stream(DeskConfiguration.tree().path("accounts").spliterator(), false)
        .map(account -> account.path("id").textValue())
        .toList();
  }

  /**
   * Writes the configuration of {@code sluice run}.
   *
   * @param idWindow how long the gate knows an id, as in the configuration
   */
  static Path write(Path file, String bootstrap, String idWindow) throws IOException {
    ObjectNode tree = DeskConfiguration.tree();
    ArrayNode instruments = tree.putArray("instruments");
    IntStream.range(0, INSTRUMENTS)
        .forEach(
            index ->
                instruments
                    .addObject()
                    .put("id", instrument(index))
                    .put("base", "C%02d".formatted(index))
                    .put("quote", "USDT")
                    .put("kind", "spot")
                    .put("tick", "0.01")
                    .put("lot", "0.00001")
                    .put("min_qty", "0.00001")
                    .put("max_qty", "9000")
                    .put("min_notional", "5")
                    .put("multiplier", "1"));
    tree.path("accounts")
        .forEach(account -> ((ObjectNode) account).put("kind", "margin").put("leverage", "3"));
    tree.path("limits")
        .forEach(
            limit -> {
              if (limit.path("scope").textValue().startsWith("instrument:")) {
                ((ObjectNode) limit).put("scope", "instrument:" + instrument(0));
              }
            });
    tree.withObject("/profiles/standard").put("max_consecutive_losses", MAX_CONSECUTIVE_LOSSES);
    tree.put("clock", "wall").put("id_window", idWindow);
    tree.withObject("/control").put("authority", "tighten");
    tree.withObject("/execution").put("latency_ms", PAPER_LATENCY_MS);
    tree.withObject("/kafka").put("bootstrap", bootstrap);
    // JSON is YAML.
    return Files.writeString(file, tree.toString());
  }
}
