package io.sluice.domain.market;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.config.StrategyChoice;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.strategy.Strategies;
import io.sluice.domain.strategy.Strategy;
import io.sluice.domain.wire.Intent;
import io.sluice.domain.wire.Trade;
import java.util.ArrayList;
import java.util.List;

/** The built-in strategies at work on an instrument. */
final class StrategyDesk {
  private final List<StrategyChoice> choices;
  private final List<Strategy> strategies;
  private final InternalOrders orders;

  /** The largest stamp of trades so far, epoch microseconds; -1 before the first trade. */
  private long newestStampUs = -1;

  /** How many trades came since the one that brought that stamp. */
  private long tradesSinceNewest;

  StrategyDesk(List<StrategyChoice> choices, InternalOrders orders) {
    this.choices = choices;
    this.orders = orders;
    this.strategies = choices.stream().map(choice -> Strategies.create(choice.name())).toList();
  }

  /** Takes in that a trade came, before its strategies see it. */
  void count(Trade trade) {
    if (trade.eventTimeUs() > newestStampUs) {
      newestStampUs = trade.eventTimeUs();
      tradesSinceNewest = 0;
    } else {
      tradesSinceNewest++;
    }
  }

  /**
   * What the strategies wish for on a trade.
   *
   * @param timeUs of the intents, epoch microseconds
   */
  List<Intent> on(Trade trade, long timeUs) {
    List<Intent> wishes = List.of();
    for (int i = 0; i < strategies.size(); i++) {
      Strategy.Signal signal = strategies.get(i).on(trade);
      if (signal != null) {
        wishes = wishes.isEmpty() ? new ArrayList<>() : wishes;
        wishes.add(orders.of(choices.get(i), signal, place(), trade, timeUs));
      }
    }
    return wishes;
  }

  /**
   * Names the newest trade by the instrument's own trades alone, so that it is the same wherever
   * they were read from. No two trades of an instrument have both numbers in common.
   */
  String place() {
    return newestStampUs + ":" + tradesSinceNewest;
  }

  /** Writes two members of an object that say which trade is the newest. */
  void writePlace(JsonWriter json) {
    json.name("newest_stamp_us").value(newestStampUs);
    json.name("trades_since_newest").value(tradesSinceNewest);
  }

  /** State of an older build has neither. */
  void readPlace(ObjectNode stored) {
    newestStampUs = stored.path("newest_stamp_us").asLong(-1);
    tradesSinceNewest = stored.path("trades_since_newest").asLong(0);
  }

  /** Its state but for the place, an array. */
  void write(JsonWriter json) {
    json.beginArray();
    for (int i = 0; i < strategies.size(); i++) {
      json.beginObject().name("name").value(choices.get(i).name());
      json.name("account").value(choices.get(i).account()).name("state");
      strategies.get(i).write(json);
      json.endObject();
    }
    json.endArray();
  }

  /** A strategy is known by its name and account; one that is no longer configured is dropped. */
  void read(JsonNode array) throws UnreadableException {
    for (JsonNode stored : array) {
      StrategyChoice choice =
          new StrategyChoice(stored.path("name").textValue(), stored.path("account").textValue());
      int at = choices.indexOf(choice);
      if (at >= 0) {
        strategies.get(at).read((ObjectNode) stored.get("state"));
      }
    }
  }
}
