package io.sluice.domain.control;

import io.sluice.domain.config.Configuration.Authority;
import io.sluice.domain.config.ControlTerms;
import io.sluice.domain.wire.Command;
import java.util.SortedSet;

/** What the authority that commands have here lets one command do. */
public final class Warrant {
  private final Command command;
  private final ControlTerms terms;
  private final Signatures signatures;

  public Warrant(ControlTerms terms, Command command) {
    this.command = command;
    this.terms = terms;
    this.signatures =
        terms.authority() == Authority.SIGNED ? Signatures.of(command, terms.keys()) : null;
  }

  /** Whether the command comes from somebody who may give commands at all. */
  public boolean isGenuine() {
    return signatures == null || !signatures.persons().isEmpty();
  }

  /** Who has signed it; null where signatures are not asked for. */
  public SortedSet<String> persons() {
    return signatures == null ? null : signatures.persons();
  }

  /**
   * @throws CommandRefusedException where it has no valid signature and needs one
   */
  public void checkGenuine() {
    if (!isGenuine()) {
      throw new CommandRefusedException(
          "the command needs the valid signature of a configured key; " + signatures);
    }
  }

  /** Whether it may permit more than is permitted now. */
  public boolean mayLoosen() {
    return switch (terms.authority()) {
      case OPEN -> true;
      case TIGHTEN -> false;
      case SIGNED -> signatures.persons().size() >= ControlTerms.PERSONS_TO_LOOSEN;
    };
  }

  /**
   * @param loosens what would permit more than now, null for nothing
   * @throws CommandRefusedException where that is not for this command to do, or no more
   */
  public void check(String loosens, long nowUs) {
    checkAuthority(loosens);
    checkAge(loosens, nowUs);
  }

  /**
   * @param loosens what would permit more than now, null for nothing
   * @throws CommandRefusedException where that is not for those to do who have signed it
   */
  public void checkAuthority(String loosens) {
    if (loosens == null) {
      return;
    }
    if (terms.authority() == Authority.TIGHTEN) {
      throw new CommandRefusedException(
          loosens + ", and authority tighten takes only what tightens");
    }
    if (!mayLoosen()) {
      throw new CommandRefusedException(
          loosens + ", and loosening needs the signatures of two persons; " + signatures);
    }
  }

  /**
   * @param loosens what would permit more than now, null for nothing
   * @param nowUs the time it is judged at, epoch microseconds
   * @throws CommandRefusedException where it was signed too long before
   */
  public void checkAge(String loosens, long nowUs) {
    if (loosens != null
        && signatures != null
        && nowUs - command.eventTimeUs() > terms.loosenWithinUs()) {
      throw new CommandRefusedException(
          loosens
              + ", and event_time_us is "
              + (nowUs - command.eventTimeUs()) / 1_000_000
              + " s before the gate's time, expected at most "
              + terms.loosenWithinUs() / 1_000_000
              + " s; sign a new command");
    }
  }
}
