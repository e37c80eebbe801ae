package io.sluice.sinks.clickhouse.table;

/** What models said. */
public final class Scores {
  public static final Table<Placed> TABLE =
      Placed.in(
          Table.<Placed>named("scores")
              .text("instrument", score -> score.line().fields().text("instrument"))
              .text("model", score -> score.line().fields().text("model"))
              .text("model_version", score -> score.line().fields().text("model_version"))
              .time("event_time", score -> score.line().fields().whole("event_time_us"))
              .text("side", score -> score.line().fields().text("side"))
              .number(
                  "confidence", score -> score.line().fields().optionalNumber("confidence", 0, 1))
              .number(
                  "expected_return",
                  score ->
                      score
                          .line()
                          .fields()
                          .optionalNumber("expected_return", -Double.MAX_VALUE, Double.MAX_VALUE))
              .text("regime", score -> score.line().fields().optionalText("regime"))
              .numbers("weights", score -> score.line().fields().optionalObject("weights"))
              .bytes("line", score -> score.line().bytes()));

  private Scores() {}
}
