package io.sluice.domain.market;

import io.sluice.domain.market.bar.BarInterval;
import io.sluice.domain.market.feature.FeatureRow;
import io.sluice.domain.scoring.Score;
import io.sluice.domain.scoring.Scorer;
import io.sluice.domain.wire.Intent;
import io.sluice.domain.wire.Trade;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The models that score an instrument at the ends of its bars. */
final class Scoring {
  private static final String PART = "model:";

  /** In the order of the configuration; null in place of a model that cannot be used. */
  private final List<Scorer> scorers;

  private final InternalOrders orders;

  /** The bars that the row has closed. */
  private final List<FeatureRow> closed = new ArrayList<>();

  Scoring(List<Scorer> scorers, InternalOrders orders) {
    this.scorers = scorers;
    this.orders = orders;
  }

  /** A row has closed a bar. */
  void closed(FeatureRow bar) {
    if (!scorers.isEmpty()) {
      closed.add(bar);
    }
  }

  /**
   * Scores what the row has closed: of bars of one length the last.
   *
   * @param last the newest trade, or null
   * @param timeUs of intents, epoch microseconds
   * @return what the models wish for
   */
  List<Intent> score(Trade last, long timeUs, FrontOutput out) {
    if (closed.isEmpty()) {
      return List.of();
    }
    List<Intent> wishes = new ArrayList<>(0);
    for (int place = 0; place < scorers.size(); place++) {
      Scorer scorer = scorers.get(place);
      FeatureRow newest = scorer == null ? null : newestClosed(scorer.choice().interval());
      if (newest != null) {
        Score score = scorer.on(newest);
        out.score(place, score);
        if (last != null && scorer.isWish(score)) {
          Map<String, Double> contributions = scorer.contributions(score.regime());
          wishes.add(orders.of(scorer.choice(), score, contributions, last, timeUs));
        }
      }
    }
    closed.clear();
    return wishes;
  }

  private FeatureRow newestClosed(BarInterval interval) {
    FeatureRow newest = null;
    for (FeatureRow row : closed) {
      newest = row.bar().interval() == interval ? row : newest;
    }
    return newest;
  }

  /** The parts of the state that have changed since the last call, by name. */
  Map<String, byte[]> takeChanged() {
    Map<String, byte[]> changed = new TreeMap<>();
    for (Scorer scorer : scorers) {
      byte[] state = scorer == null ? null : scorer.takeChanged();
      if (state != null) {
        changed.put(PART + scorer.choice().name(), state);
      }
    }
    return changed;
  }

  /** Goes on from parts; what they do not hold begins anew. */
  void read(Map<String, byte[]> parts) {
    for (Scorer scorer : scorers) {
      byte[] state = scorer == null ? null : parts.get(PART + scorer.choice().name());
      if (state != null) {
        scorer.read(state);
      }
    }
  }
}
