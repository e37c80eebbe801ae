package io.sluice.cep;

import io.sluice.domain.journal.Event;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.market.CrashCandidate;
import io.sluice.domain.wire.DeadLetter;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.cep.CEP;
import org.apache.flink.cep.functions.PatternProcessFunction;
import org.apache.flink.cep.nfa.aftermatch.AfterMatchSkipStrategy;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.cep.pattern.conditions.IterativeCondition;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.apache.flink.util.function.SerializableFunction;

/**
 * The start of a flash crash: a candidate that comes more than the rule's window after the
 * candidate before it, for one instrument and rule. Everything between two starts is one episode.
 *
 * <p>The front sends the edges of episodes only, the last candidate of one and the first of the
 * next, with the calm in the place of the one before the first; a pattern fed with every trade of a
 * crash would be the slowest part of the job.
 *
 * <p>The pattern has no {@code within}: an episode may follow the one before after any time. It
 * does not need one to stay small: {@code next} lets a partial match live until the next candidate
 * only, so that there is at most one for a key.
 */
public final class FlashCrashEpisode {
  private static final String BEFORE = "last candidate of the episode before";
  private static final String OPENING = "first candidate of the episode";

  private FlashCrashEpisode() {}

  static Pattern<CrashCandidate, ?> pattern() {
    return Pattern.<CrashCandidate>begin(BEFORE, AfterMatchSkipStrategy.noSkip())
        .next(OPENING)
        .where(new ComesAfterCalm());
  }

  /**
   * Candidates of a key come from one market state, in the order in which it saw their rows, and
   * are matched in that order, at once: no watermark has to pass first, so that none can hold
   * events back and no candidate is late.
   *
   * <p>A candidate on which the pattern fails would come again after every restart: it is left out
   * and goes to a side output instead.
   *
   * @param candidates the edges of episodes
   * @param type of the events that come out
   * @param deadLetters where the rows of candidates go that are left out
   * @param asDeadLetter what they are there
   */
  public static <T> SingleOutputStreamOperator<Event> detect(
      DataStream<CrashCandidate> candidates,
      TypeInformation<Event> type,
      OutputTag<T> deadLetters,
      SerializableFunction<DeadLetter, T> asDeadLetter) {
    return detect(candidates, type, deadLetters, asDeadLetter, FlashCrashEpisode::event);
  }

  static <T> SingleOutputStreamOperator<Event> detect(
      DataStream<CrashCandidate> candidates,
      TypeInformation<Event> type,
      OutputTag<T> deadLetters,
      SerializableFunction<DeadLetter, T> asDeadLetter,
      SerializableFunction<CrashCandidate, Event> asEvent) {
    return CEP.pattern(candidates.keyBy(CrashCandidate::key), pattern())
        .inProcessingTime()
        .process(new Publish<>(deadLetters, asDeadLetter, asEvent), type);
  }

  /**
   * More than the window has passed since the candidate before: a difference of numbers, that
   * cannot fail.
   */
  private static final class ComesAfterCalm extends IterativeCondition<CrashCandidate> {
    private static final long serialVersionUID = 1L;

    @Override
    public boolean filter(CrashCandidate candidate, Context<CrashCandidate> context)
        throws Exception {
      for (CrashCandidate before : context.getEventsForPattern(BEFORE)) {
        if (!candidate.isBefore()
            && candidate.stampUs() - before.stampUs() > candidate.rule().windowMs() * 1_000) {
          return true;
        }
      }
      return false;
    }
  }

  private static final class Publish<T> extends PatternProcessFunction<CrashCandidate, Event> {
    private static final long serialVersionUID = 1L;

    private final OutputTag<T> deadLetters;
    private final SerializableFunction<DeadLetter, T> asDeadLetter;
    private final SerializableFunction<CrashCandidate, Event> asEvent;

    Publish(
        OutputTag<T> deadLetters,
        SerializableFunction<DeadLetter, T> asDeadLetter,
        SerializableFunction<CrashCandidate, Event> asEvent) {
      this.deadLetters = deadLetters;
      this.asDeadLetter = asDeadLetter;
      this.asEvent = asEvent;
    }

    @Override
    public void processMatch(
        Map<String, List<CrashCandidate>> match, Context context, Collector<Event> out) {
      CrashCandidate opening = match.get(OPENING).get(0);
      Event event;
      try {
        event = asEvent.apply(opening);
      } catch (RuntimeException unfit) {
        context.output(deadLetters, asDeadLetter.apply(leftOut(opening, unfit)));
        return;
      }
      out.collect(event);
    }
  }

  /** The trade itself stands in its topic. */
  private static DeadLetter leftOut(CrashCandidate candidate, RuntimeException why) {
    return DeadLetter.of(
        candidate.cause().source(),
        candidate.cause().partition(),
        candidate.cause().offset(),
        "the pattern of flash crashes of "
            + candidate.instrument()
            + " cannot take it in: "
            + (why.getMessage() == null ? why.getClass().getSimpleName() : why.getMessage()),
        null,
        new byte[0]);
  }

  static Event event(CrashCandidate opening) {
    JsonWriter detail = new JsonWriter();
    detail
        .beginObject()
        .name("window_ms")
        .value(opening.rule().windowMs())
        .name("drop")
        .value((Double) opening.drop());
    detail.name("from_price").value(opening.from()).name("to_price").value(opening.to());
    detail.name("rule_drop").value(opening.rule().drop()).endObject();
    return Event.observed(
        Event.Type.FLASH_CRASH,
        "instrument:" + opening.instrument(),
        opening.instrument(),
        Event.Severity.CRITICAL,
        opening.eventTimeUs(),
        detail.toBytes());
  }
}
