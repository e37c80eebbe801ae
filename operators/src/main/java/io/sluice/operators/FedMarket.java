package io.sluice.operators;

import io.sluice.domain.journal.Entry;
import io.sluice.domain.journal.Event;
import io.sluice.domain.market.CrashCandidate;
import io.sluice.domain.market.FrontOutput;
import io.sluice.domain.market.FrontTerms;
import io.sluice.domain.market.InstrumentMarket;
import io.sluice.domain.market.MarketParts;
import io.sluice.domain.market.feature.FeatureRow;
import io.sluice.domain.scoring.Score;
import io.sluice.operators.edge.FrontRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The market of an instrument, and what it has taken in since its parts were stored. */
final class FedMarket {
  private static final FrontOutput NOBODY =
      new FrontOutput() {
        @Override
        public void entry(Entry entry) {
          // It was put out when the row came.
        }

        @Override
        public void candidate(CrashCandidate candidate) {
          // The same.
        }

        @Override
        public void bar(FeatureRow row) {
          // The same.
        }

        @Override
        public void event(Event event) {
          // The same.
        }

        @Override
        public void score(int place, Score score) {
          // The same.
        }
      };

  private final String instrument;
  private final InstrumentMarket market;
  private final List<FrontRow> sinceStored = new ArrayList<>();

  /** The bytes of each stored part, by name. */
  private final Map<String, Integer> storedBytes = new HashMap<>();

  private long stateBytes;

  private FedMarket(String instrument, InstrumentMarket market) {
    this.instrument = instrument;
    this.market = market;
  }

  static FedMarket blank(String instrument, FrontTerms terms) {
    return new FedMarket(instrument, new InstrumentMarket(instrument, terms));
  }

  static FedMarket read(String instrument, FrontTerms terms, Map<String, byte[]> stored) {
    FedMarket fed = new FedMarket(instrument, MarketParts.read(instrument, terms, stored));
    stored.forEach(fed::count);
    return fed;
  }

  String instrument() {
    return instrument;
  }

  /** How large the stored parts are together, names not counted. */
  long stateBytes() {
    return stateBytes;
  }

  private void count(String name, byte[] part) {
    Integer before = part == null ? storedBytes.remove(name) : storedBytes.put(name, part.length);
    stateBytes += (part == null ? 0 : part.length) - (before == null ? 0 : before);
  }

  InstrumentMarket market() {
    return market;
  }

  /**
   * @throws RuntimeException where it cannot be taken in; the market is torn then
   */
  void take(FrontRow front, FrontOutput out) {
    if (front.subscriber() == null) {
      market.apply(front.row(), out);
    } else {
      market.subscribe(front.row(), front.firstSub(), front.subscriber(), out);
    }
    sinceStored.add(front);
  }

  /** Takes in what another one of the same stored parts has taken in since. */
  void takeLike(FedMarket other) {
    other.sinceStored.forEach(front -> take(front, NOBODY));
  }

  /** The parts that are to be stored now. */
  Map<String, byte[]> takeChanged() {
    sinceStored.clear();
    Map<String, byte[]> changed = MarketParts.takeChanged(market);
    changed.forEach(this::count);
    return changed;
  }
}
