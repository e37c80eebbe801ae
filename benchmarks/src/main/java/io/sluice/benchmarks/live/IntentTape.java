package io.sluice.benchmarks.live;

import io.sluice.domain.wire.Action;
import io.sluice.domain.wire.Intent;
import io.sluice.domain.wire.OrderType;
import io.sluice.domain.wire.Side;
import io.sluice.domain.wire.TimeInForce;
import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.kafka.Topic;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The n-th intent: market orders of about 600 USDT that end at once, all accounts and instruments
 * in turn, a purchase and the next time a sale, so that books, reservations and limits neither grow
 * nor run out. One in twenty is far too large and refused.
 */
final class IntentTape {
  private final List<String> accounts = LiveDesk.accounts();
  private final String prefix;
  private final byte[] field;

  /**
   * @param prefix of the intents' ids, another one for each tape of a run
   */
  IntentTape(String prefix) {
    this.prefix = prefix;
    this.field = ("\"intent_id\":\"" + prefix).getBytes(StandardCharsets.US_ASCII);
  }

  /** So many intents, or some more, that what was bought has been sold again at the end. */
  static int wholeTurns(long atLeast) {
    long turn = 2L * LiveDesk.accounts().size() * LiveDesk.INSTRUMENTS;
    return Math.toIntExact((atLeast + turn - 1) / turn * turn);
  }

  Intent intent(long n, long timeUs) {
    long pairs = (long) accounts.size() * LiveDesk.INSTRUMENTS;
    boolean isTooLarge = n % 20 == 19;
    return new Intent(
        prefix + n,
        Action.NEW,
        null,
        accounts.get((int) (n % accounts.size())),
        n % 3 == 0 ? "trend" : "carry",
        LiveDesk.instrument((int) (n / accounts.size() % LiveDesk.INSTRUMENTS)),
        n / pairs % 2 == 0 ? Side.BUY : Side.SELL,
        OrderType.MARKET,
        new BigDecimal(isTooLarge ? "4" : "0.01"),
        null,
        TimeInForce.IOC,
        false,
        0.8,
        null,
        timeUs,
        null);
  }

  /** The intents, each sent when it is due, with the decisions that answer them. */
  RoundTrips.Subject answeredOn(KafkaSettings kafka) {
    String topic = kafka.nameOf(Topic.STRATEGY_INTENTS);
    return new RoundTrips.Subject(
        "intents",
        n -> {
          Intent intent = intent(n, System.currentTimeMillis() * 1_000);
          return new ProducerRecord<>(topic, LiveStack.key(intent.instrument()), intent.toJson());
        },
        kafka.nameOf(Topic.RISK_DECISIONS),
        this::numberOf);
  }

  /** Which intent a decision is about, -1 for none of this tape. */
  long numberOf(byte[] decision) {
    int at = indexOf(decision, field);
    if (at < 0) {
      return -1;
    }
    long number = 0;
    for (int i = at + field.length; decision[i] != '"'; i++) {
      number = number * 10 + decision[i] - '0';
    }
    return number;
  }

  private static int indexOf(byte[] text, byte[] sought) {
    for (int at = 0; at <= text.length - sought.length; at++) {
      int same = 0;
      while (same < sought.length && text[at + same] == sought[same]) {
        same++;
      }
      if (same == sought.length) {
        return at;
      }
    }
    return -1;
  }
}
