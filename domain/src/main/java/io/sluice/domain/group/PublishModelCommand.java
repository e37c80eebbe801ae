package io.sluice.domain.group;

import io.sluice.domain.journal.Event;
import io.sluice.domain.risk.limit.Scope;
import io.sluice.domain.scoring.Publication;
import java.util.EnumSet;
import java.util.Set;

/**
 * PUBLISH_MODEL: another version of a model scores from a time on. The front loads it and puts it
 * in its place; the group says that the command counts, and who gave it.
 */
final class PublishModelCommand implements ControlCommand {
  @Override
  public String name() {
    return Publication.COMMAND;
  }

  @Override
  public Set<Scope.Kind> scopes() {
    return EnumSet.of(Scope.Kind.FIRM);
  }

  @Override
  public boolean isAdmittedByFront() {
    return true;
  }

  @Override
  public Change read(GroupState state, Instruction command) {
    Publication publication = Publication.read(command.command(), state.gateTimeUs);
    return Change.loosening(
        Publication.LOOSENS,
        answer ->
            answer.event(
                Event.Type.MODEL_PUBLISHED, Event.Severity.WARNING, publication::writeBody));
  }
}
