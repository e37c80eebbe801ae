package io.sluice.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A risk group in which every control has something to say: its accounts, their limits, and rounds
 * of the same orders, each of which some control refuses or cuts. Nothing in it is random, and the
 * first round is over before anything else of a {@link Scenario} begins.
 */
final class EveryControl {
  private static final String GOLD = "Z1:GLDUSD";
  private static final String OIL = "Z1:OILEUR";
  private static final String EURO = "Z1:EURUSD";
  private static final String PERPETUAL = "Z1:GLDPERP";
  private static final String OTHER_GOLD = "Z2:GLDUSD";
  private static final String CLOSED = "Z3:GLDUSD";
  private static final long SECOND = 1_000_000;
  private static final long ROUND_US = 60 * SECOND;

  static final List<String> ACCOUNTS =
      List.of("z-again", "z-flow", "z-loss", "z-oil", "z-pair", "z-quiet", "z-tight", "z-unset");

  static final String INSTRUMENTS =
      """
        - {id: "Z1:GLDUSD", base: GLD, quote: USD, tick: "0.01", lot: "0.001", min_qty: "0.001", max_qty: "1000", min_notional: "1"}
        - {id: "Z2:GLDUSD", base: GLD, quote: USD, tick: "0.01", lot: "0.001", min_qty: "0.001", max_qty: "1000", min_notional: "1"}
        - {id: "Z3:GLDUSD", base: GLD, quote: USD, tick: "0.01", lot: "0.001", min_qty: "0.001", max_qty: "1000", min_notional: "1"}
        - {id: "Z1:OILEUR", base: OIL, quote: EUR, tick: "0.01", lot: "0.001", min_qty: "0.001", max_qty: "1000", min_notional: "1"}
        - {id: "Z1:EURUSD", base: EUR, quote: USD, tick: "0.0001", lot: "1", min_qty: "1", max_qty: "100000", min_notional: "1"}
        - {id: "Z1:GLDPERP", base: GLD, quote: USD, kind: perpetual, tick: "0.01", lot: "0.001", min_qty: "0.001", max_qty: "1000", min_notional: "1"}
      """;

  static final String CONFIGURED =
      """
        - {id: z-again, group: zeta, profile: z-open, currency: USD, kind: margin, cash: "50000", leverage: "3"}
        - {id: z-flow, group: zeta, profile: z-open, currency: USD, kind: margin, cash: "50000", leverage: "3"}
        - {id: z-loss, group: zeta, profile: z-loss, currency: USD, kind: margin, cash: "50000", leverage: "3"}
        - {id: z-oil, group: zeta, profile: z-open, currency: USD, kind: cash, cash: "50000"}
        - {id: z-pair, group: zeta, profile: z-pair, currency: USD, kind: margin, cash: "50000", leverage: "3"}
        - {id: z-quiet, group: zeta, profile: z-open, currency: USD, kind: cash, cash: "50000"}
        - {id: z-tight, group: zeta, profile: z-tight, currency: USD, kind: margin, cash: "50000", leverage: "3", maintenance_margin: "0.05"}
        - {id: z-unset, group: zeta, profile: z-nothing, currency: USD, kind: cash, cash: "50000"}
      """;

  static final String PROFILES =
      """
        z-open: {max_consecutive_losses: unlimited}
        z-nothing: {}
        z-loss: {max_consecutive_losses: {bound: 1, then: deny, release: 1m}, exits: {stop: "0.05"}}
        z-pair: {max_consecutive_losses: unlimited, correlation: {warn_above: "0.5", shrink_above: "0.6", size: "0.5"}}
        z-tight:
          max_consecutive_losses: unlimited
          confidence_ladder: [{from: "0.9", size: "1"}, {from: "0", size: "0.5"}]
          risk_score: {halve_above: "0", deny_above: "0.99"}
          exits: {stop: "0.05"}
      """;

  static final String LIMITS =
      """
        - {scope: "account:z-flow", min_opposite_gap_ms: 5000, max_strategy_positions: 1}
        - {scope: "strategy:z-flow/open", max_open_orders: 1}
        - {scope: "strategy:z-flow/twice", max_duplicates: 1}
        - {scope: "strategy:z-flow/fast", max_new_rate: 2, max_amend_rate: 1, max_cancel_rate: 1}
        - {scope: "strategy:z-flow/late", max_price_drift: "0.004"}
        - {scope: "strategy:z-flow/idle", max_order_to_trade: "1"}
        - {scope: "account:z-again", max_weekly_loss: "0.01"}
        - {scope: "strategy:z-again/s", max_reentries: 1}
        - {scope: "account:z-loss", loss_cooldown_ms: 20000, max_recon_breaks: 1, critical_portfolio_risk: "0.0001", max_drawdown: "0.00001"}
        - {scope: "account:z-pair", max_correlation: "0.6"}
        - {scope: "account:z-quiet", max_silence_ms: 10000}
        - scope: "account:z-tight"
          max_net_long: "50"
          max_net_short: "50"
          max_concentration: "0.001"
          max_asset_concentration: "0.001"
          max_unexecuted: "50"
          max_reference_deviation: "0.01"
          max_spread: "0.001"
          crossed_book: "0"
          target_sigma_daily: "0.0001"
          max_hour_share: "0.01"
          max_day_share: "0.01"
          max_quote_share: "0.1"
          max_var: "0.1"
          max_es: "0.1"
          max_margin_ratio: "0.00001"
          max_funding: "0.0001"
          max_score_age_ms: 1000
          base_size: "60"
          max_position_risk: "0.00001"
          max_portfolio_risk: "0.00001"
          min_notional: "120"
          max_positions: 1
          max_instrument_positions: 1
          max_daily_allocation: "50"
          max_leverage_use: "0.0001"
          min_risk_reward: "2"
          min_confidence: "0.6"
          min_confirmations: 2
      """;

  /** Everything else; {@code %s} are the permissions of the other accounts. */
  private static final String REST =
      """
      shadow_limits:
        - {scope: firm, max_notional: "90"}
      rates:
        - {currency: EUR, in: USD, instrument: "Z1:EURUSD"}
      correlations:
        - {a: GLD, b: OIL, value: "0.9"}
      order_flow: {message_window: 2s, duplicate_window: 20s, ratio_window: 10m, ratio_min_messages: 2}
      self_match: deny
      permissions:
      %s  - {account: z-tight, order_types: [limit]}
      sessions:
        - {scope: "instrument:Z3:GLDUSD", days: [mon, tue, wed, thu, fri, sat, sun], from: "08:00", to: "20:00"}
      """;

  private final boolean isPaper;
  private final List<Long> rounds = new ArrayList<>();
  private final SortedMap<Long, List<Object>> intents = new TreeMap<>();
  private final SortedMap<Long, List<Object>> fills = new TreeMap<>();
  private final SortedMap<Long, List<Object>> commands = new TreeMap<>();
  private long startUs;
  private int round;
  private int next;

  /**
   * @param others the accounts of other groups
   */
  static String terms(String... others) {
    StringBuilder permitted = new StringBuilder();
    Set<String> everybodyElse = new TreeSet<>(ACCOUNTS);
    everybodyElse.remove("z-tight");
    everybodyElse.addAll(List.of(others));
    everybodyElse.forEach(
        account -> permitted.append("  - {account: ").append(account).append("}\n"));
    return REST.formatted(permitted);
  }

  /**
   * @param many further rounds, two minutes apart
   */
  EveryControl(boolean isPaper, int many) {
    this.isPaper = isPaper;
    rounds.add(Scenario.START - ROUND_US);
    for (int i = 0; i < many; i++) {
      rounds.add(Scenario.START + (2L * i + 1) * ROUND_US);
    }
    for (long at : rounds) {
      startUs = at;
      play();
      round++;
    }
  }

  String trades() {
    List<Object> lines = new ArrayList<>();
    for (long at : rounds) {
      for (int second = 0; second < 60; second++) {
        long timeUs = at + second * SECOND;
        // It drifts a little and is one tick lower at every other second.
        String gold = (second < 30 ? "100." : "100.6") + (second % 2);
        lines.add(Wire.trade(GOLD, gold, timeUs));
        lines.add(Wire.trade(OIL, "50.0" + second % 2, timeUs));
        if (second % 5 == 0) {
          lines.add(Wire.trade(EURO, second < 20 ? "1.2500" : "1.2550", timeUs));
          lines.add(Wire.trade(OTHER_GOLD, "103", timeUs));
          lines.add(Wire.trade(CLOSED, "103.1", timeUs));
          lines.add(Wire.trade(PERPETUAL, "100", timeUs));
        }
      }
    }
    return Wire.lines(lines.toArray());
  }

  String quotes() {
    List<Object> lines = new ArrayList<>();
    for (long at : rounds) {
      lines.add(Wire.quote(GOLD, "99.95", "100.55", at + 8 * SECOND));
      lines.add(
          Wire.quote(PERPETUAL, "99.9", "100.1", at + 9 * SECOND).with("funding_rate", "0.01"));
      lines.add(Wire.quote(GOLD, "100.20", "100.10", at + 14 * SECOND));
    }
    return Wire.lines(lines.toArray());
  }

  String intents() {
    return inOrder(intents);
  }

  String commands() {
    return inOrder(commands);
  }

  String fills() {
    return inOrder(fills);
  }

  /** Books to start from, and at the end of the first round some that contradict them. */
  String accounts() {
    List<Object> lines = new ArrayList<>();
    if (!isPaper) {
      for (String account : ACCOUNTS) {
        lines.add(Wire.account(account, "50000", List.of(), rounds.get(0)));
      }
    }
    lines.add(Wire.venue("Z3", "DOWN", rounds.get(0) + 2 * SECOND));
    if (!isPaper) {
      lines.add(Wire.account("z-loss", "60000", List.of(), rounds.get(0) + 44 * SECOND));
    }
    return Wire.lines(lines.toArray());
  }

  private void play() {
    command(1, "SET_USER_RULE", "firm")
        .with(
            "body",
            Map.of(
                "name",
                "z",
                "when",
                "intent.account == 'z-tight'",
                "then",
                "shrink",
                "factor",
                "0.9"));
    command(2, "RESTRICT", "account:z-tight").with("body", Map.of("assets", List.of("GLD")));

    // One order that nearly every limit on orders has something against, and others of its kind.
    limit(10, "z-tight", "s", GOLD, "BUY", "1", "100").with("model", "m");
    limit(10, "z-tight", "s", GOLD, "SELL", "1", "100").with("confidence", 0.5);
    limit(11, "z-tight", "s", PERPETUAL, "BUY", "2", "100");
    limit(15, "z-tight", "s", GOLD, "BUY", "2", "100");
    market(16, "z-tight", "s", GOLD, "BUY", "2");
    limit(16, "z-unset", "s", GOLD, "BUY", "1", "100");
    limit(16, "z-unset", "s", CLOSED, "BUY", "1", "103");

    limit(17, "z-flow", "open", GOLD, "BUY", "1", "99");
    limit(18, "z-flow", "open", GOLD, "BUY", "1", "98");
    limit(18, "z-flow", "open", OIL, "BUY", "1", "49");
    limit(19, "z-flow", "twice", GOLD, "SELL", "1", "99");
    limit(20, "z-flow", "twice", GOLD, "BUY", "0.5", "99");
    limit(20, "z-flow", "twice", GOLD, "BUY", "0.5", "99");
    limit(21, "z-flow", "fast", GOLD, "BUY", "0.1", "99.1");
    limit(21, "z-flow", "fast", GOLD, "BUY", "0.1", "99.2");
    limit(21, "z-flow", "fast", GOLD, "BUY", "0.1", "99.3");
    for (int i = 0; i < 4; i++) {
      limit(22 + i, "z-flow", "idle", GOLD, "BUY", "0.1", "98." + i);
    }
    limit(18, "z-flow", "late", GOLD, "BUY", "0.1", "100");
    limit(40, "z-flow", "late", GOLD, "BUY", "0.1", "101");

    for (int i = 0; i < 4; i++) {
      String entry = market(20 + 3 * i, "z-again", "s", OTHER_GOLD, "BUY", "0." + (i + 1));
      if (i == 0) {
        fill(entry, "z-again", OTHER_GOLD, "BUY", "0.1", "103.1", 25);
      }
    }

    // In an instrument of its own, or the orders of others could match these.
    String bought = market(20, "z-loss", "s", PERPETUAL, "BUY", "5");
    fill(bought, "z-loss", PERPETUAL, "BUY", "5", "100.1", 21);
    limit(25, "z-loss", "s", PERPETUAL, "BUY", "1", "99");
    String sold = market(26, "z-loss", "s", PERPETUAL, "SELL", "5");
    fill(sold, "z-loss", PERPETUAL, "SELL", "5", "99.9", 27);
    limit(31, "z-loss", "s", PERPETUAL, "BUY", "1", "99");
    limit(46, "z-loss", "s", PERPETUAL, "BUY", "1", "99");

    String oil = market(20, "z-oil", "s", OIL, "BUY", "4");
    fill(oil, "z-oil", OIL, "BUY", "4", "50.01", 21);
    limit(30, "z-oil", "s", OIL, "BUY", "3", "49");
    String oilSold = market(35, "z-oil", "s", OIL, "SELL", "2");
    fill(oilSold, "z-oil", OIL, "SELL", "2", "50", 36);

    limit(20, "z-pair", "s", GOLD, "BUY", "1", "99");
    limit(21, "z-pair", "s", OIL, "BUY", "1", "49");

    limit(12, "z-quiet", "s", GOLD, "BUY", "1", "99");
    command(20, "HEARTBEAT", "account:z-quiet");
    limit(22, "z-quiet", "s", GOLD, "BUY", "0.3", "99");
    limit(50, "z-quiet", "s", GOLD, "BUY", "1", "99");
  }

  private Wire limit(
      int second,
      String account,
      String strategy,
      String instrument,
      String side,
      String qty,
      String price) {
    Wire intent =
        Wire.limit(id(), account, instrument, side, qty, price, at(second))
            .with("strategy", strategy);
    put(intents, second, intent);
    return intent;
  }

  private String market(
      int second, String account, String strategy, String instrument, String side, String qty) {
    String id = id();
    put(
        intents,
        second,
        Wire.market(id, account, instrument, side, qty, at(second)).with("strategy", strategy));
    return id;
  }

  private String id() {
    return "z-" + round + "-" + next++;
  }

  private void fill(
      String intent,
      String account,
      String instrument,
      String side,
      String qty,
      String price,
      int second) {
    if (!isPaper) {
      put(
          fills,
          second,
          Wire.fill(
              "f-" + intent, intent, account, instrument, side, qty, price, "0.05", at(second)));
    }
  }

  private Wire command(int second, String command, String scope) {
    Wire line = Wire.control("z-" + round + "-" + second, command, scope, at(second));
    put(commands, second, line);
    return line;
  }

  private void put(SortedMap<Long, List<Object>> lines, int second, Wire line) {
    lines.computeIfAbsent(at(second), time -> new ArrayList<>()).add(line);
  }

  private static String inOrder(SortedMap<Long, List<Object>> lines) {
    return Wire.lines(lines.values().stream().flatMap(List::stream).toArray());
  }

  private long at(int second) {
    return startUs + second * SECOND;
  }
}
