package io.sluice.cli.live;

import io.sluice.cli.SmallModel;
import io.sluice.jobs.config.ConfigurationFile;
import io.sluice.jobs.config.JobConfiguration;
import io.sluice.jobs.kafka.KafkaSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * A firm of four accounts in three groups that trades three instruments on a venue outside, and of
 * two more that every control there is holds back.
 */
final class Firm {
  static final List<String> INSTRUMENTS = List.of("TEST:AAAUSD", "TEST:BBBUSD", "TEST:CCCUSD");
  static final List<String> ACCOUNTS = List.of("a1", "a2", "b", "c");

  /** One that has a limit of every kind, and one that has promised heartbeats. */
  static final List<String> HELD_BACK = List.of("held", "quiet");

  /** Priced in euros, and what euros are worth. */
  static final String FOREIGN = "TEST:DDDEUR";

  static final String RATE = "TEST:EURUSD";

  /**
   * What holds back every purchase of the account that has limits of every kind. The other controls
   * that are on here wait for what happens by chance.
   */
  static final Set<String> CONTROLS =
      Set.of(
          "R10", "R11", "R12", "R14", "R26", "R29", "R32", "R37", "P02", "P03", "P06", "P10", "P11",
          "S02", "S03", "S04");

  /** For which a model trades, in a firm that has one. */
  static final String MODELLED = "modelled";

  /** One that no configuration knows. */
  static final String STRANGER = "stranger";

  /** The name of the configuration's file. */
  static final String FILE = "gate.yaml";

  /** A profile of which every term shrinks an order, or shows. */
  static final String EVERY_SIZE =
      """
        held:
          max_consecutive_losses: 1000
          confidence_ladder: [{from: "0.9", size: "1"}, {from: "0", size: "0.5"}]
          risk_score: {halve_above: "0", deny_above: "0.99"}
          correlation: {warn_above: "0.5", shrink_above: "0.6", size: "0.5"}
          exits: {stop: "0.9"}
      """;

  /** A limit of every kind for one account, and a promise of heartbeats of another. */
  static final String EVERY_LIMIT =
      """
        - {scope: "account:quiet", max_silence_ms: 700}
        - {scope: "strategy:held/t", max_new_rate: 1, max_open_orders: 2, max_duplicates: 1}
        - scope: "account:held"
          max_amend_rate: 1
          max_cancel_rate: 5
          max_order_to_trade: "0.5"
          max_price_drift: "0.001"
          max_reentries: 1000
          max_net_long: "50"
          max_net_short: "50"
          max_concentration: "0.00001"
          max_asset_concentration: "0.00001"
          max_correlation: "0.6"
          max_unexecuted: "1"
          max_reference_deviation: "0.01"
          max_spread: "0.00001"
          crossed_book: "0"
          target_sigma_daily: "0.0001"
          max_hour_share: "0.001"
          max_day_share: "0.001"
          max_quote_share: "0.05"
          max_var: "0.1"
          max_es: "0.1"
          max_margin_ratio: "0.00001"
          base_size: "10"
          max_position_risk: "0.0000001"
          max_portfolio_risk: "0.0000001"
          min_notional: "1000"
          max_positions: 1
          max_strategy_positions: 1
          max_instrument_positions: 1
          max_daily_allocation: "1"
          max_leverage_use: "0.00001"
          loss_cooldown_ms: 1000
          min_opposite_gap_ms: 5000
          min_risk_reward: "2"
          min_confidence: "0.6"
          min_confirmations: 2
      """;

  private static final String RISK =
      """
      instruments:
        - {id: "TEST:AAAUSD", base: AAA, quote: USD, kind: spot, tick: "0.01", lot: "0.001", min_qty: "0.001", max_qty: "100", min_notional: "1", multiplier: "1"}
        - {id: "TEST:BBBUSD", base: BBB, quote: USD, kind: spot, tick: "0.01", lot: "0.001", min_qty: "0.001", max_qty: "100", min_notional: "1", multiplier: "1"}
        - {id: "TEST:CCCUSD", base: CCC, quote: USD, kind: spot, tick: "0.01", lot: "0.001", min_qty: "0.001", max_qty: "100", min_notional: "1", multiplier: "1"}
        - {id: "TEST:DDDEUR", base: DDD, quote: EUR, kind: spot, tick: "0.01", lot: "0.001", min_qty: "0.001", max_qty: "100", min_notional: "1", multiplier: "1"}
        - {id: "TEST:EURUSD", base: EUR, quote: USD, kind: spot, tick: "0.01", lot: "1", min_qty: "1", max_qty: "100", min_notional: "1", multiplier: "1"}
      accounts:
        - {id: a1, group: first, profile: p, currency: USD, kind: cash, cash: "1000000"}
        - {id: a2, group: first, profile: p, currency: USD, kind: cash, cash: "1000000"}
        - {id: b, group: second, profile: p, currency: USD, kind: cash, cash: "1000000"}
        - {id: c, group: third, profile: p, currency: USD, kind: cash, cash: "1000000"}
        - {id: quiet, group: second, profile: p, currency: USD, kind: cash, cash: "1000000"}
        - {id: held, group: third, profile: held, currency: USD, kind: margin, cash: "1000000", leverage: "3", maintenance_margin: "0.05"}
      profiles:
        p: {max_consecutive_losses: 1000}
      """
          + EVERY_SIZE
          + """
      limits:
        - {scope: firm, max_qty: "5", max_notional: "2000", collar: "0.05", max_position_notional: "30000", max_gross: "80000", max_daily_loss: "500000", max_drawdown: "0.9", max_data_age_ms: %d}
      """
          + EVERY_LIMIT
          + """
      shadow_limits:
        - {scope: firm, max_notional: "40"}
      rates:
        - {currency: EUR, in: USD, instrument: "TEST:EURUSD"}
      correlations:
        - {a: AAA, b: BBB, value: "0.9"}
      order_flow: {message_window: 1s, duplicate_window: 2s, ratio_window: 10m, ratio_min_messages: 1}
      self_match: deny
      user_rules:
        - {name: large, when: "intent.account == 'held' && intent.qty > 0.5", then: shrink, factor: "0.5"}
      clock: wall
      control: {authority: tighten}
      execution: {mode: external}
      max_clock_skew_ms: 120000
      kafka: {bootstrap: "%s", topic_prefix: "%s"}
      """;

  /** Everything that the front can make of the market, and a model that trades on it. */
  private static final String ANALYTICS =
      """
      features: {intervals: [1s, 1m], basket: ["TEST:AAAUSD", "TEST:BBBUSD"]}
      volatility: {method: garch, bar: 1s, garch: {window: 100, fit_every: 25}}
      regimes: {window: 5}
      anomalies: {length: 8, history: 64, forward_bars: 4}
      models:
        - {name: direction, bundle: "%s", interval: 1s, account: modelled}
        - {name: shadow, bundle: "%s", interval: 1s}
      """;

  private Firm() {}

  /** Writes the configuration file of a gate, as a user would. */
  static Path file(Path folder, KafkaSettings kafka, int maxDataAgeMs) throws IOException {
    Path file = folder.resolve(FILE);
    Files.writeString(file, RISK.formatted(maxDataAgeMs, kafka.bootstrap(), kafka.topicPrefix()));
    return file;
  }

  /** The same with everything on, and one account more, for which a model trades. */
  static EmbeddedGate.Options optionsWithModels(Path folder, KafkaSettings kafka, int parallelism)
      throws IOException {
    Path file = file(folder, kafka, 60_000);
    Path bundle = SmallModel.write(folder.resolve("bundles"), "1");
    String account =
        "  - {id: modelled, group: second, profile: p, currency: USD, kind: cash, cash: \"1000000\"}\n";
    Files.writeString(
        file,
        Files.readString(file).replace("profiles:\n", account + "profiles:\n")
            + ANALYTICS.formatted(bundle, bundle));
    return new EmbeddedGate.Options(
        ConfigurationFile.readJob(file),
        Path.of("src/test/flink-conf/chaos"),
        stateIn(folder),
        parallelism,
        0);
  }

  /** The folder of a gate's checkpoints. */
  static Path stateIn(Path folder) {
    return folder.resolve("gate");
  }

  /** A gate of this firm with its state below a folder. */
  static EmbeddedGate.Options options(Path folder, KafkaSettings kafka, int parallelism)
      throws IOException {
    return options(folder, kafka, parallelism, 60_000);
  }

  static EmbeddedGate.Options options(
      Path folder, KafkaSettings kafka, int parallelism, int maxDataAgeMs) throws IOException {
    JobConfiguration configuration = ConfigurationFile.readJob(file(folder, kafka, maxDataAgeMs));
    return new EmbeddedGate.Options(
        configuration, Path.of("src/test/flink-conf/chaos"), stateIn(folder), parallelism, 0);
  }
}
