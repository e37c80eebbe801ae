package io.sluice.domain.config;

import io.sluice.domain.json.Durations;
import io.sluice.domain.json.JsonWriter;

/**
 * Over how long order flow is looked at, in microseconds of gate time.
 *
 * @param messageUs for rates of messages
 * @param duplicateUs within which the same order again is a duplicate
 * @param reentryUs within which a strategy's entries are counted
 * @param ratioUs for ratios of orders to trades and of cancels to orders
 * @param ratioMinMessages below how many messages of that window no ratio is judged
 * @param driftUs over which orders' prices are held to where they began
 */
public record FlowTerms(
    long messageUs,
    long duplicateUs,
    long reentryUs,
    long ratioUs,
    long ratioMinMessages,
    long driftUs) {
  public static final FlowTerms DEFAULT =
      new FlowTerms(1_000_000L, 10_000_000L, 60_000_000L, 3_600_000_000L, 100, 60_000_000L);

  private static final long LONGEST_US = 7 * 86_400_000_000L;
  private static final long MOST_MESSAGES = 1_000_000_000L;

  static FlowTerms parse(Section root) {
    Section section =
        root.section("order_flow")
            .allow(
                "message_window",
                "duplicate_window",
                "reentry_window",
                "ratio_window",
                "ratio_min_messages",
                "drift_window");
    return new FlowTerms(
        window(section, "message_window", DEFAULT.messageUs),
        window(section, "duplicate_window", DEFAULT.duplicateUs),
        window(section, "reentry_window", DEFAULT.reentryUs),
        window(section, "ratio_window", DEFAULT.ratioUs),
        section.whole("ratio_min_messages", 1, MOST_MESSAGES, DEFAULT.ratioMinMessages),
        window(section, "drift_window", DEFAULT.driftUs));
  }

  private static long window(Section section, String key, long absent) {
    long us = section.durationUs(key, absent);
    if (us > LONGEST_US) {
      throw section.wrong(key, "a duration of at most 7d");
    }
    return us;
  }

  /** Writes what is not the default into the object that is open. */
  void writeInto(JsonWriter json) {
    if (equals(DEFAULT)) {
      return;
    }
    json.name("order_flow").beginObject();
    json.name("message_window").value(Durations.print(messageUs));
    json.name("duplicate_window").value(Durations.print(duplicateUs));
    json.name("reentry_window").value(Durations.print(reentryUs));
    json.name("ratio_window").value(Durations.print(ratioUs));
    json.name("ratio_min_messages").value(ratioMinMessages);
    json.name("drift_window").value(Durations.print(driftUs)).endObject();
  }
}
