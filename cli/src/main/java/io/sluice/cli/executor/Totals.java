package io.sluice.cli.executor;

import io.sluice.domain.wire.Fill;
import io.sluice.domain.wire.OrderStatus;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** What an executor did in one run. */
final class Totals {
  private long sent;
  private long repeated;
  private long fills;
  private final Map<OrderStatus.Status, Long> statuses = new EnumMap<>(OrderStatus.Status.class);

  void sent() {
    sent++;
  }

  void repeated() {
    repeated++;
  }

  void said(Report report) {
    if (report.message() instanceof Fill) {
      fills++;
    } else if (report.message() instanceof OrderStatus status) {
      statuses.merge(status.status(), 1L, Long::sum);
    }
  }

  /** Orders, amendments and cancels that went to the venue. */
  long sentCount() {
    return sent;
  }

  /** Decisions that came again and were not acted on again. */
  long repeatedCount() {
    return repeated;
  }

  long statusCount(OrderStatus.Status status) {
    return statuses.getOrDefault(status, 0L);
  }

  /** One line. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%,d sent, %,d fills, %,d done, %,d cancelled, %,d rejected, %,d expired unsent, %,d repeats not acted on",
        sent,
        fills,
        statusCount(OrderStatus.Status.DONE),
        statusCount(OrderStatus.Status.CANCELLED),
        statusCount(OrderStatus.Status.REJECTED),
        statusCount(OrderStatus.Status.EXPIRED),
        repeated);
  }
}
