package io.sluice.sinks.clickhouse.table;

import io.sluice.domain.wire.Message;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All tables that records are archived in. */
public final class Tables {
  private static final Map<Message.Kind, Table<? extends Told<?>>> TOLD =
      new EnumMap<>(
          Map.of(
              Message.Kind.TRADE, Trades.TABLE,
              Message.Kind.QUOTE, Quotes.TABLE,
              Message.Kind.INTENT, Intents.TABLE,
              Message.Kind.FILL, Fills.TABLE,
              Message.Kind.ORDER, Orders.TABLE,
              Message.Kind.ACCOUNT, AccountSnapshots.TABLE,
              Message.Kind.VENUE, VenueStatuses.TABLE,
              Message.Kind.CONTROL, Commands.TABLE));

  private Tables() {}

  /** The table of the messages of a kind, one of those that come from outside. */
  @SuppressWarnings("unchecked")
  public static Table<Told<Message>> of(Message.Kind kind) {
    // Each stands under the kind of its messages.
    return (Table<Told<Message>>) (Table<?>) TOLD.get(kind);
  }

  public static List<Table<?>> all() {
    return Stream.<Table<?>>concat(
            TOLD.values().stream(),
            Stream.of(
                Decisions.TABLE,
                JournalLines.TABLE,
                Events.TABLE,
                DeadLetters.TABLE,
                Positions.TABLE,
                ClosedTrades.TABLE,
                AccountRisks.TABLE,
                Bars.TABLE,
                Features.TABLE,
                Scores.TABLE))
        .toList();
  }
}
