package io.sluice.cli.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.config.Account;
import io.sluice.domain.config.Configuration;
import io.sluice.domain.config.Instrument;
import io.sluice.domain.journal.Decision;
import io.sluice.domain.json.Decimals;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.wire.Action;
import io.sluice.domain.wire.Aggressor;
import io.sluice.domain.wire.Fill;
import io.sluice.domain.wire.OrderStatus;
import io.sluice.domain.wire.OrderType;
import io.sluice.domain.wire.Side;
import io.sluice.domain.wire.TimeInForce;
import io.sluice.domain.wire.Trade;
import io.sluice.domain.wire.WireReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An executor that a test drives as its process would, with lists for topics: what it says is
 * written before anything is sent, and a restart reads it back from its bytes.
 */
final class Desk {
  static final String BTC = "X:BTC";
  static final long START_US = 1_700_000_000_000_000L;
  static final long SECOND = 1_000_000L;
  static final PaperVenue.Terms TERMS = terms(0, 3);

  static final Map<String, Instrument> INSTRUMENTS =
      Map.of(
          BTC,
          new Instrument(
              BTC,
              "BTC",
              "USD",
              Instrument.Kind.SPOT,
              new BigDecimal("0.01"),
              new BigDecimal("0.001"),
              new BigDecimal("0.001"),
              new BigDecimal("1000"),
              BigDecimal.ONE,
              BigDecimal.ONE));
  static final Account DEMO =
      new Account(
          "demo",
          "firm",
          null,
          "p",
          "USD",
          Account.Kind.CASH,
          new BigDecimal("10000"),
          BigDecimal.ONE,
          null,
          false);

  private final Map<String, Instrument> instruments;
  private final List<Account> accounts;
  private final PaperVenue.Terms terms;
  private final List<Report> written = new ArrayList<>();
  private Executor executor;
  private long nowUs = START_US;
  private int seen;
  private int mayStillWrite = Integer.MAX_VALUE;

  Desk(PaperVenue.Terms terms) {
    this(INSTRUMENTS, List.of(DEMO), terms);
  }

  Desk(Configuration configuration, PaperVenue.Terms terms) {
    this(configuration.instruments(), List.copyOf(configuration.accounts().values()), terms);
  }

  private Desk(
      Map<String, Instrument> instruments, List<Account> accounts, PaperVenue.Terms terms) {
    this.instruments = instruments;
    this.accounts = accounts;
    this.terms = terms;
    start();
  }

  /** Slippage 0.1 %, fee 0.2 %, 100 ms. */
  static PaperVenue.Terms terms(double rejectShare, int partialFills) {
    return new PaperVenue.Terms(
        100_000, new BigDecimal("0.001"), new BigDecimal("0.002"), rejectShare, partialFills);
  }

  /** A fresh venue and executor, as after kill -9: all they have is what is written. */
  Desk start() {
    Reported reported = new Reported();
    readBack(reported, OrderStatus.class);
    readBack(reported, Fill.class);
    readBack(reported, io.sluice.domain.wire.AccountSnapshot.class);
    executor = new Executor(new PaperVenue(instruments, terms, reported.positions()), reported);
    write(executor.start(accounts, nowUs));
    return this;
  }

  private void readBack(Reported reported, Class<?> type) {
    for (Report report : written) {
      if (type.isInstance(report.message())) {
        try {
          reported.add(new Report(WireReader.read(report.message().toJson()), report.amendment()));
        } catch (UnreadableException e) {
          throw new AssertionError("a report cannot be read back", e);
        }
      }
    }
  }

  Executor executor() {
    return executor;
  }

  long nowUs() {
    return nowUs;
  }

  // What happens.

  Desk heartbeat() {
    return heartbeat("firm", nowUs);
  }

  Desk heartbeat(String group, long stampUs) {
    return hear(
        "{\"event_id\":\"e\",\"type\":\"HEARTBEAT\",\"scope\":\"group:"
            + group
            + "\",\"instrument\":null,\"severity\":\"INFO\",\"event_time_us\":"
            + stampUs
            + ",\"detail\":{}}");
  }

  Desk hear(String event) {
    try {
      executor.hear(event.getBytes(StandardCharsets.UTF_8), nowUs);
    } catch (UnreadableException e) {
      throw new AssertionError(e);
    }
    return this;
  }

  Desk trade(String price, String qty) {
    return trade(BTC, price, qty);
  }

  Desk trade(String instrument, String price, String qty) {
    write(
        executor.trade(
            new Trade(
                instrument,
                null,
                new BigDecimal(price),
                new BigDecimal(qty),
                Aggressor.UNKNOWN,
                nowUs,
                null),
            nowUs));
    return this;
  }

  Desk advance(long us) {
    nowUs += us;
    write(executor.advance(nowUs));
    return this;
  }

  /** The time until everything that was sent has arrived. */
  Desk latency() {
    return advance(terms.latencyUs());
  }

  Desk decide(Instruction instruction) {
    announce(instruction);
    return send();
  }

  /** A decision comes and its announcement is written; nothing is sent yet. */
  Desk announce(Instruction instruction) {
    write(executor.decide(instruction, nowUs));
    return this;
  }

  Desk send() {
    write(executor.send(nowUs));
    return this;
  }

  /**
   * The process is killed in the middle of something and started again: of what it would say only
   * so many reports got out, fills before statuses.
   */
  Desk killedWhenWritten(int reports, Runnable something) {
    mayStillWrite = reports;
    something.run();
    mayStillWrite = Integer.MAX_VALUE;
    return start();
  }

  private void write(List<Report> reports) {
    if (mayStillWrite == Integer.MAX_VALUE) {
      written.addAll(reports);
      return;
    }
    Stream.concat(reports.stream().filter(Desk::isFill), reports.stream().filter(it -> !isFill(it)))
        .limit(mayStillWrite)
        .forEach(written::add);
    mayStillWrite -= Math.min(mayStillWrite, reports.size());
  }

  private static boolean isFill(Report report) {
    return report.message() instanceof Fill;
  }

  Desk stop() {
    write(executor.stop(nowUs));
    return this;
  }

  // Decisions.

  Instruction market(String id, Side side, String qty) {
    return order(id, side, qty, null, TimeInForce.IOC);
  }

  Instruction limit(String id, Side side, String qty, String limit) {
    return order(id, side, qty, limit, TimeInForce.GTC);
  }

  Instruction order(String id, Side side, String qty, String limit, TimeInForce tif) {
    return instruction(id, Action.NEW, null, side, qty, limit, tif, false, nowUs + 5 * SECOND);
  }

  Instruction reduceOnly(Instruction of) {
    return instruction(
        of.intentId(),
        of.action(),
        of.targetIntentId(),
        of.side(),
        of.qty().toPlainString(),
        of.limitPrice() == null ? null : of.limitPrice().toPlainString(),
        of.timeInForce(),
        true,
        of.validUntilUs());
  }

  Instruction validUntil(Instruction of, long us) {
    return instruction(
        of.intentId(),
        of.action(),
        of.targetIntentId(),
        of.side(),
        of.qty() == null ? null : of.qty().toPlainString(),
        of.limitPrice() == null ? null : of.limitPrice().toPlainString(),
        of.timeInForce(),
        of.reduceOnly(),
        us);
  }

  Instruction amend(String id, String target, Side side, String qty, String limit) {
    return instruction(
        id, Action.AMEND, target, side, qty, limit, TimeInForce.GTC, false, nowUs + 5 * SECOND);
  }

  Instruction cancel(String id, String target) {
    return instruction(
        id, Action.CANCEL, target, null, null, null, null, false, nowUs + 5 * SECOND);
  }

  private static Instruction instruction(
      String id,
      Action action,
      String target,
      Side side,
      String qty,
      String limit,
      TimeInForce tif,
      boolean reduceOnly,
      long validUntilUs) {
    return new Instruction(
        Decision.idOf("demo", id),
        id,
        "firm",
        "demo",
        "s",
        BTC,
        action,
        target,
        side,
        action == Action.CANCEL ? null : limit == null ? OrderType.MARKET : OrderType.LIMIT,
        tif,
        limit == null ? null : new BigDecimal(limit),
        reduceOnly,
        qty == null ? null : new BigDecimal(qty),
        validUntilUs);
  }

  // What to look at.

  List<Report> written() {
    return written;
  }

  /**
   * Everything said since it was last asked, a line each: {@code a ACKED 0 1}, {@code a BUY 1@2}.
   */
  List<String> news() {
    List<String> lines = written.subList(seen, written.size()).stream().map(Desk::line).toList();
    seen = written.size();
    return lines;
  }

  void says(String... lines) {
    assertThat(news()).containsExactly(lines);
  }

  private static String line(Report report) {
    if (report.message() instanceof Fill fill) {
      return fill.intentId()
          + " "
          + fill.side()
          + " "
          + Decimals.plain(fill.qty())
          + "@"
          + Decimals.plain(fill.price());
    }
    if (report.message() instanceof OrderStatus status) {
      return status.intentId()
          + " "
          + status.status()
          + " "
          + Decimals.plain(status.cumQty())
          + " "
          + Decimals.plain(status.leavesQty())
          + (report.amendment() == null || report.amendment().equals(status.intentId())
              ? ""
              : " for " + report.amendment());
    }
    return new String(report.message().toJson(), StandardCharsets.UTF_8);
  }

  List<Fill> fills(String intentId) {
    return written.stream()
        .map(Report::message)
        .filter(Fill.class::isInstance)
        .map(Fill.class::cast)
        .filter(fill -> fill.intentId().equals(intentId))
        .toList();
  }

  List<OrderStatus> statuses(String intentId) {
    return written.stream()
        .map(Report::message)
        .filter(OrderStatus.class::isInstance)
        .map(OrderStatus.class::cast)
        .filter(status -> status.intentId().equals(intentId))
        .toList();
  }
}
