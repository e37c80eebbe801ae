package io.sluice.jobs.input;

import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.wire.Aggressor;
import io.sluice.domain.wire.Message;
import io.sluice.domain.wire.Trade;

/** {@code timestamp,price,amount}: stamps in whole seconds, neither ids nor sides. */
final class BitstampRows implements LineReader {
  static final int COLUMNS = 3;
  static final String INSTRUMENT = "BITSTAMP:BTCUSD";

  private static final int MAX_DIGITS = 11;
  private static final long MICROS = 1_000_000;
  private final CsvRow row = new CsvRow(COLUMNS);
  private final String instrument;

  BitstampRows(String instrument) {
    this.instrument = instrument;
  }

  @Override
  public Message read(byte[] bytes, int from, int to) throws UnreadableException {
    row.set(bytes, from, to);
    long seconds = row.whole(0, "timestamp", "epoch seconds");
    if (row.length(0) > MAX_DIGITS) {
      // Milliseconds, say: as seconds they would be thousands of years away.
      throw row.wrong(0, "timestamp", "epoch seconds of at most " + MAX_DIGITS + " digits");
    }
    return new Trade(
        instrument,
        null,
        row.positive(1, "price"),
        row.notNegative(2, "amount"),
        Aggressor.UNKNOWN,
        seconds * MICROS,
        null);
  }
}
