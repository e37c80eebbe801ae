package io.sluice.domain.market;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.json.Decimals;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.market.crash.CrashRule;
import io.sluice.domain.wire.Fields;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * What the front knew of an instrument when an intent passed it; it travels with the intent, so
 * that the decision depends on nothing else. A number that is none is not known.
 *
 * @param last the newest trade's price, or null before the first; with its stamps
 * @param bid the newest quote's bid, or null; with ask and stamps
 * @param sigmaDaily EWMA volatility of one-minute returns, scaled to a day, or null before it is
 *     warm
 * @param crashes the crash rules that are active on the instrument
 * @param fromFront whether the intent was made by a strategy inside the front
 * @param unwatched whether the front had no room to watch the intent for paper execution
 * @param frontTimeUs when the intent arrived at the front, epoch microseconds
 * @param liquidity how much there is to trade with, or null where the front did not say
 * @param fundingRate what the newest quote says of funding, or null
 * @param regime the regime that the instrument's bars show, or null where that is not known
 * @param regimeConfidence how sure that is, 0 to 1, or null
 */
public record Snapshot(
    BigDecimal last,
    Long lastEventTimeUs,
    Long lastReceiveTimeUs,
    BigDecimal bid,
    BigDecimal ask,
    Long quoteEventTimeUs,
    Long quoteReceiveTimeUs,
    Double sigmaDaily,
    List<CrashRule> crashes,
    boolean fromFront,
    boolean unwatched,
    long frontTimeUs,
    Liquidity liquidity,
    BigDecimal fundingRate,
    Regime regime,
    Double regimeConfidence) {

  public Snapshot {
    crashes = List.copyOf(crashes);
    sigmaDaily = Decimals.finite(sigmaDaily);
    regimeConfidence = Decimals.finite(regimeConfidence);
  }

  /** Without liquidity, funding and a regime by bars. */
  public Snapshot(
      BigDecimal last,
      Long lastEventTimeUs,
      Long lastReceiveTimeUs,
      BigDecimal bid,
      BigDecimal ask,
      Long quoteEventTimeUs,
      Long quoteReceiveTimeUs,
      Double sigmaDaily,
      List<CrashRule> crashes,
      boolean fromFront,
      boolean unwatched,
      long frontTimeUs) {
    this(
        last,
        lastEventTimeUs,
        lastReceiveTimeUs,
        bid,
        ask,
        quoteEventTimeUs,
        quoteReceiveTimeUs,
        sigmaDaily,
        crashes,
        fromFront,
        unwatched,
        frontTimeUs,
        null,
        null,
        null,
        null);
  }

  /** The same market with this much to trade with, and funding. */
  public Snapshot with(Liquidity otherLiquidity, BigDecimal otherFundingRate) {
    return new Snapshot(
        last,
        lastEventTimeUs,
        lastReceiveTimeUs,
        bid,
        ask,
        quoteEventTimeUs,
        quoteReceiveTimeUs,
        sigmaDaily,
        crashes,
        fromFront,
        unwatched,
        frontTimeUs,
        otherLiquidity,
        otherFundingRate,
        regime,
        regimeConfidence);
  }

  /** Nothing known: the instrument has had neither trade nor quote. */
  public static Snapshot empty(long frontTimeUs) {
    return unseen(frontTimeUs, false);
  }

  /**
   * Nothing known.
   *
   * @param unwatched whether nobody watches the intent for paper execution
   */
  static Snapshot unseen(long frontTimeUs, boolean unwatched) {
    return new Snapshot(
        null, null, null, null, null, null, null, null, List.of(), false, unwatched, frontTimeUs);
  }

  /**
   * How old the newest trade is: the gate's time less the oldest of the trade's stamps, at least 0;
   * null without a trade.
   */
  public Long lastAgeUs(long gateTimeUs) {
    return last == null ? null : age(gateTimeUs, lastEventTimeUs, lastReceiveTimeUs);
  }

  /** How old the quote is, at least 0; null unless both sides stand and are not crossed. */
  public Long quoteAgeUs(long gateTimeUs) {
    boolean usable = bid != null && ask != null && bid.compareTo(ask) <= 0;
    return usable ? age(gateTimeUs, quoteEventTimeUs, quoteReceiveTimeUs) : null;
  }

  /**
   * Age by the oldest stamp, so that a sender's clock that runs ahead never makes data look fresh.
   */
  public static long age(long gateTimeUs, long eventTimeUs, Long receiveTimeUs) {
    long oldest = receiveTimeUs == null ? eventTimeUs : Math.min(eventTimeUs, receiveTimeUs);
    return Math.max(0, gateTimeUs - oldest);
  }

  public void write(JsonWriter json) {
    json.beginObject().name("last").value(last).name("last_event_time_us").value(lastEventTimeUs);
    json.name("last_receive_time_us")
        .value(lastReceiveTimeUs)
        .name("bid")
        .value(bid)
        .name("ask")
        .value(ask);
    json.name("quote_event_time_us").value(quoteEventTimeUs);
    json.name("quote_receive_time_us")
        .value(quoteReceiveTimeUs)
        .name("sigma_daily")
        .value(sigmaDaily);
    json.name("crashes").beginArray();
    for (CrashRule rule : crashes) {
      json.beginObject()
          .name("window_ms")
          .value(rule.windowMs())
          .name("drop")
          .value(rule.drop())
          .endObject();
    }
    json.endArray().name("from_front").value(fromFront).name("unwatched").value(unwatched);
    json.name("front_time_us").value(frontTimeUs);
    if (liquidity != null) {
      json.name("liquidity");
      liquidity.write(json);
    }
    if (fundingRate != null) {
      json.name("funding_rate").value(fundingRate);
    }
    if (regime != null) {
      json.name("regime").value(regime).name("regime_confidence").value(regimeConfidence);
    }
    json.endObject();
  }

  /**
   * @throws UnreadableException naming what is wrong with it
   */
  public static Snapshot read(ObjectNode object) throws UnreadableException {
    Fields fields = new Fields(object);
    requireStamp(fields, "last_event_time_us", "last");
    requireStamp(fields, "quote_event_time_us", "bid", "ask");
    List<CrashRule> crashes = new ArrayList<>();
    for (JsonNode node : fields.array("crashes")) {
      if (!(node instanceof ObjectNode crash)) {
        throw new UnreadableException("crashes holds " + node + ", expected objects", "crashes");
      }
      Fields rule = new Fields(crash);
      crashes.add(new CrashRule(rule.whole("window_ms"), rule.positive("drop")));
    }
    return new Snapshot(
        fields.optionalPositive("last"),
        fields.optionalTime("last_event_time_us"),
        fields.optionalTime("last_receive_time_us"),
        fields.optionalPositive("bid"),
        fields.optionalPositive("ask"),
        fields.optionalTime("quote_event_time_us"),
        fields.optionalTime("quote_receive_time_us"),
        fields.optionalNumber("sigma_daily", 0, Double.MAX_VALUE),
        crashes,
        fields.optionalFlag("from_front"),
        fields.optionalFlag("unwatched"),
        fields.whole("front_time_us"),
        fields.isAbsent("liquidity")
            ? null
            : Liquidity.read((ObjectNode) fields.optionalObject("liquidity")),
        fields.optionalDecimal("funding_rate"),
        fields.isAbsent("regime") ? null : fields.enumOf("regime", Regime.class),
        fields.optionalNumber("regime_confidence", 0, 1));
  }

  /** Without its time, how old data is could not be told. */
  private static void requireStamp(Fields fields, String stamp, String... data)
      throws UnreadableException {
    for (String field : data) {
      if (!fields.isAbsent(field)) {
        fields.time(stamp);
      }
    }
  }
}
