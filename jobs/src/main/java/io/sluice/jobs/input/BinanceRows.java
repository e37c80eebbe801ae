package io.sluice.jobs.input;

import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.wire.Aggressor;
import io.sluice.domain.wire.Message;
import io.sluice.domain.wire.Trade;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Binance's trades and aggregated trades as data.binance.vision has them, spot and futures. */
final class BinanceRows implements LineReader {
  /** Where the columns are that count; spot files have one more than futures files. */
  enum Columns {
    TRADES("id", 4, 5, 6),
    AGG_TRADES("agg_trade_id", 5, 6, 7);

    final String id;
    final int time;
    final int maker;
    final int least;

    Columns(String id, int time, int maker, int least) {
      this.id = id;
      this.time = time;
      this.maker = maker;
      this.least = least;
    }

    boolean takes(int width) {
      return width == least || width == least + 1;
    }
  }

  private static final int PRICE = 1;
  private static final int QTY = 2;
  private static final int MILLIS_DIGITS = 13;
  private static final int MICROS_DIGITS = 16;
  private static final String STAMP = "epoch milliseconds (13 digits) or microseconds (16 digits)";
  private static final Pattern FILE_NAME =
      Pattern.compile("([\\p{Lu}\\p{Lo}\\p{N}_]+)-(?:aggTrades|trades)-\\d{4}-\\d{2}\\b.*");

  private final Columns columns;
  private final CsvRow row;
  private final String instrument;

  BinanceRows(Columns columns, int width, String instrument) {
    this.columns = columns;
    this.row = new CsvRow(width);
    this.instrument = instrument;
  }

  /**
   * The instrument that a file named as Binance names its files is of, or null for another name.
   */
  static String instrumentOf(String fileName) {
    Matcher matcher = FILE_NAME.matcher(fileName);
    return matcher.matches() ? "BINANCE:" + matcher.group(1) : null;
  }

  @Override
  public Message read(byte[] bytes, int from, int to) throws UnreadableException {
    row.set(bytes, from, to);
    row.whole(0, columns.id, "a whole number");
    boolean buyerIsMaker = row.flag(columns.maker, "is_buyer_maker");
    return new Trade(
        instrument,
        row.text(0, columns.id),
        row.positive(PRICE, "price"),
        row.notNegative(QTY, "qty"),
        buyerIsMaker ? Aggressor.SELL : Aggressor.BUY,
        stampUs(),
        null);
  }

  private long stampUs() throws UnreadableException {
    long stamp = row.whole(columns.time, "time", STAMP);
    int digits = row.length(columns.time);
    if (digits == MILLIS_DIGITS) {
      return stamp * 1000;
    }
    if (digits != MICROS_DIGITS) {
      throw row.wrong(columns.time, "time", STAMP);
    }
    return stamp;
  }
}
