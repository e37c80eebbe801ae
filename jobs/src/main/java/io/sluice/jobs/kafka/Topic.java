package io.sluice.jobs.kafka;

import io.sluice.domain.wire.Message.Kind;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The topics, each with what it has to be created with. */
public enum Topic {
  MARKET_TRADES("market.trades", 4, Retention.DAYS_7, Kind.TRADE),
  MARKET_QUOTES("market.quotes", 4, Retention.DAYS_7, Kind.QUOTE),
  /** Bars with their features, where configuration wants them. */
  MARKET_BARS("market.bars", 4, Retention.DAYS_30),
  /** What models say at the ends of bars, where configuration has any. */
  MARKET_SCORES("market.scores", 4, Retention.DAYS_30),
  STRATEGY_INTENTS("strategy.intents", 4, Retention.DAYS_30, Kind.INTENT),
  EXECUTION_FILLS("execution.fills", 4, Retention.DAYS_30, Kind.FILL),
  EXECUTION_ORDERS("execution.orders", 4, Retention.DAYS_30, Kind.ORDER),
  ACCOUNT_UPDATES("account.updates", 4, Retention.DAYS_30, Kind.ACCOUNT, Kind.VENUE),
  /** One partition, kept for ever: a total order of all commands and their whole history. */
  CONTROL_COMMANDS("control.commands", 1, Retention.FOR_EVER, Kind.CONTROL),
  /**
   * The write-ahead order of everything the gate folds. Its partition count never changes: a group
   * has one partition.
   */
  RISK_INPUTS("risk.inputs", 8, Retention.DAYS_30),
  RISK_DECISIONS("risk.decisions", 4, Retention.DAYS_30),
  RISK_JOURNAL("risk.journal", 4, Retention.FOR_EVER),
  RISK_EVENTS("risk.events", 4, Retention.DAYS_30),
  RISK_DEADLETTER("risk.deadletter", 1, Retention.FOR_EVER);

  /** The largest record that is sent; brokers take 1 MiB unless told. */
  static final int MAX_RECORD_BYTES = 4 << 20;

  /** How long records are kept. */
  private enum Retention {
    DAYS_7(7),
    DAYS_30(30),
    FOR_EVER(-1);

    private final long ms;

    Retention(long days) {
      this.ms = days < 0 ? -1 : days * 86_400_000L;
    }
  }

  /** What the front reads of the market. */
  public static final List<Topic> MARKET = List.of(MARKET_TRADES, MARKET_QUOTES);

  /** What else the front reads. */
  public static final List<Topic> ORDERS =
      List.of(
          STRATEGY_INTENTS, EXECUTION_FILLS, EXECUTION_ORDERS, ACCOUNT_UPDATES, CONTROL_COMMANDS);

  /** What the gate writes for others to read. */
  public static final List<Topic> ANSWERS =
      List.of(RISK_DECISIONS, RISK_JOURNAL, RISK_EVENTS, RISK_DEADLETTER);

  /** What the front writes of the market for others to read. */
  public static final List<Topic> MADE_OF_MARKET = List.of(MARKET_BARS, MARKET_SCORES);

  private final String wireName;
  private final int partitions;
  private final Retention retention;
  private final Set<Kind> kinds;

  Topic(String wireName, int partitions, Retention retention, Kind... kinds) {
    this.wireName = wireName;
    this.partitions = partitions;
    this.retention = retention;
    this.kinds =
        kinds.length == 0 ? Set.of() : Collections.unmodifiableSet(EnumSet.of(kinds[0], kinds));
  }

  /** The name without a prefix. */
  public String wireName() {
    return wireName;
  }

  /** How many partitions it is created with. */
  public int partitions() {
    return partitions;
  }

  /**
   * The kinds of message that belong into it; any other is a dead letter. None where nothing from
   * outside is read of it.
   */
  public Set<Kind> kinds() {
    return kinds;
  }

  /**
   * The topic's configuration. The broker stamps every record itself: the time at which something
   * came in is nobody else's to say.
   */
  public Map<String, String> configuration() {
    Map<String, String> configuration = new TreeMap<>();
    configuration.put("cleanup.policy", "delete");
    configuration.put("max.message.bytes", String.valueOf(MAX_RECORD_BYTES));
    configuration.put("message.timestamp.type", "LogAppendTime");
    configuration.put("retention.ms", String.valueOf(retention.ms));
    configuration.put("retention.bytes", "-1");
    return configuration;
  }
}
