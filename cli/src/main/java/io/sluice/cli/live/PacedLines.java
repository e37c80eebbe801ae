package io.sluice.cli.live;

import java.util.List;
import java.util.Locale;

/**
 * What a paced load sends: trades of an instrument whose price swings a little, and intents to buy
 * and to sell it in turn.
 *
 * @param accounts intents come from them in turn
 * @param price around which trades are made
 * @param qty of an intent, a decimal
 * @param seconds worth of intents in all
 * @param warmUpSeconds worth of intents at the beginning that come at a fifth of the rate and are
 *     not counted
 */
public record PacedLines(
    List<String> instruments,
    List<String> accounts,
    double price,
    String qty,
    int tradesPerSecond,
    int intentsPerSecond,
    int seconds,
    int warmUpSeconds) {

  static final String ID_PREFIX = "paced-";
  private static final int SWING = 1_000;

  /** A record's key and value. */
  record Line(String key, String json) {}

  Line trade(long number, long nowUs) {
    String instrument = instruments.get((int) (number % instruments.size()));
    double swing = Math.abs(number / instruments.size() % (2 * SWING) - SWING) / (double) SWING;
    return new Line(
        instrument,
        String.format(
            Locale.ROOT,
            "{\"type\":\"trade\",\"instrument\":\"%s\",\"trade_id\":\"%d\",\"price\":\"%.2f\",\"qty\":\"0.1\",\"event_time_us\":%d}",
            instrument,
            number,
            price * (1 + 0.001 * swing),
            nowUs));
  }

  Line intent(int number, long nowUs) {
    String instrument = instruments.get(number % instruments.size());
    String account = accounts.get(number % accounts.size());
    String side = number / (instruments.size() * accounts.size()) % 2 == 0 ? "BUY" : "SELL";
    return new Line(
        instrument,
        "{\"type\":\"intent\",\"intent_id\":\"%s%d\",\"action\":\"NEW\",\"account\":\"%s\",\"strategy\":\"paced\",\"instrument\":\"%s\",\"side\":\"%s\",\"order_type\":\"MARKET\",\"qty\":\"%s\",\"time_in_force\":\"IOC\",\"event_time_us\":%d}"
            .formatted(ID_PREFIX, number, account, instrument, side, qty, nowUs));
  }

  /** As long as an intent. */
  Line probe(int number) {
    return new Line(String.valueOf(number % 8), "%-270d".formatted(number));
  }

  int numberOfProbe(byte[] value) {
    return Integer.parseInt(new String(value, java.nio.charset.StandardCharsets.UTF_8).trim());
  }
}
