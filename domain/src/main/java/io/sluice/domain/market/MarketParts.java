package io.sluice.domain.market;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.StrictJson;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.market.paper.Watches;
import io.sluice.domain.market.volatility.RunningVariance;
import io.sluice.domain.wire.Fields;
import io.sluice.domain.wire.Quote;
import io.sluice.domain.wire.StoredVersion;
import io.sluice.domain.wire.Trade;
import io.sluice.domain.wire.WireReader;
import java.util.Map;
import java.util.TreeMap;

/**
 * An instrument's state in parts, so that a checkpoint writes only what has changed: {@code head},
 * {@code watches}, those of bars and features and of models, and the crash guard's pages.
 */
public final class MarketParts {
  /** The newest form of the parts that this build reads, and the one that it writes. */
  public static final int VERSION = 1;

  private static final String HEAD = "head";
  private static final String WATCHES = "watches";
  private static final String GUARD = "guard";
  private static final String RECEIVE_LAG = "receive-lag";
  private static final String VOLUME = "volume";
  private static final String PRICES = "prices:";

  private MarketParts() {}

  /** The parts that have changed since the last call; null stands for a part that is gone. */
  public static Map<String, byte[]> takeChanged(InstrumentMarket market) {
    Map<String, byte[]> changed = new TreeMap<>();
    changed.put(HEAD, head(market));
    if (market.watches.takeChanged()) {
      JsonWriter watches = new JsonWriter();
      market.watches.write(watches);
      changed.put(WATCHES, watches.toBytes());
    }
    changed.put(GUARD, market.guard.header());
    changed.put(RECEIVE_LAG, market.receiveLagUs.toBytes());
    changed.put(VOLUME, volume(market));
    changed.putAll(market.analytics.takeChanged());
    changed.putAll(market.models.takeChanged());
    market.guard.takeChangedPages().forEach((page, prices) -> changed.put(PRICES + page, prices));
    return changed;
  }

  private static byte[] volume(InstrumentMarket market) {
    JsonWriter json = new JsonWriter();
    json.beginObject().name("hour");
    market.hourVolume.write(json);
    json.name("day");
    market.dayVolume.write(json);
    return json.endObject().toBytes();
  }

  private static byte[] head(InstrumentMarket market) {
    JsonWriter json = new JsonWriter();
    json.beginObject().name("version").value(VERSION).name("last");
    if (market.last == null) {
      json.nullValue();
    } else {
      market.last.write(json);
    }
    market.strategies.writePlace(json);
    if (market.arbitrage.isTold()) {
      json.name("arbitrage").value(true);
    }
    json.name("quote");
    if (market.quote == null) {
      json.nullValue();
    } else {
      market.quote.write(json);
    }
    json.name("front_time_us").value(market.frontTimeUs).name("slots");
    market.slots.write(json);
    json.name("range");
    market.range.write(json);
    json.name("subscribers").beginArray();
    market.subscribers.forEach(json::value);
    json.endArray().name("strategies");
    market.strategies.write(json);
    return json.endObject().toBytes();
  }

  /**
   * @throws IllegalStateException where a part does not read back
   */
  public static InstrumentMarket read(
      String instrument, FrontTerms terms, Map<String, byte[]> parts) {
    InstrumentMarket market = new InstrumentMarket(instrument, terms);
    try {
      head(market, StrictJson.trusted(parts.get(HEAD)));
      market.watches =
          Watches.read(instrument, terms.latencyUs(), StrictJson.trusted(parts.get(WATCHES)));
      market.receiveLagUs = RunningVariance.of(parts.get(RECEIVE_LAG));
      // State of an older build has none.
      if (parts.containsKey(VOLUME)) {
        ObjectNode volume = StrictJson.trusted(parts.get(VOLUME));
        market.hourVolume.read(new Fields((ObjectNode) volume.path("hour")));
        market.dayVolume.read(new Fields((ObjectNode) volume.path("day")));
      }
      market.analytics.read(parts);
      market.models.read(parts);
      market.guard.restore(parts.get(GUARD), pages(parts));
    } catch (UnreadableException | RuntimeException e) {
      throw new IllegalStateException(
          "the state of "
              + instrument
              + " does not read back: "
              + e.getMessage()
              + "; restore it with the build that wrote it",
          e);
    }
    return market;
  }

  private static Map<Long, byte[]> pages(Map<String, byte[]> parts) {
    Map<Long, byte[]> pages = new TreeMap<>();
    parts.forEach(
        (name, part) -> {
          if (name.startsWith(PRICES)) {
            pages.put(Long.valueOf(name.substring(PRICES.length())), part);
          }
        });
    return pages;
  }

  private static void head(InstrumentMarket market, ObjectNode head) throws UnreadableException {
    StoredVersion.require(new Fields(head), VERSION);
    market.last = head.path("last") instanceof ObjectNode last ? (Trade) WireReader.of(last) : null;
    market.quote =
        head.path("quote") instanceof ObjectNode quote ? (Quote) WireReader.of(quote) : null;
    Long frontTimeUs = new Fields(head).optionalTime("front_time_us");
    market.frontTimeUs = frontTimeUs == null ? 0 : frontTimeUs;
    market.strategies.readPlace(head);
    market.arbitrage.read(head.path("arbitrage").asBoolean(false));
    market.slots = MarkSlots.read(new Fields((ObjectNode) head.path("slots")));
    market.range = MinuteRange.read(head.path("range"));
    for (JsonNode group : head.path("subscribers")) {
      market.subscribers.add(group.textValue());
    }
    market.strategies.read(head.path("strategies"));
  }
}
