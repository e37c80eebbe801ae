package io.sluice.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.domain.json.Times;
import io.sluice.domain.risk.rule.RuleSet;
import io.sluice.jobs.replay.ReplaySummary;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints results for people. */
final class Report {
  private static final int CODES_IN_A_LINE = 20;

  private final PrintWriter out;

  Report(PrintWriter out) {
    this.out = out;
  }

  void summary(ReplaySummary summary, Progress progress, Path folder) {
    line(
        "rows read",
        String.format(Locale.ROOT, "%,d, of them %,d trades", summary.rows(), summary.trades()));
    line(
        "intents",
        String.format(
            Locale.ROOT,
            "%,d read (%,d made by strategies and models inside) = %,d decisions + %,d unreadable + %,d duplicates%s",
            summary.intentsRead(),
            summary.intentsFromFront(),
            summary.decisions(),
            summary.unreadable(),
            summary.duplicates(),
            summary.addsUp() ? "" : "  DOES NOT ADD UP"));
    if (summary.deadLetters() > 0) {
      line(
          "dead letters",
          String.format(
              Locale.ROOT,
              "%,d lines could not be read; deadletter.jsonl says why",
              summary.deadLetters()));
    }
    line("decisions by verdict", counts(summary.verdicts()));
    reasons(summary.reasons());
    line("events", counts(summary.events()));
    accounts(summary);
    double seconds = summary.jobMillis() / 1_000.0;
    line(
        "throughput",
        String.format(
            Locale.ROOT,
            "%,.0f rows/s in the job (%.1f s; %.1f s in all)",
            summary.rows() / seconds,
            seconds,
            progress.elapsed().toMillis() / 1_000.0));
    line("results in", folder.toString());
    out.flush();
  }

  private void reasons(Map<String, Long> reasons) {
    String label = "refused or cut by rule";
    if (reasons.isEmpty()) {
      line(label, "none");
    }
    for (Map.Entry<String, Long> reason : reasons.entrySet()) {
      line(
          label,
          String.format(
              Locale.ROOT,
              "%s %-27s %,8d",
              reason.getKey(),
              RuleSet.title(reason.getKey()),
              reason.getValue()));
      label = "";
    }
  }

  private void accounts(ReplaySummary summary) {
    out.println();
    out.printf(
        "  %-12s %14s %12s %12s %10s %12s %10s%n",
        "account", "equity", "pnl", "realised", "fees", "position", "max dd");
    for (JsonNode group : summary.groups().values()) {
      for (Iterator<Map.Entry<String, JsonNode>> it =
              group.path("accounts").properties().iterator();
          it.hasNext(); ) {
        Map.Entry<String, JsonNode> account = it.next();
        JsonNode books = account.getValue();
        JsonNode positions = books.path("positions");
        String position =
            positions.isEmpty()
                ? "flat"
                : positions.size() == 1
                    ? positions.get(0).path("qty").textValue()
                    : positions.size() + " open";
        out.printf(
            "  %-12s %14s %12s %12s %10s %12s %9s%%%n",
            account.getKey(),
            money(books, "equity"),
            money(books, "pnl"),
            money(books, "realised_pnl"),
            money(books, "fees"),
            position,
            decimal(books, "max_drawdown").movePointRight(2).setScale(2, RoundingMode.HALF_EVEN));
      }
    }
    out.println();
  }

  private static String money(JsonNode books, String field) {
    return decimal(books, field).setScale(2, RoundingMode.HALF_EVEN).toPlainString();
  }

  private static BigDecimal decimal(JsonNode books, String field) {
    String text = books.path(field).textValue();
    return text == null ? BigDecimal.ZERO : new BigDecimal(text);
  }

  private static String counts(Map<String, Long> counts) {
    if (counts.isEmpty()) {
      return "none";
    }
    StringBuilder text = new StringBuilder();
    counts.forEach(
        (name, count) ->
            text.append(text.isEmpty() ? "" : "   ").append(name).append(' ').append(count));
    return text.toString();
  }

  void line(String name, String value) {
    out.printf("  %-24s %s%n", name, value);
  }

  /** Crash episodes with their times. */
  void crashes(List<JsonNode> crashes) {
    out.println();
    out.println("Flash crash episodes:");
    for (JsonNode crash : crashes) {
      JsonNode detail = crash.path("detail");
      out.printf(
          Locale.ROOT,
          "  %-24s %-16s %6.2f %% within %d s, %s to %s%n",
          Times.iso(crash.path("event_time_us").longValue()),
          crash.path("instrument").textValue(),
          detail.path("drop").doubleValue() * 100,
          detail.path("window_ms").longValue() / 1_000,
          detail.path("from_price").textValue(),
          detail.path("to_price").textValue());
    }
    if (crashes.isEmpty()) {
      out.println("  none");
    }
    out.flush();
  }

  /** One decision in full. */
  void explain(JsonNode decision) {
    out.println();
    out.printf(
        "One decision explained: %s wished to %s %s %s (%s) at %s%n",
        decision.path("account").textValue(),
        decision.path("side").textValue(),
        decision.path("requested_qty").textValue(),
        decision.path("instrument").textValue(),
        decision.path("order_type").textValue(),
        Times.iso(decision.path("event_time_us").longValue()));
    line(
        "verdict",
        decision.path("verdict").textValue()
            + ", approved "
            + decision.path("approved_qty").textValue());
    line(
        "because of",
        decision.path("reasons").isEmpty() ? "nothing" : join(decision.path("reasons")));
    line("reference price", decision.path("reference_price").asText("none"));
    line("intent_id", decision.path("intent_id").textValue());
    line("decision_id", decision.path("decision_id").textValue());
    line(
        "in the journal",
        "group "
            + decision.path("group").textValue()
            + ", seq "
            + decision.path("seq").longValue());
    out.println();
    out.printf(
        "  %-5s %-8s %16s %16s %16s %14s%n",
        "rule", "outcome", "observed", "limit", "headroom", "permitted");
    List<String> unfed = new ArrayList<>();
    for (JsonNode outcome : decision.path("outcomes")) {
      if (isUnfed(outcome, decision)) {
        unfed.add(outcome.path("rule").textValue());
        continue;
      }
      out.printf(
          "  %-5s %-8s %16s %16s %16s %14s%s%n",
          outcome.path("rule").textValue(),
          outcome.path("outcome").textValue(),
          shown(outcome, "observed"),
          shown(outcome, "limit"),
          shown(outcome, "headroom"),
          shown(outcome, "permitted"),
          outcome.path("why").isTextual() ? "\n        " + outcome.path("why").textValue() : "");
    }
    if (!unfed.isEmpty()) {
      out.printf("  and %d that have no limit here, or nothing to look at:%n", unfed.size());
      for (int i = 0; i < unfed.size(); i += CODES_IN_A_LINE) {
        out.println(
            "        "
                + String.join(" ", unfed.subList(i, Math.min(i + CODES_IN_A_LINE, unfed.size()))));
      }
    }
    out.flush();
  }

  /** The rule had nothing to hold the order against, and let all of it pass. */
  private static boolean isUnfed(JsonNode outcome, JsonNode decision) {
    return outcome.path("outcome").asText().equals("NOT_FED")
        && outcome.path("permitted").equals(decision.path("requested_qty"));
  }

  private static String join(JsonNode reasons) {
    StringBuilder text = new StringBuilder();
    reasons.forEach(reason -> text.append(text.isEmpty() ? "" : ", ").append(reason.textValue()));
    return text.toString();
  }

  /** At most 16 characters: the exact value stands in the file. */
  private static String shown(JsonNode outcome, String field) {
    String text = outcome.path(field).textValue();
    if (text == null) {
      return "-";
    }
    if (text.length() <= 14) {
      return text;
    }
    BigDecimal value = new BigDecimal(text);
    return value
        .setScale(Math.min(Math.max(value.scale(), 0), 6), RoundingMode.HALF_EVEN)
        .toPlainString();
  }
}
