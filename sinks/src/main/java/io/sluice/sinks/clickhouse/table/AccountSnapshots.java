package io.sluice.sinks.clickhouse.table;

import io.sluice.domain.wire.AccountSnapshot;
import java.util.List;
import java.util.function.Function;

/** Cash and positions of accounts as the venue sees them. */
public final class AccountSnapshots {
  public static final Table<Told<AccountSnapshot>> TABLE =
      Told.whole(
          Table.<Told<AccountSnapshot>>named("account_snapshots")
              .text("account", told -> told.message().account())
              .text("currency", told -> told.message().currency())
              .amount("cash", told -> told.message().cash())
              .texts("positions.instrument", told -> each(told, h -> h.instrument()))
              .amounts("positions.qty", told -> each(told, h -> h.qty()))
              .amounts("positions.avg_price", told -> each(told, h -> h.avgPrice()))
              .time("event_time", told -> told.message().eventTimeUs()));

  private AccountSnapshots() {}

  private static <V> List<V> each(
      Told<AccountSnapshot> told, Function<AccountSnapshot.Holding, V> field) {
    return told.message().positions().stream().map(field).toList();
  }
}
