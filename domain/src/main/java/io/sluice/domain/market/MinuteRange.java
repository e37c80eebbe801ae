package io.sluice.domain.market;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.Times;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.wire.Fields;
import java.math.BigDecimal;
import java.util.Arrays;

/** The highest and lowest price of the last 60 seconds, by seconds of the front's clock. */
final class MinuteRange {
  private static final int SECONDS = 60;
  private final long[] second = new long[SECONDS];
  private final BigDecimal[] high = new BigDecimal[SECONDS];
  private final BigDecimal[] low = new BigDecimal[SECONDS];

  MinuteRange() {
    Arrays.fill(second, -1);
  }

  void add(long frontTimeUs, BigDecimal price) {
    long now = Math.floorDiv(frontTimeUs, Times.SECOND_US);
    int at = (int) Math.floorMod(now, (long) SECONDS);
    if (second[at] != now) {
      second[at] = now;
      high[at] = price;
      low[at] = price;
    } else {
      high[at] = high[at].max(price);
      low[at] = low[at].min(price);
    }
  }

  /** The highest price of the last minute, or {@code last} where there was no trade in it. */
  BigDecimal high(long frontTimeUs, BigDecimal last) {
    BigDecimal highest = last;
    for (int i = 0; i < SECONDS; i++) {
      highest = isRecent(i, frontTimeUs) ? highest.max(high[i]) : highest;
    }
    return highest;
  }

  BigDecimal low(long frontTimeUs, BigDecimal last) {
    BigDecimal lowest = last;
    for (int i = 0; i < SECONDS; i++) {
      lowest = isRecent(i, frontTimeUs) ? lowest.min(low[i]) : lowest;
    }
    return lowest;
  }

  private boolean isRecent(int i, long frontTimeUs) {
    return second[i] >= 0 && second[i] > Math.floorDiv(frontTimeUs, Times.SECOND_US) - SECONDS;
  }

  void write(JsonWriter json) {
    json.beginArray();
    for (int i = 0; i < SECONDS; i++) {
      if (second[i] >= 0) {
        json.beginObject().name("second").value(second[i]).name("high").value(high[i]);
        json.name("low").value(low[i]).endObject();
      }
    }
    json.endArray();
  }

  static MinuteRange read(JsonNode seconds) throws UnreadableException {
    MinuteRange range = new MinuteRange();
    for (JsonNode node : seconds) {
      Fields fields = new Fields((ObjectNode) node);
      long second = fields.whole("second");
      int at = (int) Math.floorMod(second, (long) SECONDS);
      range.second[at] = second;
      range.high[at] = fields.amount("high");
      range.low[at] = fields.amount("low");
    }
    return range;
  }
}
