package io.sluice.domain.market;

import io.sluice.domain.journal.Entry;
import io.sluice.domain.journal.Event;
import io.sluice.domain.json.Times;
import io.sluice.domain.market.crash.CrashGuard;
import io.sluice.domain.market.feature.FeatureRow;
import io.sluice.domain.market.paper.Watches;
import io.sluice.domain.market.volatility.BarVolatility;
import io.sluice.domain.market.volatility.GarchFit;
import io.sluice.domain.market.volatility.RunningVariance;
import io.sluice.domain.market.volume.TradedVolume;
import io.sluice.domain.wire.Action;
import io.sluice.domain.wire.Command;
import io.sluice.domain.wire.Fill;
import io.sluice.domain.wire.Intent;
import io.sluice.domain.wire.Mark;
import io.sluice.domain.wire.Message;
import io.sluice.domain.wire.PaperTick;
import io.sluice.domain.wire.Quote;
import io.sluice.domain.wire.Row;
import io.sluice.domain.wire.Trade;
import java.math.BigDecimal;
import java.util.List;
import java.util.TreeSet;

/**
 * What the front knows of one instrument: its newest trade and quote, volatility, crash state,
 * receive lag, who wants its marks and which orders wait for it on paper. It turns rows into
 * entries for the risk groups; the same rows give the same entries.
 */
public final class InstrumentMarket {
  final String instrument;
  final FrontTerms terms;
  Trade last;
  Quote quote;
  MarkSlots slots = new MarkSlots();
  MinuteRange range = new MinuteRange();
  final TreeSet<String> subscribers = new TreeSet<>();
  final TradedVolume hourVolume = new TradedVolume(60, 60 * Times.SECOND_US);
  final TradedVolume dayVolume = new TradedVolume(24, 3_600 * Times.SECOND_US);
  RunningVariance receiveLagUs = new RunningVariance();

  final MarketAnalytics analytics;
  final ArbitrageWatch arbitrage;
  final MarketModels models;
  final Scoring scoring;
  final StrategyDesk strategies;
  CrashGuard guard;
  Watches watches;
  long frontTimeUs;

  private FrontOutput out;
  private Row row;
  private long arrivedUs;
  private int sub;

  public InstrumentMarket(String instrument, FrontTerms terms) {
    this.instrument = instrument;
    this.terms = terms;
    this.guard = new CrashGuard(terms.crashRules());
    this.analytics = terms.analytics(instrument);
    this.arbitrage = new ArbitrageWatch(instrument, terms.arbitrageBound());
    InternalOrders orders = new InternalOrders(instrument, terms.instrument(instrument));
    this.models = new MarketModels(instrument, terms);
    this.scoring = new Scoring(models, orders);
    this.strategies = new StrategyDesk(terms.strategies(instrument), orders);
    this.watches = new Watches(instrument, terms.latencyUs());
    this.subscribers.addAll(terms.standingSubscribers(instrument));
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
    if (newRow.message() instanceof Command command) {
      // No matter of the market, whose time does not move by it.
      long nowUs = Math.max(frontTimeUs, newRow.orderTimeUs());
      models.publish(command, newRow.orderTimeUs(), nowUs, output);
      return;
    }
    take(newRow);
    out = output;
    sub = 0;
    models.advance(row.orderTimeUs(), out);
    Message message = row.message();
    analytics.advance(row.orderTimeUs(), guard.isActive(), this::bar, out::event);
    if (terms.isPaper()) {
      ticks(watches.expire(row.orderTimeUs()));
    }
    if (!(message instanceof Trade)) {
      restOfSlot();
    }
    if (message instanceof Trade trade) {
      trade(trade);
    } else if (message instanceof Quote newQuote) {
      quote = newQuote;
      analytics.quote(newQuote);
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
    wishes(scoring.score(last, row.clockUs(), out));
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
    return Math.min(Math.min(restDueUs, watches.nextExpiryUs()), models.nextUs());
  }

  /** Whether a published model is due that is still being loaded. */
  public boolean isLoadingModel() {
    return models.isLoading();
  }

  /** Whether nothing is known of it and nobody asks: a made-up name must not take up memory. */
  public boolean isBlank() {
    return last == null
        && quote == null
        && models.isAsAtFirst()
        && subscribers.equals(terms.standingSubscribers(instrument));
  }

  /** Whether a risk group gets its marks. */
  public boolean isWanted() {
    return !subscribers.isEmpty();
  }

  /** Its own time, that of its newest row, epoch microseconds. */
  public long timeUs() {
    return frontTimeUs;
  }

  /**
   * Mean and deviation of receive time less event time over all trades that have both,
   * microseconds.
   */
  public RunningVariance receiveLagUs() {
    return receiveLagUs;
  }

  /** Names the fit that is asked for, -1 where none is. */
  public long fitAskedAt() {
    return analytics.volatility() == null ? -1 : analytics.volatility().fitAskedAt();
  }

  /** A fit of a volatility model that may be computed before it takes effect, or null. */
  public BarVolatility.FitRequest fitRequest() {
    return analytics.volatility() == null ? null : analytics.volatility().fitRequest();
  }

  /** Gives the fit of a request; of another than the newest it changes nothing. */
  public void offer(BarVolatility.FitRequest request, GarchFit fit) {
    analytics.volatility().offer(request, fit);
  }

  /** Its regime by its bars, or null where that is not known. */
  public Regime regime() {
    return analytics.regimeByBars();
  }

  /** A trade of another instrument is a matter of features alone, and of no time that passes. */
  private void elsewhere(Row newRow, Trade trade, FrontOutput output) {
    if (analytics.features() != null) {
      row = newRow;
      out = output;
      analytics.features().elsewhere(newRow.orderTimeUs(), trade);
      arbitrage();
    }
  }

  private void arbitrage() {
    Event told = arbitrage.on(row, analytics.features());
    if (told != null) {
      out.event(told);
    }
  }

  private void trade(Trade trade) {
    last = trade;
    analytics.trade(row.orderTimeUs(), trade);
    if (analytics.features() != null) {
      arbitrage();
    }
    strategies.count(trade);
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
      mark(slots.take(trade, row.orderTimeUs(), guard.isActive(), analytics.sigmaDaily()));
    }
    wishes(strategies.on(trade, row.clockUs()));
  }

  private void bar(FeatureRow closed) {
    out.bar(closed);
    scoring.closed(closed);
  }

  private void wishes(List<Intent> wishes) {
    for (Intent wish : wishes) {
      intent(wish, terms.groupOf(wish.account()), true);
    }
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
      mark(slots.take(last, row.orderTimeUs(), guard.isActive(), analytics.sigmaDaily()));
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
        analytics.sigmaDaily(),
        guard.active(),
        fromFront,
        isUnwatched,
        arrivedUs,
        liquidity(),
        quote == null ? null : quote.fundingRate(),
        analytics.regimeByBars(),
        analytics.confidenceByBars());
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

  private void subscribe(String group) {
    if (subscribers.add(group) && last != null) {
      BigDecimal high = range.high(row.orderTimeUs(), last.price());
      BigDecimal low = range.low(row.orderTimeUs(), last.price());
      entry(group, slots.first(last, high, low, guard.isActive(), analytics.sigmaDaily()), null);
    }
  }

  private void entry(String group, Message input, Snapshot snapshot) {
    out.entry(new Entry(group, row.cause().withSub(sub++), row.clockUs(), input, snapshot));
  }
}
