package io.sluice.domain.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.account.AccountBook;
import io.sluice.domain.account.Holding;
import io.sluice.domain.group.GroupState;
import io.sluice.domain.journal.Decision;
import io.sluice.domain.journal.RecordedLine;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.StrictJson;
import io.sluice.domain.json.Times;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.risk.limit.Scope;
import io.sluice.domain.wire.AccountSnapshot;
import io.sluice.domain.wire.Command;
import io.sluice.domain.wire.ConfigChunk;
import io.sluice.domain.wire.Fields;
import io.sluice.domain.wire.Fill;
import io.sluice.domain.wire.Intent;
import io.sluice.domain.wire.Mark;
import io.sluice.domain.wire.Message;
import io.sluice.domain.wire.OrderStatus;
import io.sluice.domain.wire.PaperTick;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Follows a group's journal and tells what it does to positions and books: the same lines tell the
 * same, whenever they are followed.
 */
public final class Ledger {
  private static final long MINUTE_US = 60 * Times.SECOND_US;
  private static final String HEAD = "ledger";
  private static final String ACCOUNT = "ledger:";

  private final Map<String, AccountLedger> accounts = new TreeMap<>();
  private final Set<String> touched = new HashSet<>();
  private long minuteUs = -1;

  /** What a line has changed. */
  public static final class Changes {
    private final long seq;
    private final List<PositionChange> positions = new ArrayList<>(0);
    private final List<ClosedTrade> closed = new ArrayList<>(0);

    private Changes(long seq) {
      this.seq = seq;
    }

    long seq() {
      return seq;
    }

    void position(PositionChange change) {
      positions.add(change);
    }

    void closed(ClosedTrade trade) {
      closed.add(trade);
    }

    public List<PositionChange> positions() {
      return Collections.unmodifiableList(positions);
    }

    public List<ClosedTrade> closedTrades() {
      return Collections.unmodifiableList(closed);
    }
  }

  /**
   * The accounts at the end of the minute of the newest line, if the next line is of a later one:
   * those that are not as at the end of the minute before.
   *
   * @param state as the newest line left it
   * @param nextUs gate time of the next line
   */
  public List<AccountRisk> endMinute(GroupState state, long nextUs) {
    long nextMinuteUs = nextUs - Math.floorMod(nextUs, MINUTE_US);
    if (minuteUs < 0 || nextMinuteUs <= minuteUs) {
      minuteUs = Math.max(minuteUs, nextMinuteUs);
      return List.of();
    }
    long day = Times.utcDay(minuteUs);
    List<AccountRisk> risks = new ArrayList<>();
    for (AccountBook book : state.books().values()) {
      if (book.isInitialised()) {
        AccountLedger ledger = account(book.account().id());
        AccountRisk risk = ledger.risk(state, book, minuteUs + MINUTE_US, day);
        if (risk != null) {
          risks.add(risk);
          touched.add(risk.account());
        }
        if (Times.utcDay(nextMinuteUs) > day) {
          ledger.endDay(day, AccountRisk.pnlDay(state, book));
          touched.add(book.account().id());
        }
      }
    }
    minuteUs = nextMinuteUs;
    return risks;
  }

  /**
   * What a line has changed.
   *
   * @param state as the line left it
   */
  public Changes follow(GroupState state, RecordedLine line) throws UnreadableException {
    Changes changes = new Changes(line.seq());
    for (JsonNode decision : line.decisions()) {
      Fields fields = fields(decision);
      ApprovedOrder order = ApprovedOrder.of(fields);
      String instrument = fields.optionalText("instrument");
      if (order != null && instrument != null) {
        account(fields.text("account")).approved(instrument, order);
        touched.add(fields.text("account"));
      }
    }
    for (Decision decision : line.effects().decisions()) {
      Multipliers multipliers = Multipliers.of(decision);
      if (multipliers != null && state.books().containsKey(decision.account())) {
        account(decision.account()).sized(multipliers);
        touched.add(decision.account());
      }
    }
    Message input = line.entry().input();
    if (input instanceof Mark mark) {
      for (AccountBook book : state.books().values()) {
        Holding holding = book.holding(mark.instrument());
        if (holding != null) {
          see(state, book, List.of(holding), false, changes);
        }
      }
    } else {
      boolean isTold =
          input instanceof AccountSnapshot
              || input instanceof ConfigChunk
              || input instanceof Command;
      for (AccountBook book : concerned(state, input)) {
        see(state, book, book.holdings(), isTold, changes);
      }
    }
    return changes;
  }

  private void see(
      GroupState state,
      AccountBook book,
      Collection<Holding> holdings,
      boolean isTold,
      Changes changes) {
    AccountLedger ledger = account(book.account().id());
    boolean isChanged = false;
    for (Holding holding : holdings) {
      isChanged |= ledger.see(state, book, holding, isTold, changes);
    }
    if (isChanged) {
      ledger.seen(book);
      touched.add(book.account().id());
    }
  }

  /** The accounts whose positions an input can change. */
  private static Collection<AccountBook> concerned(GroupState state, Message input) {
    String account =
        switch (input.kind()) {
          case FILL -> ((Fill) input).account();
          case ORDER -> ((OrderStatus) input).account();
          case ACCOUNT -> ((AccountSnapshot) input).account();
          case PAPER_TICK -> ((PaperTick) input).account();
          case INTENT -> ((Intent) input).account();
          case CONTROL -> accountOf((Command) input);
          default -> null;
        };
    if (account == null) {
      return input instanceof ConfigChunk ? state.books().values() : List.of();
    }
    AccountBook book = state.books().get(account);
    return book == null ? List.of() : List.of(book);
  }

  /** A command for an account may put its books right. */
  private static String accountOf(Command command) {
    Scope scope = command.scope() == null ? null : Scope.parse(command.scope());
    return scope != null && scope.kind() == Scope.Kind.ACCOUNT ? scope.name() : null;
  }

  private AccountLedger account(String account) {
    return accounts.computeIfAbsent(account, name -> new AccountLedger());
  }

  static Fields fields(JsonNode node) {
    return new Fields(
        node instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode());
  }

  /** The parts that have changed since the last call, by name. */
  public Map<String, byte[]> takeChanged() {
    Map<String, byte[]> changed = new TreeMap<>();
    changed.put(
        HEAD,
        new JsonWriter().beginObject().name("minute_us").value(minuteUs).endObject().toBytes());
    for (String account : touched) {
      changed.put(ACCOUNT + account, accounts.get(account).toJson());
    }
    touched.clear();
    return changed;
  }

  /**
   * The ledger that left these parts, among which others may be.
   *
   * @throws IllegalStateException where they do not read
   */
  public static Ledger read(Map<String, byte[]> parts) {
    Ledger ledger = new Ledger();
    try {
      for (Map.Entry<String, byte[]> part : parts.entrySet()) {
        if (part.getKey().equals(HEAD)) {
          ledger.minuteUs = StrictJson.trusted(part.getValue()).path("minute_us").longValue();
        } else if (part.getKey().startsWith(ACCOUNT)) {
          ledger.accounts.put(
              part.getKey().substring(ACCOUNT.length()),
              AccountLedger.read(StrictJson.trusted(part.getValue())));
        }
      }
      return ledger;
    } catch (UnreadableException e) {
      throw new IllegalStateException("the ledger's own state reads", e);
    }
  }
}
