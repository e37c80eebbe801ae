package io.sluice.domain.group;

import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.risk.limit.Scope;

/** HEARTBEAT: an account or a strategy shows that it is alive (K02). */
final class HeartbeatCommand implements ControlCommand {
  static final String NAME = "HEARTBEAT";

  @Override
  public String name() {
    return NAME;
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
    return Change.tightening(answer -> state.showsLife(who, heartbeat.command().eventTimeUs()));
  }
}
