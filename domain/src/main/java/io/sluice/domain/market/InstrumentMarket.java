package io.sluice.domain.market;

import io.sluice.domain.config.Instrument;
import io.sluice.domain.config.ModelChoice;
import io.sluice.domain.config.StrategyChoice;
import io.sluice.domain.journal.Entry;
import io.sluice.domain.journal.Event;
import io.sluice.domain.json.Decimals;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.Times;
import io.sluice.domain.market.bar.BarInterval;
import io.sluice.domain.market.bar.TradedBar;
import io.sluice.domain.market.crash.CrashGuard;
import io.sluice.domain.market.feature.Arbitrage;
import io.sluice.domain.market.feature.FeatureRow;
import io.sluice.domain.market.feature.MarketFeatures;
import io.sluice.domain.market.paper.Watches;
import io.sluice.domain.market.volatility.BarVolatility;
import io.sluice.domain.market.volatility.EwmaVolatility;
import io.sluice.domain.market.volatility.GarchFit;
import io.sluice.domain.market.volatility.RunningVariance;
import io.sluice.domain.market.volume.TradedVolume;
import io.sluice.domain.scoring.Score;
import io.sluice.domain.scoring.Scorer;
import io.sluice.domain.strategy.Strategies;
import io.sluice.domain.strategy.Strategy;
import io.sluice.domain.wire.Action;
import io.sluice.domain.wire.Fill;
import io.sluice.domain.wire.Intent;
import io.sluice.domain.wire.Mark;
import io.sluice.domain.wire.Message;
import io.sluice.domain.wire.OrderType;
import io.sluice.domain.wire.PaperTick;
import io.sluice.domain.wire.Quote;
import io.sluice.domain.wire.Row;
import io.sluice.domain.wire.Side;
import io.sluice.domain.wire.Signal;
import io.sluice.domain.wire.TimeInForce;
import io.sluice.domain.wire.Trade;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What the front knows of one instrument: its newest trade and quote, volatility, crash state,
 * receive lag, who wants its marks and which orders wait for it on paper. It turns rows into
 * entries for the risk groups; the same rows give the same entries.
 */
public final class InstrumentMarket {
  /** The value of an order that a built-in strategy wishes for, in the quote currency. */
  private static final BigDecimal STRATEGY_ORDER_VALUE = new BigDecimal("600");

  final String instrument;
  final FrontTerms terms;
  Trade last;
  Quote quote;
  MarkSlots slots = new MarkSlots();
  MinuteRange range = new MinuteRange();
  final TreeSet<String> subscribers = new TreeSet<>();
  EwmaVolatility volatility = new EwmaVolatility();
  final TradedVolume hourVolume = new TradedVolume(60, 60 * Times.SECOND_US);
  final TradedVolume dayVolume = new TradedVolume(24, 3_600 * Times.SECOND_US);
  RunningVariance receiveLagUs = new RunningVariance();

  /** What its bars say of it; null where nothing is asked of them. */
  final BarWatch bars;

  CrashGuard guard;

  /** Its bars and features; null where there are none. */
  final MarketFeatures features;

  /** The models that score it; null in place of one that cannot be used. */
  final List<Scorer> scorers;

  /** The bars that the row has closed. */
  private final List<FeatureRow> closed = new ArrayList<>();

  Watches watches;
  long frontTimeUs;
  final List<Strategy> strategies = new ArrayList<>();

  /** The largest stamp of its trades so far, epoch microseconds; -1 before the first trade. */
  long newestStampUs = -1;

  /** How many trades came since the one that brought that stamp. */
  long tradesSinceNewest;

  /** Whether the asset is dearer elsewhere and that was said. */
  boolean isArbitrage;

  private FrontOutput out;
  private Row row;
  private long arrivedUs;
  private int sub;

  public InstrumentMarket(String instrument, FrontTerms terms) {
    this.instrument = instrument;
    this.terms = terms;
    this.guard = new CrashGuard(terms.crashRules());
    this.bars = terms.barWatch(instrument);
    this.watches = new Watches(instrument, terms.latencyUs());
    this.features = terms.features(instrument);
    this.scorers = terms.scorers(instrument);
    this.subscribers.addAll(terms.standingSubscribers(instrument));
    if (terms.instrument(instrument) != null) {
      terms.strategies().forEach(choice -> strategies.add(Strategies.create(choice.name())));
    }
  }

  /**
   * Takes in a row of this instrument, or a tick of the clock, and puts out what it makes of it.
   * Topics are read side by side, so that a row may come with an earlier stamp than the one before
   * it; the market's own time never goes back.
   */
  public void apply(Row newRow, FrontOutput output) {
    if (newRow.message() instanceof Trade trade && !trade.instrument().equals(instrument)) {
      elsewhere(newRow, trade, output);
      return;
    }
    take(newRow);
    out = output;
    sub = 0;
    Message message = row.message();
    if (bars != null) {
      bars.advance(row.orderTimeUs(), this::closed);
    }
    if (terms.isPaper()) {
      ticks(watches.expire(row.orderTimeUs()));
    }
    if (!(message instanceof Trade)) {
      restOfSlot();
    }
    if (message instanceof Trade trade) {
      trade(trade);
    } else if (message instanceof Quote newQuote) {
      quote(newQuote);
    } else if (message instanceof Intent intent) {
      intent(intent, terms.groupOf(intent.account()), false);
    } else if (message instanceof Fill fill) {
      String group = terms.groupOf(fill.account());
      if (terms.isKnown(fill.account())) {
        subscribe(group);
      }
      entry(group, fill, null);
    } else if (message.kind() != Message.Kind.CLOCK) {
      throw new IllegalArgumentException(
          "a " + message.kind().wireName() + " is no row of an instrument");
    }
  }

  /** A risk group has a position here: from now on it gets the marks, the first at once. */
  public void subscribe(Row newRow, int firstSub, String group, FrontOutput output) {
    take(newRow);
    out = output;
    sub = firstSub;
    subscribe(group);
  }

  private void take(Row newRow) {
    arrivedUs = newRow.orderTimeUs();
    row = newRow.notBefore(frontTimeUs);
    frontTimeUs = row.orderTimeUs();
  }

  /**
   * What becomes of an intent or a fill that no market has taken in: it goes to its group with
   * nothing known of the market, so that the gate refuses what needs a price; null for any other
   * message.
   */
  public static Entry unseen(Row row, FrontTerms terms) {
    if (row.message() instanceof Intent intent) {
      Snapshot nothing = Snapshot.unseen(row.orderTimeUs(), terms.isPaper());
      return entry(row, terms.groupOf(intent.account()), nothing);
    }
    return row.message() instanceof Fill fill
        ? entry(row, terms.groupOf(fill.account()), null)
        : null;
  }

  private static Entry entry(Row row, String group, Snapshot snapshot) {
    return new Entry(group, row.cause(), row.clockUs(), row.message(), snapshot);
  }

  /**
   * When something is due that no row may come for: the rest of a slot, the end of a resting order.
   * Epoch microseconds on the front's clock, Long.MAX_VALUE where nothing is.
   */
  public long nextClockUs() {
    long restDueUs = subscribers.isEmpty() ? Long.MAX_VALUE : slots.restDueUs();
    return Math.min(restDueUs, watches.nextExpiryUs());
  }

  /** Whether nothing is known of it and nobody asks: a made-up name must not take up memory. */
  public boolean isBlank() {
    return last == null
        && quote == null
        && subscribers.equals(terms.standingSubscribers(instrument));
  }

  /**
   * Mean and deviation of receive time less event time over all trades that have both,
   * microseconds.
   */
  public RunningVariance receiveLagUs() {
    return receiveLagUs;
  }

  private void quote(Quote newQuote) {
    quote = newQuote;
    if (features != null) {
      features.quote(arrivedUs, newQuote, this::bar);
      scores();
    }
  }

  private void closed(TradedBar bar) {
    bars.onBar(bar, volatility.sigmaDaily(), guard.isActive()).forEach(out::event);
  }

  /** Names the fit that is asked for, -1 where none is. */
  public long fitAskedAt() {
    return bars == null || bars.volatility() == null ? -1 : bars.volatility().fitAskedAt();
  }

  /** A fit of a volatility model that may be computed before it takes effect, or null. */
  public BarVolatility.FitRequest fitRequest() {
    return bars == null || bars.volatility() == null ? null : bars.volatility().fitRequest();
  }

  /** Gives the fit of a request; of another than the newest it changes nothing. */
  public void offer(BarVolatility.FitRequest request, GarchFit fit) {
    bars.volatility().offer(request, fit);
  }

  /** Its regime by its bars, or null where that is not known. */
  public Regime regime() {
    return bars == null || bars.regime() == null ? null : bars.regime().regime();
  }

  private Double regimeConfidence() {
    return regime() == null ? null : (Double) Decimals.canonical(bars.regime().confidence());
  }

  /** A trade of another instrument is a matter of features alone, and of no time that passes. */
  private void elsewhere(Row newRow, Trade trade, FrontOutput output) {
    if (features != null) {
      row = newRow;
      out = output;
      features.elsewhere(newRow.orderTimeUs(), trade);
      arbitrage(trade.eventTimeUs());
    }
  }

  /** Said once, and again when the spread has been below half the bound in between. */
  private void arbitrage(long eventTimeUs) {
    double bound = terms.arbitrageBound();
    if (Double.isNaN(bound)) {
      return;
    }
    Arbitrage found = features.arbitrage(isArbitrage ? bound / 2 : bound);
    if (found != null && !isArbitrage) {
      out.event(arbitrage(found, bound, eventTimeUs));
    }
    isArbitrage = found != null;
  }

  private Event arbitrage(Arbitrage found, double bound, long eventTimeUs) {
    JsonWriter detail = new JsonWriter();
    detail.beginObject().name("spread").value((Double) found.spread());
    detail.name("bound").value((Double) bound).name("dearest").value(found.dearest()).endObject();
    return new Event(
        Event.idOf("ARBITRAGE\n" + instrument + "\n" + row.cause(), row.number(), 0),
        Event.Type.ARBITRAGE,
        "instrument:" + instrument,
        instrument,
        Event.Severity.INFO,
        eventTimeUs,
        detail.toBytes());
  }

  private void trade(Trade trade) {
    last = trade;
    if (features != null) {
      features.trade(arrivedUs, trade, this::bar);
      arbitrage(trade.eventTimeUs());
    }
    if (bars != null) {
      bars.trade(row.orderTimeUs(), trade, this::closed);
    }
    if (trade.eventTimeUs() > newestStampUs) {
      newestStampUs = trade.eventTimeUs();
      tradesSinceNewest = 0;
    } else {
      tradesSinceNewest++;
    }
    double price = trade.price().doubleValue();
    volatility.add(trade.eventTimeUs(), price);
    range.add(row.orderTimeUs(), trade.price());
    hourVolume.add(row.orderTimeUs(), trade.qty());
    dayVolume.add(row.orderTimeUs(), trade.qty());
    if (trade.receiveTimeUs() != null) {
      receiveLagUs.add(trade.receiveTimeUs() - trade.eventTimeUs());
    }
    candidates(trade);
    if (terms.isPaper()) {
      ticks(watches.on(trade, row.orderTimeUs()));
    }
    if (slots.isDue(trade, row.orderTimeUs(), guard.isActive())) {
      mark(slots.take(trade, row.orderTimeUs(), guard.isActive(), sigmaDaily()));
    }
    signals(trade);
    scores();
  }

  private void bar(FeatureRow row) {
    out.bar(row);
    closed.add(row);
  }

  /**
   * Of an episode only its edges leave the front: its first candidate at once, and with it the last
   * one of the episode before. In a crash every trade is a candidate, and patterns cost far more a
   * row than the guard does.
   */
  private void candidates(Trade trade) {
    for (CrashGuard.Candidate found : guard.add(trade.eventTimeUs(), trade.price())) {
      if (found.opensEpisode()) {
        CrashCandidate opening =
            new CrashCandidate(
                instrument,
                found.rule(),
                row.cause(),
                found.stampUs(),
                trade.eventTimeUs(),
                found.drop(),
                found.from(),
                trade.price());
        out.candidate(opening.after(found.previousStampUs()));
        out.candidate(opening);
      }
    }
  }

  /** The first row after a slot carries what no mark has carried yet; a trade is a mark itself. */
  private void restOfSlot() {
    if (slots.isRestDue(row.orderTimeUs())) {
      mark(slots.take(last, row.orderTimeUs(), guard.isActive(), sigmaDaily()));
    }
  }

  private void mark(Mark mark) {
    for (String group : subscribers) {
      entry(group, mark, null);
    }
  }

  private void intent(Intent intent, String group, boolean fromFront) {
    boolean mayTrade = terms.isKnown(intent.account()) && terms.instrument(instrument) != null;
    if (mayTrade) {
      subscribe(group);
    }
    boolean hasRoom = true;
    List<PaperTick> cancelled = List.of();
    if (terms.isPaper() && mayTrade) {
      if (intent.action() == Action.CANCEL) {
        cancelled = watches.cancel(intent, row.orderTimeUs());
      } else if (intent.defect() == null) {
        hasRoom =
            intent.action() == Action.NEW
                ? watches.add(intent, row.orderTimeUs())
                : watches.amend(intent, row.orderTimeUs());
      }
    }
    entry(group, intent, snapshot(fromFront, !hasRoom));
    ticks(cancelled);
  }

  private void ticks(List<PaperTick> ticks) {
    for (PaperTick tick : ticks) {
      entry(terms.groupOf(tick.account()), tick, null);
    }
  }

  private Snapshot snapshot(boolean fromFront, boolean isUnwatched) {
    return new Snapshot(
        last == null ? null : last.price(),
        last == null ? null : last.eventTimeUs(),
        last == null ? null : last.receiveTimeUs(),
        quote == null ? null : quote.bid(),
        quote == null ? null : quote.ask(),
        quote == null ? null : quote.eventTimeUs(),
        quote == null ? null : quote.receiveTimeUs(),
        sigmaDaily(),
        guard.active(),
        fromFront,
        isUnwatched,
        arrivedUs,
        liquidity(),
        quote == null ? null : quote.fundingRate(),
        regime(),
        regimeConfidence());
  }

  private Liquidity liquidity() {
    if (last == null && quote == null) {
      return null;
    }
    return new Liquidity(
        quote == null ? null : quote.bidQty(),
        quote == null ? null : quote.askQty(),
        hourVolume.until(row.orderTimeUs()),
        dayVolume.until(row.orderTimeUs()));
  }

  private Double sigmaDaily() {
    Double sigma =
        bars == null || bars.volatility() == null
            ? volatility.sigmaDaily()
            : bars.volatility().sigmaDaily();
    return sigma == null ? null : (Double) Decimals.canonical(sigma);
  }

  private void subscribe(String group) {
    if (subscribers.add(group) && last != null) {
      BigDecimal high = range.high(row.orderTimeUs(), last.price());
      BigDecimal low = range.low(row.orderTimeUs(), last.price());
      entry(group, slots.first(last, high, low, guard.isActive(), sigmaDaily()), null);
    }
  }

  private void signals(Trade trade) {
    for (int i = 0; i < strategies.size(); i++) {
      Strategy.Signal signal = strategies.get(i).on(trade);
      if (signal != null) {
        StrategyChoice choice = terms.strategies().get(i);
        intent(wish(choice, signal, trade), terms.groupOf(choice.account()), true);
      }
    }
  }

  /** What is worth as much as a strategy trades at a time. */
  private BigDecimal strategyQty(Trade trade) {
    Instrument listed = terms.instrument(instrument);
    BigDecimal qty =
        Decimals.floorTo(
            Decimals.divide(STRATEGY_ORDER_VALUE, trade.price().multiply(listed.multiplier())),
            listed.lot());
    return qty.max(listed.minQty());
  }

  private Intent wish(StrategyChoice choice, Strategy.Signal signal, Trade trade) {
    return new Intent(
        idOf(choice),
        Action.NEW,
        null,
        choice.account(),
        choice.name(),
        instrument,
        signal.side(),
        OrderType.MARKET,
        strategyQty(trade),
        null,
        TimeInForce.IOC,
        false,
        Decimals.canonical(signal.confidence()),
        null,
        row.clockUs(),
        null);
  }

  /** Of the bars of one length that a row has closed the last is scored. */
  private void scores() {
    for (int place = 0; !closed.isEmpty() && place < scorers.size(); place++) {
      Scorer scorer = scorers.get(place);
      FeatureRow newest = scorer == null ? null : newestClosed(scorer.choice().interval());
      if (newest != null) {
        Regime regime = guard.isActive() ? Regime.FLASH_CRASH : Regime.of(volatility.sigmaDaily());
        Score score = scorer.on(newest, regime);
        out.score(place, score);
        if (last != null && scorer.isWish(score)) {
          Intent wish = wish(scorer.choice(), score, scorer.contributions(regime));
          intent(wish, terms.groupOf(wish.account()), true);
        }
      }
    }
    closed.clear();
  }

  private FeatureRow newestClosed(BarInterval interval) {
    FeatureRow newest = null;
    for (FeatureRow row : closed) {
      newest = row.bar().interval() == interval ? row : newest;
    }
    return newest;
  }

  private Intent wish(ModelChoice choice, Score score, Map<String, Double> contributions) {
    double ofOrder = score.side() == Side.BUY ? score.expectedReturn() : -score.expectedReturn();
    Double drift = Double.isNaN(score.drift()) ? null : (Double) Decimals.canonical(score.drift());
    contributions.replaceAll((feature, part) -> Decimals.canonical(part));
    return new Intent(
        Intent.INTERNAL_PREFIX + choice.name() + ":" + instrument + ":" + score.eventTimeUs(),
        Action.NEW,
        null,
        choice.account(),
        choice.name(),
        instrument,
        score.side(),
        OrderType.MARKET,
        strategyQty(last),
        null,
        TimeInForce.IOC,
        false,
        Decimals.canonical(score.confidence()),
        Decimals.canonical(ofOrder),
        new Signal(null, null, Map.of(), drift, contributions),
        row.clockUs(),
        choice.name(),
        score.eventTimeUs(),
        null);
  }

  /**
   * Names the trade by the instrument's own trades alone, so that it is the same wherever they were
   * read from. No two trades of an instrument have both numbers in common.
   */
  private String idOf(StrategyChoice choice) {
    return Intent.INTERNAL_PREFIX
        + choice.name()
        + ":"
        + instrument
        + ":"
        + newestStampUs
        + ":"
        + tradesSinceNewest;
  }

  private void entry(String group, Message input, Snapshot snapshot) {
    out.entry(new Entry(group, row.cause().withSub(sub++), row.clockUs(), input, snapshot));
  }
}
