package io.sluice.domain.market.bar;

import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.wire.Aggressor;
import io.sluice.domain.wire.Fields;
import java.math.BigDecimal;

/**
 * Builds the bars of one interval. The first begins with the first trade; where no trade comes, up
 * to {@value #MOST_EMPTY} bars in a row are flat, and then none until the next trade.
 */
final class BarBuilder {
  /** The most bars without trades in a row. */
  static final int MOST_EMPTY = 300;

  private static final long NEVER = -1;

  private final BarInterval interval;
  private long startUs = NEVER;
  private BigDecimal open;
  private BigDecimal high;
  private BigDecimal low;
  private BigDecimal close;
  private BigDecimal volume;
  private BigDecimal turnover;
  private BigDecimal buyVolume;
  private BigDecimal sellVolume;
  private long trades;
  private long skipped;
  private int emptyInARow;

  BarBuilder(BarInterval interval) {
    this.interval = interval;
  }

  BarInterval interval() {
    return interval;
  }

  /** When the open bar is to be closed, epoch microseconds; Long.MAX_VALUE where none is open. */
  long dueUs() {
    return isOpen() ? startUs + interval.us() : Long.MAX_VALUE;
  }

  private boolean isOpen() {
    return startUs != NEVER && emptyInARow < MOST_EMPTY;
  }

  /**
   * Takes a trade into the open bar, before whose end the time lies; an earlier time counts too.
   */
  void add(long timeUs, BigDecimal price, BigDecimal qty, BigDecimal value, Aggressor aggressor) {
    begin(timeUs);
    prices(price, price, price, price);
    volume = volume.add(qty);
    turnover = turnover.add(value);
    if (aggressor == Aggressor.BUY) {
      buyVolume = buyVolume.add(qty);
    } else if (aggressor == Aggressor.SELL) {
      sellVolume = sellVolume.add(qty);
    }
    trades++;
  }

  /** Takes a closed bar of a shorter interval in, one with trades. */
  void add(TradedBar part) {
    begin(part.startUs());
    prices(part.open(), part.high(), part.low(), part.close());
    volume = volume.add(part.volume());
    turnover = turnover.add(part.turnover());
    buyVolume = buyVolume.add(part.buyVolume());
    sellVolume = sellVolume.add(part.sellVolume());
    trades += part.trades();
  }

  private void begin(long timeUs) {
    if (isOpen()) {
      return;
    }
    long start = interval.startOf(timeUs);
    if (startUs == NEVER) {
      startUs = start;
      empty();
    } else if (start > startUs) {
      skipped = (start - startUs) / interval.us();
      startUs = start;
    }
    emptyInARow = 0;
  }

  private void prices(BigDecimal first, BigDecimal highest, BigDecimal lowest, BigDecimal last) {
    if (trades == 0) {
      open = first;
      high = highest;
      low = lowest;
    } else {
      high = high.max(highest);
      low = low.min(lowest);
    }
    close = last;
  }

  /** The open bar as it is; the next one is open then. */
  TradedBar close() {
    TradedBar closed =
        new TradedBar(
            interval,
            startUs,
            open,
            high,
            low,
            close,
            volume,
            turnover,
            buyVolume,
            sellVolume,
            trades,
            skipped);
    emptyInARow = trades == 0 ? emptyInARow + 1 : 0;
    startUs += interval.us();
    open = close;
    high = close;
    low = close;
    empty();
    return closed;
  }

  private void empty() {
    volume = BigDecimal.ZERO;
    turnover = BigDecimal.ZERO;
    buyVolume = BigDecimal.ZERO;
    sellVolume = BigDecimal.ZERO;
    trades = 0;
    skipped = 0;
  }

  void write(JsonWriter json) {
    json.beginObject().name("interval").value(interval.code()).name("start_us");
    if (startUs == NEVER) {
      json.nullValue().endObject();
      return;
    }
    json.value(startUs).name("open").value(open).name("high").value(high);
    json.name("low").value(low).name("close").value(close).name("volume").value(volume);
    json.name("turnover").value(turnover).name("buy_volume").value(buyVolume);
    json.name("sell_volume").value(sellVolume).name("trades").value(trades);
    json.name("skipped").value(skipped).name("empty_in_a_row").value((long) emptyInARow);
    json.endObject();
  }

  void read(Fields stored) throws UnreadableException {
    if (stored.isAbsent("start_us")) {
      return;
    }
    startUs = stored.time("start_us");
    open = stored.amount("open");
    high = stored.amount("high");
    low = stored.amount("low");
    close = stored.amount("close");
    volume = stored.amount("volume");
    turnover = stored.amount("turnover");
    buyVolume = stored.amount("buy_volume");
    sellVolume = stored.amount("sell_volume");
    trades = stored.whole("trades");
    skipped = stored.whole("skipped");
    emptyInARow = (int) stored.whole("empty_in_a_row");
  }
}
