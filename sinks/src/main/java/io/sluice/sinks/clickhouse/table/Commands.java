package io.sluice.sinks.clickhouse.table;

import io.sluice.domain.wire.Command;

/** Every control command, whether it counted or not. */
public final class Commands {
  public static final Table<Told<Command>> TABLE =
      Told.whole(
          Table.<Told<Command>>named("commands")
              .text("command_id", told -> told.message().commandId())
              .text("command", told -> told.message().command())
              .text("scope", told -> told.message().scope())
              .text("issued_by", told -> told.message().issuedBy())
              .text("reason", told -> told.message().reason())
              .time("event_time", told -> told.message().eventTimeUs())
              .optionalTime("effective_at", told -> told.message().effectiveAtUs())
              .optionalTime("expires_at", told -> told.message().expiresAtUs()));

  private Commands() {}
}
