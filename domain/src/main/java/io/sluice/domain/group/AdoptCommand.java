package io.sluice.domain.group;

import io.sluice.domain.account.AccountBook;
import io.sluice.domain.account.Correction;
import io.sluice.domain.account.Holding;
import io.sluice.domain.account.Position;
import io.sluice.domain.config.Section;
import io.sluice.domain.control.CommandRefusedException;
import io.sluice.domain.journal.Event;
import io.sluice.domain.risk.limit.Scope;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * ADOPT: an account's books take over what a person has read in the venue's statement, where they
 * differ from it. The command says what it takes for booked; where that is not what is booked when
 * it is folded, the books have moved since it was written, and it is refused.
 */
final class AdoptCommand implements ControlCommand {
  @Override
  public String name() {
    return "ADOPT";
  }

  @Override
  public Set<Scope.Kind> scopes() {
    return EnumSet.of(Scope.Kind.ACCOUNT);
  }

  @Override
  public Change read(GroupState state, Instruction command) {
    command.isForNow();
    Section body = command.body().allow("as_of_us", "cash", "positions");
    AccountBook book = state.book(command.scope().name());
    if (book == null || !book.isInitialised()) {
      throw new CommandRefusedException(
          "the books of "
              + command.scope()
              + " have not begun, expected their first position snapshot before");
    }
    long asOfUs = body.whole("as_of_us", 0, state.gateTimeUs);
    BigDecimal cash = null;
    if (body.has("cash")) {
      Section difference = body.section("cash").allow("booked", "correct");
      requireBooked("cash", decimal(difference, "booked"), book.cash());
      cash = decimal(difference, "correct");
    }
    Map<String, Position> positions = new TreeMap<>();
    for (Section difference : body.list("positions")) {
      difference.allow("instrument", "booked", "correct", "avg_price");
      String instrument = difference.text("instrument");
      Holding holding = book.holding(instrument);
      BigDecimal booked = holding == null ? BigDecimal.ZERO : holding.position().qty();
      requireBooked("qty of " + instrument, decimal(difference, "booked"), booked);
      Position before =
          positions.put(
              instrument,
              Position.at(
                  decimal(difference, "correct"),
                  difference.decimal("avg_price", BigDecimal.ZERO, "0 or more")));
      if (before != null) {
        throw new CommandRefusedException(
            "positions names " + instrument + " twice, expected each instrument once");
      }
    }
    if (cash == null && positions.isEmpty()) {
      throw new CommandRefusedException("body corrects nothing, expected cash or positions");
    }
    Correction correction = new Correction(asOfUs, cash, positions);
    return Change.loosening(
        "ADOPT may loosen", answer -> adopt(state, book, correction, command, answer));
  }

  private static BigDecimal decimal(Section section, String key) {
    BigDecimal value = section.decimalOrNull(key);
    if (value == null) {
      throw section.wrong(key, "a decimal");
    }
    return value;
  }

  private static void requireBooked(String what, BigDecimal expected, BigDecimal booked) {
    if (expected.compareTo(booked) != 0) {
      throw new CommandRefusedException(
          what
              + " is booked as "
              + booked.stripTrailingZeros().toPlainString()
              + ", the command took it for "
              + expected.stripTrailingZeros().toPlainString()
              + ": the books have moved since, write it anew from what is booked now");
    }
  }

  private static void adopt(
      GroupState state,
      AccountBook book,
      Correction correction,
      Instruction command,
      Answer answer) {
    book.correct(correction);
    String account = book.account().id();
    state.touch(account);
    state.sums.revalued(book);
    if (correction.cash() != null) {
      state.breaks.agrees(account, "cash");
      state.breaks.agrees(account, OpenBreaks.RATE);
    }
    correction.positions().keySet().forEach(id -> state.breaks.agrees(account, "qty " + id));
    answer.event(
        Event.Type.BOOKS_CORRECTED,
        Event.Severity.WARNING,
        detail -> detail.name("correction").tree(command.command().body()));
    CountWatch.checkLosses(state, book, answer.effects());
    CountWatch.checkBreaks(state, book, answer.effects());
    EquityWatch.check(state, List.of(book), answer.effects());
  }
}
