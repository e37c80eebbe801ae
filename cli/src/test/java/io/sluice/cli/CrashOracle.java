package io.sluice.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Crash episodes by their definition: every trade against every one before it. */
final class CrashOracle {
  private static final Map<Long, BigDecimal> RULES =
      new TreeMap<>(
          Map.of(
              2_000L, new BigDecimal("0.02"),
              30_000L, new BigDecimal("0.05"),
              240_000L, new BigDecimal("0.08")));

  private record Trade(
      String instrument, BigDecimal price, long timeUs, long orderTimeUs, int file, int line) {}

  private CrashOracle() {}

  static String episode(
      String instrument, long windowMs, long timeUs, BigDecimal from, BigDecimal to) {
    return "%s %d ms at %d from %s to %s"
        .formatted(
            instrument,
            windowMs,
            timeUs,
            from.stripTrailingZeros().toPlainString(),
            to.stripTrailingZeros().toPlainString());
  }

  static List<String> episodes(List<SourceFile> files) {
    Map<String, List<Trade>> byInstrument = new TreeMap<>();
    trades(files)
        .forEach(
            trade ->
                byInstrument
                    .computeIfAbsent(trade.instrument, name -> new ArrayList<>())
                    .add(trade));
    List<String> episodes = new ArrayList<>();
    byInstrument
        .values()
        .forEach(trades -> RULES.forEach((ms, drop) -> find(trades, ms, drop, episodes)));
    return episodes;
  }

  private static void find(List<Trade> trades, long windowMs, BigDecimal drop, List<String> found) {
    BigDecimal kept = BigDecimal.ONE.subtract(drop);
    long windowUs = windowMs * 1_000;
    long largestUs = Long.MIN_VALUE;
    Long lastCandidateUs = null;
    for (int i = 0; i < trades.size(); i++) {
      Trade now = trades.get(i);
      largestUs = Math.max(largestUs, now.timeUs);
      BigDecimal highest = now.price;
      for (int j = 0; j < i; j++) {
        Trade before = trades.get(j);
        if (before.timeUs <= now.timeUs && before.timeUs >= now.timeUs - windowUs) {
          highest = highest.max(before.price);
        }
      }
      if (now.price.compareTo(highest.multiply(kept)) <= 0) {
        if (lastCandidateUs == null || largestUs - lastCandidateUs > windowUs) {
          found.add(episode(now.instrument, windowMs, now.timeUs, highest, now.price));
        }
        lastCandidateUs = largestUs;
      }
    }
  }

  /** All trades in the order of the replay. */
  private static List<Trade> trades(List<SourceFile> files) {
    List<Trade> trades = new ArrayList<>();
    for (SourceFile file : files) {
      if (file.option().equals("--trades") || file.option().equals("--quotes")) {
        read(file, trades);
      }
    }
    trades.sort(
        Comparator.comparingLong(Trade::orderTimeUs)
            .thenComparingInt(Trade::file)
            .thenComparingInt(Trade::line));
    return trades;
  }

  private static void read(SourceFile file, List<Trade> trades) {
    long orderTimeUs = 0;
    for (int i = 0; i < file.lines().size(); i++) {
      Trade trade = read(file, i, orderTimeUs);
      if (trade != null) {
        orderTimeUs = trade.orderTimeUs;
        if (trade.price != null) {
          trades.add(trade);
        }
      }
    }
  }

  /** The row of a line, without a price where it is a quote; null where it cannot be read. */
  private static Trade read(SourceFile file, int line, long orderTimeUs) {
    String text = new String(file.lines().get(line), StandardCharsets.UTF_8);
    String[] columns = text.split(",", -1);
    if (file.name().startsWith("bitstamp")) {
      return line == 0 || columns[2].equals("much")
          ? null
          : trade(
              "BITSTAMP:BTCUSD", columns[1], columns[0] + "000000", null, orderTimeUs, file, line);
    }
    if (file.name().startsWith("BTCUSDT")) {
      String timeUs = columns[4].length() == 13 ? columns[4] + "000" : columns[4];
      return trade("BINANCE:BTCUSDT", columns[1], timeUs, null, orderTimeUs, file, line);
    }
    if (file.name().startsWith("tardis")) {
      return line == 0 || columns.length != 8
          ? null
          : trade("DERIBIT:ADAUSD", columns[6], columns[2], columns[3], orderTimeUs, file, line);
    }
    JsonNode row = SourceFile.object(file.lines().get(line));
    if (row == null || !row.path("type").asText().matches("trade|quote")) {
      return null;
    }
    return trade(
        row.path("instrument").asText(),
        row.path("price").textValue(),
        row.path("event_time_us").asText(),
        row.path("receive_time_us").isNumber() ? row.path("receive_time_us").asText() : null,
        orderTimeUs,
        file,
        line);
  }

  private static Trade trade(
      String instrument,
      String price,
      String timeUs,
      String receiveTimeUs,
      long orderTimeUs,
      SourceFile file,
      int line) {
    long time = Long.parseLong(timeUs);
    long stamp =
        receiveTimeUs == null ? time : Math.min(time, Long.parseLong(receiveTimeUs) + 60_000_000);
    return new Trade(
        instrument,
        price == null ? null : new BigDecimal(price),
        time,
        Math.max(orderTimeUs, stamp),
        file.partition(),
        line);
  }
}
