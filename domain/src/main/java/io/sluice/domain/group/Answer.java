package io.sluice.domain.group;

import io.sluice.domain.control.Warrant;
import io.sluice.domain.journal.Event;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.wire.Command;
import java.util.function.Consumer;

/** What the group says to a command: events that name who commanded what, and why. */
record Answer(Command command, Warrant warrant, Effects effects) {

  void event(Event.Type type, Event.Severity severity) {
    event(type, severity, detail -> {});
  }

  /**
   * @param more fields that follow in the event's detail
   */
  void event(Event.Type type, Event.Severity severity, Consumer<JsonWriter> more) {
    effects.event(
        type,
        severity,
        scope(),
        null,
        detail -> {
          detail
              .name("command_id")
              .value(command.commandId())
              .name("group")
              .value(effects.group())
              .name("command")
              .value(command.command());
          detail.name("issued_by").value(command.issuedBy()).name("reason").value(command.reason());
          if (warrant.persons() != null) {
            detail.name("signed_by").beginArray();
            warrant.persons().forEach(detail::value);
            detail.endArray();
          }
          detail.name("effective_at_us").value(command.effectiveAtUs());
          detail.name("expires_at_us").value(command.expiresAtUs());
          more.accept(detail);
        });
  }

  /** As the command says, or where it does not, the group that answers. */
  private String scope() {
    return command.scope() == null ? "group:" + effects.group() : command.scope();
  }

  void refused(String why) {
    event(
        Event.Type.COMMAND_REFUSED, Event.Severity.ERROR, detail -> detail.name("why").value(why));
  }
}
