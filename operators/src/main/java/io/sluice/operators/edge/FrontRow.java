package io.sluice.operators.edge;

import io.sluice.domain.wire.Fill;
import io.sluice.domain.wire.Intent;
import io.sluice.domain.wire.Quote;
import io.sluice.domain.wire.Row;
import io.sluice.domain.wire.Trade;

/**
 * What goes to an instrument's market state: a row of the instrument, or the news that a group
 * wants its marks.
 *
 * @param instrument the key; empty for an intent that names none
 * @param row the row, or the position snapshot because of which a group subscribes
 * @param subscriber the group that subscribes, or null for a row of the instrument itself
 * @param firstSub for a subscription the number of the first entry it may make
 */
public record FrontRow(String instrument, Row row, String subscriber, int firstSub) {
  public static FrontRow of(Row row) {
    return new FrontRow(instrumentOf(row), row, null, 0);
  }

  private static String instrumentOf(Row row) {
    return switch (row.message().kind()) {
      case TRADE -> ((Trade) row.message()).instrument();
      case QUOTE -> ((Quote) row.message()).instrument();
      case FILL -> ((Fill) row.message()).instrument();
      case INTENT -> {
        String instrument = ((Intent) row.message()).instrument();
        yield instrument == null ? "" : instrument;
      }
      default ->
          throw new IllegalArgumentException(
              "a " + row.message().kind().wireName() + " is no row of an instrument");
    };
  }
}
