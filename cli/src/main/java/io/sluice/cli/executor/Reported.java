package io.sluice.cli.executor;

import io.sluice.domain.journal.Decision;
import io.sluice.domain.wire.AccountSnapshot;
import io.sluice.domain.wire.Fill;
import io.sluice.domain.wire.OrderStatus;
import io.sluice.domain.wire.OrderStatus.Status;
import io.sluice.domain.wire.Side;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the executor has said so far, this run and the earlier ones: nothing it has spoken of may be
 * done again. On a restart it is read back, order statuses before fills.
 */
final class Reported {
  /** An order or cancel whose last status is not its end. */
  private record Open(OrderStatus last, BigDecimal filled) {
    BigDecimal cum() {
      return last.cumQty().max(filled);
    }
  }

  private record Amendment(String intentId, OrderStatus announcedBy) {}

  private final Set<String> known = new HashSet<>();
  private final Set<String> accounts = new HashSet<>();
  private final Map<String, Open> open = new LinkedHashMap<>();
  private final Map<String, Amendment> unanswered = new LinkedHashMap<>();
  private final Map<String, BigDecimal> positions = new HashMap<>();

  void add(Report report) {
    if (report.message() instanceof OrderStatus status) {
      accounts.add(status.account());
      if (report.amendment() == null) {
        order(status);
      } else {
        amendment(report.amendment(), status);
      }
    } else if (report.message() instanceof Fill fill) {
      accounts.add(fill.account());
      fill(fill);
    } else if (report.message() instanceof AccountSnapshot snapshot) {
      accounts.add(snapshot.account());
    }
  }

  private void order(OrderStatus status) {
    String id = Decision.idOf(status.account(), status.intentId());
    known.add(id);
    if (status.status().isTerminal()) {
      open.remove(id);
    } else {
      open.merge(
          id,
          new Open(status, BigDecimal.ZERO),
          (before, now) -> new Open(status, before.filled()));
    }
  }

  private void amendment(String intentId, OrderStatus status) {
    String id = Decision.idOf(status.account(), intentId);
    known.add(id);
    if (status.intentId().equals(intentId)) {
      unanswered.remove(id);
    } else {
      unanswered.put(id, new Amendment(intentId, status));
    }
  }

  private void fill(Fill fill) {
    positions.merge(
        PaperVenue.holding(fill.account(), fill.instrument()),
        fill.side() == Side.BUY ? fill.qty() : fill.qty().negate(),
        BigDecimal::add);
    if (fill.intentId() != null) {
      open.computeIfPresent(
          Decision.idOf(fill.account(), fill.intentId()),
          (id, order) -> new Open(order.last(), order.filled().add(fill.qty())));
    }
  }

  /** Whether a decision has been acted on or reported as not sent. */
  boolean knows(String decisionId) {
    return known.contains(decisionId);
  }

  /** Whether anything was ever said of an account. */
  boolean knowsAccount(String account) {
    return accounts.contains(account);
  }

  /** The last status of an order that is at work, or null. */
  OrderStatus working(String decisionId) {
    Open order = open.get(decisionId);
    return order == null ? null : order.last();
  }

  /** Signed positions as the fills made them, by {@link PaperVenue#holding}. */
  Map<String, BigDecimal> positions() {
    return Collections.unmodifiableMap(positions);
  }

  /**
   * The end of everything that is open, for a venue that has forgotten it: amendments without an
   * answer are rejected, orders are cancelled at what they were filled.
   */
  List<Report> forgottenByVenue(long nowUs) {
    List<Report> reports = new ArrayList<>();
    for (Amendment amendment : unanswered.values()) {
      OrderStatus order = amendment.announcedBy();
      reports.add(
          new Report(
              new OrderStatus(
                  amendment.intentId(),
                  order.account(),
                  order.instrument(),
                  Status.REJECTED,
                  order.cumQty(),
                  BigDecimal.ZERO,
                  nowUs),
              amendment.intentId()));
    }
    for (Open order : open.values()) {
      reports.add(
          Report.of(
              new OrderStatus(
                  order.last().intentId(),
                  order.last().account(),
                  order.last().instrument(),
                  Status.CANCELLED,
                  order.cum(),
                  BigDecimal.ZERO,
                  nowUs)));
    }
    return reports;
  }
}
