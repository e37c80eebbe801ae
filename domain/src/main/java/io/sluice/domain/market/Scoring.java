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

/** Scores an instrument at the ends of its bars by its models. */
final class Scoring {
  private final MarketModels models;
  private final InternalOrders orders;

  /** The bars that the row has closed. */
  private final List<FeatureRow> closed = new ArrayList<>();

  Scoring(MarketModels models, InternalOrders orders) {
    this.models = models;
    this.orders = orders;
  }

  /** A row has closed a bar. */
  void closed(FeatureRow bar) {
    if (models.count() > 0) {
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
    for (int place = 0; place < models.count(); place++) {
      Scorer scorer = models.scorer(place);
      FeatureRow newest = scorer == null ? null : newestClosed(scorer.choice().interval());
      if (newest != null) {
        Score score = scorer.on(newest);
        if (models.isSilent(place)) {
          continue;
        }
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
}
