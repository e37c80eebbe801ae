package io.sluice.operators;

import io.sluice.domain.journal.Cause;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.wire.Message;
import io.sluice.domain.wire.Row;
import io.sluice.domain.wire.WireReader;
import io.sluice.operators.edge.InputRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Records of a day for four accounts in three groups on three instruments. */
final class Scenario {
  static final long START = 1_700_000_000_000_000L;
  static final long SECOND = 1_000_000L;

  static final String CONFIGURATION =
      """
      {"instruments": [
         {"id": "V:A", "base": "A", "quote": "USD", "tick": "0.01", "lot": "0.001", "min_qty": "0.001", "max_qty": "100", "min_notional": "1"},
         {"id": "V:B", "base": "B", "quote": "USD", "tick": "0.01", "lot": "0.001", "min_qty": "0.001", "max_qty": "100", "min_notional": "1"},
         {"id": "W:C", "base": "C", "quote": "USD", "tick": "0.01", "lot": "0.001", "min_qty": "0.001", "max_qty": "100", "min_notional": "1"}],
       "accounts": [
         {"id": "a", "group": "g1", "desk": "d", "profile": "p", "currency": "USD", "cash": "100000"},
         {"id": "b", "group": "g2", "desk": "d", "profile": "p", "currency": "USD", "cash": "100000"},
         {"id": "c", "group": "g3", "profile": "p", "currency": "USD", "cash": "100000"},
         {"id": "c2", "group": "g3", "profile": "p", "currency": "USD", "cash": "500"}],
       "profiles": {"p": {"max_consecutive_losses": 3}},
       "limits": [{"scope": "firm", "max_qty": "5", "max_notional": "2000", "collar": "0.05", "max_position_notional": "3000",
         "max_gross": "8000", "max_daily_loss": "50", "max_drawdown": "0.15", "max_data_age_ms": 60000}],
       "crash_rules": [{"window_ms": 10000, "drop": "0.02"}, {"window_ms": 10000, "drop": "0.05"}],
       "clock": "event", "execution": {"mode": "paper", "latency_ms": 250},
       "strategies": [{"name": "momentum", "account": "a"}]}
      """;

  private final List<InputRecord> records = new ArrayList<>();
  private long clockUs;

  Scenario() {
    records.add(InputRecord.start());
  }

  /** A line read at a time of the clock. */
  Scenario at(long timeUs, String json) {
    clockUs = timeUs;
    long number = records.size();
    records.add(
        InputRecord.of(
            new Row(message(json), new Cause("f.jsonl", 0, number, 0), number, timeUs, timeUs)));
    return this;
  }

  List<InputRecord> end() {
    List<InputRecord> all = new ArrayList<>(records);
    all.add(
        InputRecord.end(records.size(), clockUs, "{\"rows\":1}".getBytes(StandardCharsets.UTF_8)));
    return all;
  }

  static Message message(String json) {
    try {
      return WireReader.read(json.getBytes(StandardCharsets.UTF_8));
    } catch (UnreadableException e) {
      throw new AssertionError(json, e);
    }
  }

  static String trade(String instrument, long timeUs, String price) {
    return """
        {"type":"trade","instrument":"%s","trade_id":null,"price":"%s","qty":"1","event_time_us":%d}
        """
        .formatted(instrument, price, timeUs);
  }

  static String buy(String id, String account, String instrument, long timeUs) {
    return intent(id, account, instrument, timeUs, "BUY", "0.5", null, "IOC");
  }

  static String intent(
      String id,
      String account,
      String instrument,
      long timeUs,
      String side,
      String qty,
      String limit,
      String tif) {
    return """
        {"type":"intent","intent_id":"%s","action":"NEW","account":"%s","strategy":"s","instrument":"%s","side":"%s",
         "order_type":"%s","qty":"%s","limit_price":%s,"time_in_force":"%s","event_time_us":%d}
        """
        .formatted(
            id,
            account,
            instrument,
            side,
            limit == null ? "MARKET" : "LIMIT",
            qty,
            limit == null ? null : "\"" + limit + "\"",
            tif,
            timeUs);
  }

  static String control(
      String id, String command, String scope, String body, long timeUs, Long expiresUs) {
    return """
        {"type":"control","command_id":"%s","command":"%s","scope":"%s","body":%s,"event_time_us":%d,"expires_at_us":%s}
        """
        .formatted(id, command, scope, body, timeUs, expiresUs);
  }

  static String snapshot(String account, long timeUs, String... instruments) {
    List<String> positions = new ArrayList<>();
    for (String instrument : instruments) {
      positions.add("{\"instrument\":\"" + instrument + "\",\"qty\":\"1\",\"avg_price\":\"100\"}");
    }
    return """
        {"type":"account","account":"%s","currency":"USD","cash":"1000","positions":[%s],"event_time_us":%d}
        """
        .formatted(account, String.join(",", positions), timeUs);
  }

  /** Some of everything, over two days. */
  static List<InputRecord> random(long seed, int size) {
    Random random = new Random(seed);
    Scenario scenario = new Scenario();
    String[] accounts = {"a", "b", "c", "c2", "stranger"};
    String[] instruments = {"V:A", "V:B", "W:C"};
    long time = START;
    for (int i = 0; i < size; i++) {
      time += random.nextInt(3) == 0 ? 0 : random.nextInt(600_000);
      time += random.nextInt(60) == 0 ? 3_600 * SECOND * random.nextInt(12) : 0;
      String instrument = instruments[random.nextInt(3)];
      String account = accounts[random.nextInt(5)];
      String price = "%d.%02d".formatted(96 + random.nextInt(6), random.nextInt(100));
      String id = "i" + random.nextInt(size / 3);
      scenario.at(
          time,
          switch (random.nextInt(14)) {
            case 0, 1 -> buy(id, account, instrument, time);
            case 2 -> intent(id, account, instrument, time, "SELL", "0.25", null, "FOK");
            case 3 -> intent(id, account, instrument, time, "BUY", "1", price, "GTC");
            case 4 ->
                i % 5 == 0 ? snapshot(account, time, "V:A", "W:C") : trade(instrument, time, price);
            case 5 ->
                i % 7 == 0
                    ? control(
                        "h" + i, "HALT", "account:" + account, "{}", time, time + 600 * SECOND)
                    : trade(instrument, time, price);
            case 6 ->
                """
                {"type":"fill","fill_id":"f%d","intent_id":"%s","account":"%s","instrument":"%s","side":"BUY","qty":"0.1",
                 "price":"%s","fee":"0.01","fee_currency":"USD","event_time_us":%d}
                """
                    .formatted(i, id, account, instrument, price, time);
            case 7 ->
                """
                {"type":"intent","intent_id":"x%d","action":"CANCEL","target_intent_id":"%s","account":"%s","strategy":"s",
                 "instrument":"%s","event_time_us":%d}
                """
                    .formatted(i, id, account, instrument, time);
            default -> trade(instrument, time, price);
          });
    }
    return scenario.end();
  }
}
