package io.sluice.operators.edge;

import io.sluice.domain.journal.Event;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.market.feature.FeatureRow;
import io.sluice.domain.scoring.Score;
import io.sluice.domain.wire.DeadLetter;

/**
 * Something the gate or a pattern puts out, encoded once.
 *
 * @param group the risk group, or null for what concerns none
 * @param seq of the journal line it belongs to
 * @param sub counts decisions of a line
 * @param event for EVENT the event itself, by whose fields it is ordered
 * @param json canonical bytes, one line without its end
 * @param receivedUs for the decision on an intent when that arrived, epoch microseconds; else 0
 */
public record GateOutput(
    Kind kind, String group, long seq, int sub, Event event, byte[] json, long receivedUs) {
  /** Where it goes. */
  public enum Kind {
    DECISION,
    JOURNAL,
    EVENT,
    /** {@code group} is the source, {@code seq} the line, {@code sub} the partition. */
    DEAD_LETTER,
    /** {@code group} is the instrument, {@code seq} the bar's end, {@code sub} its seconds. */
    BAR,
    /**
     * {@code group} is the instrument, {@code seq} the time of the score, {@code sub} the model's
     * place in the configuration.
     */
    SCORE
  }

  public static GateOutput of(DeadLetter dead) {
    JsonWriter json = new JsonWriter();
    dead.write(json);
    return new GateOutput(
        Kind.DEAD_LETTER, dead.source(), dead.offset(), dead.partition(), null, json.toBytes(), 0);
  }

  public static GateOutput of(FeatureRow row) {
    int seconds = row.bar().interval().seconds();
    return new GateOutput(Kind.BAR, row.instrument(), row.timeUs(), seconds, null, row.toJson(), 0);
  }

  public static GateOutput of(int place, Score score) {
    JsonWriter json = new JsonWriter();
    score.write(json);
    return new GateOutput(
        Kind.SCORE, score.instrument(), score.eventTimeUs(), place, null, json.toBytes(), 0);
  }

  public static GateOutput of(String group, Event event) {
    return new GateOutput(Kind.EVENT, group, 0, 0, event, event.toJson(), 0);
  }
}
