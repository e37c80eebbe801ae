package io.sluice.cli.executor;

import io.sluice.domain.config.Account;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.wire.AccountSnapshot;
import io.sluice.domain.wire.Action;
import io.sluice.domain.wire.OrderStatus;
import io.sluice.domain.wire.OrderStatus.Status;
import io.sluice.domain.wire.Trade;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The executor's contract: acts on an approval once, before it expires and only while the gate is
 * alive, and reports EXPIRED what it does not send. It has no clock and does no I/O: it is told
 * what happens and when, and gives back what is to be written.
 *
 * <p>Nothing is sent before the report that announces it is written: {@link #decide} announces,
 * {@link #send} sends what was announced. So whatever a crash interrupts, the reports know of it.
 */
final class Executor {
  private final PaperVenue venue;
  private final Reported reported;
  private final Heartbeats heartbeats = new Heartbeats();
  private final Totals totals = new Totals();
  private final List<Instruction> announced = new ArrayList<>();

  /**
   * @param venue a fresh one
   * @param reported what earlier runs have said
   */
  Executor(PaperVenue venue, Reported reported) {
    this.venue = venue;
    this.reported = reported;
  }

  /**
   * Starts: what earlier runs left open has ended, because a paper venue forgets, and an account
   * nothing was ever said of begins with its cash.
   */
  List<Report> start(Collection<Account> accounts, long nowUs) {
    List<Report> reports = reported.forgottenByVenue(nowUs);
    for (Account account : accounts) {
      if (!reported.knowsAccount(account.id())) {
        // Stamped before now: a fill with the snapshot's stamp would count as part of it.
        reports.add(
            Report.of(
                new AccountSnapshot(
                    account.id(), account.currency(), account.cash(), List.of(), nowUs - 1)));
      }
    }
    return said(reports);
  }

  /** Stops: what is open is cancelled, because the venue will have forgotten it. */
  List<Report> stop(long nowUs) {
    announced.clear();
    return said(reported.forgottenByVenue(nowUs));
  }

  /**
   * Takes an event of the gate.
   *
   * @throws UnreadableException where it cannot be read
   */
  void hear(byte[] event, long nowUs) throws UnreadableException {
    heartbeats.hear(event, nowUs);
  }

  /** Announces what will be sent of a decision, or reports that it will not be. */
  List<Report> decide(Instruction instruction, long nowUs) {
    if (reported.knows(instruction.decisionId())) {
      totals.repeated();
      return List.of();
    }
    OrderStatus order =
        instruction.action() == Action.AMEND ? reported.working(instruction.targetId()) : null;
    boolean hasTarget = instruction.action() != Action.AMEND || order != null;
    if (!hasTarget || !maySend(instruction, nowUs)) {
      return said(List.of(expired(instruction, nowUs)));
    }
    announced.add(instruction);
    return said(List.of(announcement(instruction, order, nowUs)));
  }

  private static Report announcement(Instruction instruction, OrderStatus order, long nowUs) {
    if (order == null) {
      BigDecimal leaves = instruction.qty() == null ? BigDecimal.ZERO : instruction.qty();
      return Report.status(instruction, Status.ACKED, BigDecimal.ZERO, leaves, nowUs);
    }
    return new Report(
        new OrderStatus(
            order.intentId(),
            order.account(),
            order.instrument(),
            Status.ACKED,
            order.cumQty(),
            order.leavesQty(),
            nowUs),
        instruction.intentId());
  }

  /** The announcements are written: sends what was announced, if it still may. */
  List<Report> send(long nowUs) {
    List<Report> reports = new ArrayList<>();
    for (Instruction instruction : announced) {
      if (maySend(instruction, nowUs)) {
        totals.sent();
        venue.send(instruction, nowUs);
      } else {
        reports.add(expired(instruction, nowUs));
      }
    }
    announced.clear();
    return said(reports);
  }

  /** A cancel only takes risk away, so it does not need a gate that is alive. */
  private boolean maySend(Instruction instruction, long nowUs) {
    return nowUs < instruction.validUntilUs()
        && (instruction.action() == Action.CANCEL
            || heartbeats.isAlive(instruction.group(), nowUs));
  }

  private static Report expired(Instruction instruction, long nowUs) {
    return Report.status(instruction, Status.EXPIRED, BigDecimal.ZERO, BigDecimal.ZERO, nowUs);
  }

  /** A public trade reaches the venue. */
  List<Report> trade(Trade trade, long nowUs) {
    return said(venue.trade(trade, nowUs));
  }

  /** Time passes at the venue. */
  List<Report> advance(long nowUs) {
    return said(venue.advance(nowUs));
  }

  Totals totals() {
    return totals;
  }

  private List<Report> said(List<Report> reports) {
    for (Report report : reports) {
      reported.add(report);
      totals.said(report);
    }
    return reports;
  }
}
