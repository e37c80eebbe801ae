package io.sluice.benchmarks;

import io.sluice.domain.group.Effects;
import io.sluice.domain.journal.Decision;
import java.nio.charset.StandardCharsets;

/**
 * Decisions as the gate publishes them, with every rule's outcome: those on a few hundred intents,
 * over and over with ids, places and times of their own.
 */
public final class DecisionTape {
  private static final int SAMPLES = 256;
  private static final long EVERY_US = 1_000;

  private final String[] heads = new String[SAMPLES];
  private final String[] tails = new String[SAMPLES];
  private final long startUs;
  private int next;

  public DecisionTape() {
    Desk desk = new Desk();
    long first = 0;
    for (int i = 0; i < SAMPLES; i++) {
      desk.fold(desk.mark());
      Effects effects = desk.fold(desk.intent());
      Decision decision = Desk.mustApprove(effects);
      desk.settle(decision);
      first = i == 0 ? decision.gateTimeUs() : first;
      String json = new String(decision.toJson(), StandardCharsets.UTF_8);
      String ids =
          "\"decision_id\":\""
              + decision.decisionId()
              + "\",\"intent_id\":\""
              + decision.intentId()
              + "\"";
      String times = "\"gate_time_us\":" + decision.gateTimeUs();
      int at = json.indexOf(ids);
      int time = json.indexOf(times);
      heads[i] = json.substring(at + ids.length(), time);
      tails[i] = json.substring(time + times.length());
    }
    startUs = first;
  }

  /** The next decision, canonical but for its place in a journal. */
  public byte[] next() {
    int i = next++;
    String json =
        "{\"type\":\"decision\",\"decision_id\":\"%032x\",\"intent_id\":\"i-%d\"".formatted(i, i)
            + heads[i % SAMPLES]
            + "\"gate_time_us\":"
            + (startUs + i * EVERY_US)
            + tails[i % SAMPLES];
    return json.getBytes(StandardCharsets.UTF_8);
  }
}
