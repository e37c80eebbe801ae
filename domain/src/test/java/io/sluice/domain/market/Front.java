package io.sluice.domain.market;

import io.sluice.domain.config.Configuration;
import io.sluice.domain.journal.Cause;
import io.sluice.domain.journal.Entry;
import io.sluice.domain.journal.Event;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.StrictJson;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.market.feature.FeatureRow;
import io.sluice.domain.scoring.Bundles;
import io.sluice.domain.scoring.FeatureRows;
import io.sluice.domain.scoring.Model;
import io.sluice.domain.scoring.ModelBundle;
import io.sluice.domain.scoring.ModelFile;
import io.sluice.domain.scoring.Predictor;
import io.sluice.domain.scoring.Publications;
import io.sluice.domain.scoring.PublishedBundles;
import io.sluice.domain.scoring.Score;
import io.sluice.domain.wire.Action;
import io.sluice.domain.wire.Aggressor;
import io.sluice.domain.wire.Intent;
import io.sluice.domain.wire.Message;
import io.sluice.domain.wire.OrderType;
import io.sluice.domain.wire.Quote;
import io.sluice.domain.wire.Row;
import io.sluice.domain.wire.Side;
import io.sluice.domain.wire.TimeInForce;
import io.sluice.domain.wire.Trade;
import io.sluice.domain.wire.WireReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An instrument's front with everything that it has put out, for tests. */
final class Front implements FrontOutput {
  static final long START = 1_700_000_000_000_000L;
  static final long SECOND = 1_000_000L;
  static final String BTC = "V:BTC";

  private static final String TERMS =
      """
      {"instruments": [{"id": "V:BTC", "base": "BTC", "quote": "USD", "tick": "0.01", "lot": "0.001",
        "min_qty": "0.001", "max_qty": "100", "min_notional": "1"}],
       "accounts": [{"id": "a", "group": "g1", "profile": "p", "currency": "USD", "cash": "1000"},
        {"id": "b", "group": "g2", "profile": "p", "currency": "USD", "cash": "1000"}],
       "profiles": {"p": {}}, "crash_rules": [{"window_ms": 10000, "drop": "0.02"}],
       "execution": {"mode": "paper", "latency_ms": 250}, "strategies": [%s]}
      """;

  private static final String MEAN_REVERSION = "{\"name\": \"mean-reversion\", \"account\": \"b\"}";

  final List<Entry> entries = new ArrayList<>();
  final List<CrashCandidate> candidates = new ArrayList<>();
  final List<String> bars = new ArrayList<>();
  final List<Event> events = new ArrayList<>();
  final List<String> scores = new ArrayList<>();
  InstrumentMarket market;
  private long line;

  Front(String instrument) {
    this.market = new InstrumentMarket(instrument, terms());
  }

  static FrontTerms terms() {
    return terms("");
  }

  static FrontTerms termsWithStrategies() {
    return terms("{\"name\": \"momentum\", \"account\": \"a\"}," + MEAN_REVERSION);
  }

  static FrontTerms termsWithFeatures() {
    return termsOf(
        TERMS
            .formatted("")
            .replace(
                "\"profiles\"", "\"features\": {\"intervals\": [\"1s\", \"1m\"]}, \"profiles\""));
  }

  /** With these keys of the configuration added. */
  static FrontTerms termsWith(String keys) {
    return termsOf(TERMS.formatted("").strip().replaceFirst("}$", ", " + keys + "}"));
  }

  static FrontTerms termsOfTwoVenues() {
    String second =
        "{\"id\": \"W:BTC\", \"base\": \"BTC\", \"quote\": \"USD\", \"tick\": \"0.01\","
            + " \"lot\": \"0.001\", \"min_qty\": \"0.001\", \"max_qty\": \"100\","
            + " \"min_notional\": \"1\"}";
    return termsOf(
        TERMS
            .formatted("")
            .replace("\"instruments\": [", "\"instruments\": [" + second + ", ")
            .replace(
                "\"profiles\"",
                "\"features\": {\"intervals\": [\"1s\"], \"arbitrage\": \"0.01\"}, \"profiles\""));
  }

  /**
   * With a model that trades for account a: it tells up of a second that closed higher or level,
   * down of another, and nothing of the first.
   */
  static FrontTerms termsWithModel() {
    return termsWithModel("open", PublishedBundles.NONE, new Publications());
  }

  /** The same, where commands publish others. */
  static FrontTerms termsWithModel(
      String authority, PublishedBundles bundles, Publications standing) {
    String terms =
        TERMS
            .formatted("")
            .replace(
                "\"profiles\"",
                "\"features\": {\"intervals\": [\"1s\"]}, \"models\": [{\"name\": \"teller\","
                    + " \"bundle\": \"none\", \"interval\": \"1s\", \"account\": \"a\"}],"
                    + " \"control\": {\"authority\": \""
                    + authority
                    + "\"}, \"profiles\"");
    return new FrontTerms(
        configuration(terms), choice -> model("1", FEATURES, TELLER), bundles, standing);
  }

  /**
   * With a model that tells up by 0.6, and by 0.9 in a trending market.
   *
   * @param keys of the configuration
   */
  static FrontTerms termsWithModelOfRegimes(String keys) {
    String terms =
        TERMS
            .formatted("")
            .replace(
                "\"profiles\"",
                keys
                    + ", \"features\": {\"intervals\": [\"1s\"]}, \"models\": [{\"name\": \"teller\","
                    + " \"bundle\": \"none\", \"interval\": \"1s\"}], \"profiles\"");
    ModelBundle bundle =
        Bundles.ofTrees(
            List.of("return_1@1s", "spread@tick"),
            Map.of(Regime.TRENDING, new ModelFile("trending.txt", "0")));
    return new FrontTerms(
        configuration(terms),
        choice ->
            Model.of(bundle, (of, file) -> rows -> file.name().equals("trending.txt") ? 0.9 : 0.6),
        PublishedBundles.NONE,
        new Publications());
  }

  static Model model(String version, List<String> features, Predictor predictor) {
    return Model.of(Bundles.versioned(version, Bundles.ofTrees(features)), (of, file) -> predictor);
  }

  static final List<String> FEATURES = List.of("return_1@1s", "spread@tick");

  private static final Predictor TELLER =
      new Predictor() {
        @Override
        public double probability(FeatureRows rows) {
          double growth = rows.newest()[0];
          return Double.isNaN(growth) ? growth : growth >= 0 ? 0.75 : 0.2;
        }

        @Override
        public double[] contributions(FeatureRows rows) {
          return new double[] {100 * rows.newest()[0], 0};
        }
      };

  static FrontTerms termsWithMeanReversion() {
    return terms(MEAN_REVERSION);
  }

  static FrontTerms termsWithCrashWindow(long windowMs) {
    return termsOf(TERMS.formatted("").replace("10000", String.valueOf(windowMs)));
  }

  private static FrontTerms terms(String strategies) {
    return termsOf(TERMS.formatted(strategies));
  }

  private static FrontTerms termsOf(String terms) {
    return new FrontTerms(configuration(terms));
  }

  private static Configuration configuration(String terms) {
    try {
      byte[] json = terms.getBytes(StandardCharsets.UTF_8);
      return Configuration.parse("test", StrictJson.object(json));
    } catch (UnreadableException e) {
      throw new AssertionError(e);
    }
  }

  /** What a row of this moment makes. */
  List<Entry> at(long timeUs, Message message) {
    int before = entries.size();
    market.apply(row(++line, timeUs, message), this);
    return List.copyOf(entries.subList(before, entries.size()));
  }

  static Row row(long line, long timeUs, Message message) {
    return new Row(message, new Cause("t.csv", 0, line, 0), line, timeUs, timeUs);
  }

  @Override
  public void entry(Entry entry) {
    entries.add(entry);
  }

  @Override
  public void candidate(CrashCandidate candidate) {
    candidates.add(candidate);
  }

  @Override
  public void score(int place, Score score) {
    JsonWriter json = new JsonWriter();
    score.write(json);
    scores.add(json.toString());
  }

  @Override
  public void bar(FeatureRow row) {
    bars.add(new String(row.toJson(), StandardCharsets.UTF_8));
  }

  @Override
  public void event(Event event) {
    events.add(event);
  }

  static Trade trade(long timeUs, String price) {
    return tradeOf(BTC, timeUs, price);
  }

  static Trade tradeOf(String instrument, long timeUs, String price) {
    return new Trade(
        instrument, "1", new BigDecimal(price), BigDecimal.ONE, Aggressor.BUY, timeUs, timeUs + 5);
  }

  static Quote quote(long timeUs, String bid, String ask) {
    return new Quote(
        BTC,
        bid == null ? null : new BigDecimal(bid),
        null,
        ask == null ? null : new BigDecimal(ask),
        null,
        timeUs,
        null);
  }

  static Intent buy(String id, String account, String limit, TimeInForce tif) {
    return order(id, account, Side.BUY, limit, tif);
  }

  static Intent order(String id, String account, Side side, String limit, TimeInForce tif) {
    return new Intent(
        id,
        Action.NEW,
        null,
        account,
        "s",
        BTC,
        side,
        limit == null ? OrderType.MARKET : OrderType.LIMIT,
        BigDecimal.ONE,
        limit == null ? null : new BigDecimal(limit),
        tif,
        false,
        null,
        null,
        START,
        null);
  }

  static Intent amend(String id, String account, String target, String limit) {
    return new Intent(
        id,
        Action.AMEND,
        target,
        account,
        "s",
        BTC,
        null,
        null,
        null,
        new BigDecimal(limit),
        null,
        false,
        null,
        null,
        START,
        null);
  }

  static Intent cancel(String id, String account, String target) {
    return new Intent(
        id,
        Action.CANCEL,
        target,
        account,
        "s",
        BTC,
        null,
        null,
        null,
        null,
        null,
        false,
        null,
        null,
        START,
        null);
  }

  /** An intent as it would come in. */
  static Intent read(String json) {
    try {
      return (Intent) WireReader.read(json.getBytes(StandardCharsets.UTF_8));
    } catch (UnreadableException e) {
      throw new AssertionError(e);
    }
  }
}
