package io.sluice.domain.group;

import io.sluice.domain.journal.Entry;
import io.sluice.domain.wire.AccountSnapshot;
import io.sluice.domain.wire.Command;
import io.sluice.domain.wire.ConfigChunk;
import io.sluice.domain.wire.Correlation;
import io.sluice.domain.wire.Fill;
import io.sluice.domain.wire.Intent;
import io.sluice.domain.wire.Mark;
import io.sluice.domain.wire.Message;
import io.sluice.domain.wire.OrderStatus;
import io.sluice.domain.wire.PaperTick;
import io.sluice.domain.wire.VenueStatus;
import java.util.List;

/**
 * Folds a risk group's entries, one after the other: the same entries give the same state,
 * decisions and events, whenever and wherever they are folded. The state it changes is the caller's
 * to keep.
 */
public final class GroupFold {
  private final IntentFold intents = new IntentFold();
  private final ExecutionFold executions = new ExecutionFold();
  private final MarkFold marks = new MarkFold(executions);
  private final CommandFold commands = new CommandFold();
  private final ConfigurationFold configurations = new ConfigurationFold();
  private final ClockFold clock = new ClockFold();

  /** The commands there are, by their names on the wire. */
  public static List<String> commands() {
    return CommandFold.names();
  }

  /**
   * Folds one entry.
   *
   * @return what it brought about, or null where the entry had been folded before and leaves no
   *     trace
   * @throws UnknownRuleSetException where its configuration is for rules this build does not have
   * @throws RuntimeException where it cannot be folded, such as one of a group that has no
   *     configuration yet; the state may have changed in part then, and is not to be used again
   */
  public Effects apply(GroupState state, Entry entry) {
    Message input = entry.input();
    if (input instanceof ConfigChunk chunk) {
      return configurations.fold(state, chunk, entry);
    }
    if (!state.isConfigured()) {
      throw new IllegalStateException(
          "group "
              + state.group()
              + " got a "
              + input.kind().wireName()
              + " at "
              + entry.cause()
              + " before its configuration; write its config entries first");
    }
    long gateTimeUs = Math.max(state.gateTimeUs, entry.gateTimeUs());
    IdWindow.Known known = known(state, entry, gateTimeUs);
    if (known == IdWindow.Known.SAME_RECORD) {
      return null;
    }
    Effects effects = new Effects(state.group(), state.seq() + 1, gateTimeUs);
    int crashedBefore = state.crashed.size();
    ClockFold.advance(state, gateTimeUs, effects);
    fold(state, entry, known, effects);
    RolloutFold.observe(state, effects);
    if (!effects.events().isEmpty() || state.crashed.size() != crashedBefore) {
      // Whatever is put in force or ends is an event, or a crash.
      state.tradingStates.announce(state, effects);
    }
    return effects;
  }

  private void fold(GroupState state, Entry entry, IdWindow.Known known, Effects effects) {
    switch (entry.input().kind()) {
      case CLOCK -> clock.fold(state, entry, effects);
      case CONTROL -> commands.fold(state, (Command) entry.input(), entry.cause(), known, effects);
      case VENUE -> VenueFold.fold(state, (VenueStatus) entry.input(), effects);
      case ACCOUNT -> executions.fold(state, (AccountSnapshot) entry.input(), effects);
      case FILL -> executions.fold(state, (Fill) entry.input(), entry.cause(), known, effects);
      case ORDER -> executions.fold(state, (OrderStatus) entry.input(), effects);
      case PAPER_TICK -> executions.fold(state, (PaperTick) entry.input(), effects);
      case MARK -> marks.fold(state, (Mark) entry.input(), effects);
      case INTENT -> {
        Intent intent = (Intent) entry.input();
        marks.fold(state, intent.instrument(), entry.snapshot(), effects);
        intents.fold(state, intent, entry, known, effects);
      }
      case CORRELATION -> {
        Correlation estimate = (Correlation) entry.input();
        if (state.isListedAsset(estimate.a()) && state.isListedAsset(estimate.b())) {
          state.correlations.estimated(estimate);
        }
      }
      case CONFIG, TRADE, QUOTE ->
          throw new IllegalArgumentException(
              "a " + entry.input().kind().wireName() + " is no input of a risk group");
    }
  }

  /**
   * What is known of an entry's identity: intents, fills, paper ticks and commands by their ids,
   * marks and clock entries by their slot (a clock entry's is its event time), order statuses and
   * snapshots by their record.
   */
  private static IdWindow.Known known(GroupState state, Entry entry, long gateTimeUs) {
    return switch (entry.input().kind()) {
      case INTENT -> IntentFold.known(state, (Intent) entry.input(), entry, gateTimeUs);
      case FILL -> ExecutionFold.known(state, (Fill) entry.input(), entry.cause(), gateTimeUs);
      case PAPER_TICK -> {
        PaperTick tick = (PaperTick) entry.input();
        yield onlyOnce(
            state.ids.knowOnce(
                IdWindow.key(tick.kind(), tick.account(), tick.intentId()),
                entry.cause(),
                state.idsFromUs(gateTimeUs),
                state.gateTimeUs));
      }
      case CONTROL -> CommandFold.known(state, (Command) entry.input(), entry.cause());
      case ORDER -> {
        String instrument = ((OrderStatus) entry.input()).instrument();
        yield passes(state, entry, instrument, state.instrument(instrument) != null);
      }
      case ACCOUNT -> {
        String account = ((AccountSnapshot) entry.input()).account();
        yield passes(state, entry, account, state.books.containsKey(account));
      }
      case MARK -> onlyOnce(MarkFold.isNewer(state, (Mark) entry.input()));
      case VENUE -> onlyOnce(VenueFold.passes(state, (VenueStatus) entry.input(), entry.cause()));
      case CORRELATION ->
          onlyOnce(
              state.highWater.passes(
                  HighWater.key(entry.cause(), "", Message.Kind.CORRELATION), entry.cause()));
      case CLOCK -> onlyOnce(ClockFold.slotUs(state, entry, gateTimeUs) > state.clockSlotUs);
      default -> IdWindow.Known.NEW;
    };
  }

  /** Names that nobody has configured take up no more room than there is for them. */
  private static IdWindow.Known passes(
      GroupState state, Entry entry, String name, boolean isConfigured) {
    Message.Kind kind = entry.input().kind();
    return onlyOnce(
        isConfigured
            ? state.highWater.passes(entry.cause(), name, kind)
            : state.highWater.passesUnlisted(entry.cause(), name, kind));
  }

  private static IdWindow.Known onlyOnce(boolean isFirst) {
    return isFirst ? IdWindow.Known.NEW : IdWindow.Known.SAME_RECORD;
  }
}
