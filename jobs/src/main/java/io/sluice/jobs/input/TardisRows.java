package io.sluice.jobs.input;

import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.wire.Aggressor;
import io.sluice.domain.wire.Fields;
import io.sluice.domain.wire.Message;
import io.sluice.domain.wire.Trade;
import java.util.List;
import java.util.Locale;

/**
 * Tardis' trades: columns by name in any order, more columns allowed, several symbols in a file.
 */
final class TardisRows implements LineReader {
  /** The columns a file must have. */
  static final List<String> COLUMNS =
      List.of(
          "exchange", "symbol", "timestamp", "local_timestamp", "id", "side", "price", "amount");

  private static final String STAMP = "epoch microseconds";
  private final CsvRow row;
  private final int exchange;
  private final int symbol;
  private final int timestamp;
  private final int localTimestamp;
  private final int id;
  private final int side;
  private final int price;
  private final int amount;

  /** The instrument of the row before, which most often is this row's too. */
  private String instrument;

  private byte[] exchangeBytes = {};
  private byte[] symbolBytes = {};

  /**
   * @param names the header, which holds all of {@link #COLUMNS}
   */
  TardisRows(List<String> names) {
    row = new CsvRow(names.size());
    exchange = names.indexOf("exchange");
    symbol = names.indexOf("symbol");
    timestamp = names.indexOf("timestamp");
    localTimestamp = names.indexOf("local_timestamp");
    id = names.indexOf("id");
    side = names.indexOf("side");
    price = names.indexOf("price");
    amount = names.indexOf("amount");
  }

  @Override
  public Message read(byte[] bytes, int from, int to) throws UnreadableException {
    row.set(bytes, from, to);
    return new Trade(
        instrument(),
        row.isEmpty(id) ? null : row.text(id, "id"),
        row.positive(price, "price"),
        row.notNegative(amount, "amount"),
        aggressor(),
        row.whole(timestamp, "timestamp", STAMP),
        row.whole(localTimestamp, "local_timestamp", STAMP));
  }

  private String instrument() throws UnreadableException {
    if (instrument == null || !row.is(exchange, exchangeBytes) || !row.is(symbol, symbolBytes)) {
      String venue = named(exchange, "exchange");
      String traded = named(symbol, "symbol");
      String name = venue.toUpperCase(Locale.ROOT) + ":" + traded.toUpperCase(Locale.ROOT);
      if (!Fields.isId(name)) {
        throw row.wrong(symbol, "symbol", "exchange and symbol of at most 127 characters together");
      }
      exchangeBytes = row.bytes(exchange);
      symbolBytes = row.bytes(symbol);
      instrument = name;
    }
    return instrument;
  }

  private String named(int column, String field) throws UnreadableException {
    if (row.isEmpty(column)) {
      throw row.wrong(column, field, "a name");
    }
    return row.text(column, field);
  }

  private Aggressor aggressor() throws UnreadableException {
    return switch (row.text(side, "side")) {
      case "buy" -> Aggressor.BUY;
      case "sell" -> Aggressor.SELL;
      case "unknown" -> Aggressor.UNKNOWN;
      default -> throw row.wrong(side, "side", "buy, sell or unknown");
    };
  }
}
