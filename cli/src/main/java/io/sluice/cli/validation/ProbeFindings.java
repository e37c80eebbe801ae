package io.sluice.cli.validation;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.cli.validation.Finding.Grade;
import io.sluice.cli.validation.ProbeRun.Answer;
import io.sluice.domain.risk.Rule;
import io.sluice.domain.risk.rule.RuleSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Asks a gate every probe of a plan, and holds its answers to what they have to be. */
final class ProbeFindings {
  private static final String PROBES = "probes";
  private static final String LATENCY = "latency";
  private static final int SETTLING = 30;
  private static final Set<String> RULES =
      RuleSet.rules().stream().map(Rule::code).collect(Collectors.toSet());

  private final ProbeRun run;
  private final ProbePlan plan;
  private final List<Finding> findings = new ArrayList<>();
  private String newestIntent;

  ProbeFindings(ProbeRun run, ProbePlan plan) {
    this.run = run;
    this.plan = plan;
  }

  List<Finding> findings() {
    return List.copyOf(findings);
  }

  /** The newest intent that was answered; null where none was. */
  String newestIntent() {
    return newestIntent;
  }

  /**
   * Stops at once where anything of a probe is approved, or the limit that keeps that from being is
   * not in force.
   *
   * @param repeats how many probes the latency is measured with
   */
  void ask(int repeats, double mostMs) throws InterruptedException {
    if (!isSafe() || !isPriced()) {
      return;
    }
    for (Probe probe : plan.others()) {
      if (!ask(probe)) {
        return;
      }
    }
    latency(repeats, mostMs);
  }

  private boolean ask(Probe probe) throws InterruptedException {
    boolean isOfUnknown = !probe.account().equals(plan.account().id());
    Set<String> rules = isOfUnknown ? Set.of() : RULES;
    Optional<Answer> answer = Optional.empty();
    for (int i = 0; i < (probe.isRepeated() ? SETTLING : 1); i++) {
      // Its age is a limit too, and answers may have taken their time.
      run.quote(plan, probe.quoteAgeUs());
      answer = run.ask(probe);
      if (answer.isEmpty()
          || Probe.isApproved(answer.get().decision())
          || probe.differences(answer.get().decision(), rules).isEmpty()) {
        break;
      }
    }
    note(probe, answer, rules);
    return answer.isPresent() && !Probe.isApproved(answer.get().decision());
  }

  private void note(Probe probe, Optional<Answer> answer, Set<String> rules) {
    String expected = "DENY, by " + String.join(", ", bites(probe));
    if (answer.isEmpty()) {
      add(
          probe.family(),
          Grade.FAIL,
          "no decision in time",
          expected,
          "./sluice status; is the gate running, and on this topic prefix?");
      return;
    }
    JsonNode decision = answer.get().decision();
    newestIntent = answer.get().intentId();
    List<String> differences = probe.differences(decision, rules);
    if (Probe.isApproved(decision)) {
      add(
          probe.family(),
          Grade.FAIL,
          String.join("; ", differences),
          expected,
          "a probe was approved: ./sluice control halt --scope account:"
              + plan.account().id()
              + " at once, and do not trade with this build");
      return;
    }
    String observed =
        differences.isEmpty()
            ? decision.path("verdict").asText()
                + ", approved 0, reasons "
                + texts(decision.path("reasons"))
            : String.join("; ", differences);
    add(
        probe.family(),
        differences.isEmpty() ? Grade.OK : Grade.FAIL,
        observed,
        expected,
        differences.isEmpty()
            ? ""
            : "the decision of "
                + answer.get().intentId()
                + " says why for each rule; if it is not meant, go back to the build before");
  }

  private void add(String check, Grade grade, String observed, String expected, String advice) {
    findings.add(new Finding(PROBES, check, grade, observed, expected, advice));
  }

  private static List<String> bites(Probe probe) {
    return probe.expected().entrySet().stream()
        .filter(entry -> entry.getValue().equals(Probe.BITES))
        .map(java.util.Map.Entry::getKey)
        .toList();
  }

  private static String texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asText()));
    return String.join(" ", texts);
  }

  /** The pilot is refused for its stamp whatever the limits are, and shows what they are. */
  private boolean isSafe() throws InterruptedException {
    Optional<Answer> answer = run.ask(plan.pilot());
    note(plan.pilot(), answer, Set.of());
    if (answer.isEmpty() || Probe.isApproved(answer.get().decision())) {
      return false;
    }
    for (JsonNode outcome : answer.get().decision().path("outcomes")) {
      if (outcome.path("rule").asText().equals("R03")
          && outcome.path("outcome").asText().equals("REFUSED")
          && outcome.path("limit").asText().equals("0")) {
        return true;
      }
    }
    add(
        "limit of 0 in force",
        Grade.FAIL,
        "R03 does not hold the account " + plan.account().id() + " to 0",
        "max_qty 0 in the gate's own configuration",
        "the gate has another configuration in force: no further probe was sent");
    return false;
  }

  /** Quotes and intents come by different topics: one may overtake the other. */
  private boolean isPriced() throws InterruptedException {
    Probe small = plan.others().get(0);
    for (int i = 0; i < SETTLING; i++) {
      run.quote(plan, 0);
      Optional<Answer> answer = run.ask(small);
      if (answer.isEmpty() || Probe.isApproved(answer.get().decision())) {
        note(small, answer, RULES);
        return false;
      }
      if (answer.get().decision().path("reference_price").isTextual()) {
        return true;
      }
    }
    add(
        "price",
        Grade.FAIL,
        "no reference price after " + SETTLING + " quotes",
        "the middle of the quote that was just sent",
        "./sluice status says how much of market.quotes is unread; the front may be behind");
    return false;
  }

  private void latency(int repeats, double mostMs) throws InterruptedException {
    Probe small = plan.others().get(0);
    double[] tookMs = new double[repeats];
    for (int i = 0; i < repeats; i++) {
      Optional<Answer> answer = run.ask(small);
      if (answer.isEmpty()) {
        findings.add(
            new Finding(
                LATENCY,
                "round trip",
                Grade.FAIL,
                "no decision in time after " + i,
                repeats + " decisions",
                "./sluice status"));
        return;
      }
      tookMs[i] = answer.get().tookNanos() / 1e6;
      newestIntent = answer.get().intentId();
    }
    Arrays.sort(tookMs);
    double p50 = tookMs[(repeats - 1) / 2];
    double p99 = tookMs[(int) Math.ceil(0.99 * repeats) - 1];
    findings.add(
        Finding.of(
            p99 <= mostMs,
            Grade.FAIL,
            LATENCY,
            "round trip",
            String.format(Locale.ROOT, "p50 %.1f ms, p99 %.1f ms, of %d", p50, p99, repeats),
            String.format(Locale.ROOT, "p99 at most %.0f ms", mostMs),
            "checkpoints, garbage collection and back pressure in Flink's web UI; the broker's load"));
    findings.add(
        Finding.of(
            run.decisionsOf(newestIntent) == 1,
            Grade.FAIL,
            PROBES,
            "one decision each",
            run.decisionsOf(newestIntent) + " for " + newestIntent,
            "1",
            "two gates on the same topics? only exact repeats are harmless: ./sluice verify --kafka"));
  }
}
