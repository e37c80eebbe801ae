package io.sluice.domain.group;

import io.sluice.domain.control.CommandRefusedException;
import io.sluice.domain.journal.Event;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.risk.limit.Scope;

/**
 * HEARTBEAT: an account or a strategy shows that it is alive (K02). It is answered where it ends a
 * silence, or asks for it with {@code answer} in its body: most of them only go on.
 */
final class HeartbeatCommand implements ControlCommand {
  @Override
  public String name() {
    return "HEARTBEAT";
  }

  @Override
  public boolean isKept() {
    return false;
  }

  /** Only who is asked for heartbeats is remembered, so that made-up names take up no memory. */
  @Override
  public Change read(GroupState state, Instruction heartbeat) {
    Scope who = heartbeat.scope();
    boolean isPromised =
        who.kind() == Scope.Kind.ACCOUNT
            || who.kind() == Scope.Kind.STRATEGY
                && state.limitsAt(who).get(LimitKey.MAX_SILENCE_MS) != null;
    if (!isPromised) {
      throw new CommandRefusedException(
          "nobody asks for heartbeats of "
              + who
              + ", expected an account, or a strategy at which max_silence_ms is set");
    }
    boolean asks = heartbeat.command().body().path("answer").asBoolean(false);
    return Change.tightening(answer -> hear(state, heartbeat, asks, answer));
  }

  private static void hear(GroupState state, Instruction heartbeat, boolean asks, Answer answer) {
    Scope who = heartbeat.scope();
    boolean isHeardAgain = state.showsLife(who, heartbeat.command().eventTimeUs());
    if (isHeardAgain || asks) {
      answer.event(
          Event.Type.HEARD,
          Event.Severity.INFO,
          detail -> {
            SilenceWatch.write(state, who, detail);
            detail.name("is_silent").value(state.signsOfLife.silent().contains(who));
          });
    }
  }
}
