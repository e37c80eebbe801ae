package io.sluice.domain.group;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.config.ControlTerms;
import io.sluice.domain.control.CommandRefusedException;
import io.sluice.domain.control.Warrant;
import io.sluice.domain.journal.Cause;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.scoring.Publication;
import io.sluice.domain.wire.Command;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the front says to a PUBLISH_MODEL before the risk groups and the markets get it: whether its
 * id is its own, and whether it came in time. Groups know only the ids of commands that concern
 * them and fold at times of their own, markets know no ids of other commands: each by itself they
 * would not always come to the same. Everything else that decides stands in the command and in the
 * configuration, and is judged where it is carried out.
 */
public final class Admission {
  private final ControlTerms terms;

  /** The first record of each id. */
  private final Map<String, String> records = new TreeMap<>();

  public Admission(ControlTerms terms) {
    this.terms = terms;
  }

  /**
   * Takes in every command, in the order of their topic.
   *
   * @param cause its record; the same one may come again
   * @param nowUs when it came, epoch microseconds
   * @return the command; as refused where it publishes a model and is not admitted
   */
  public Command admit(Command command, Cause cause, long nowUs) {
    if (command.defect() != null || !CommandFold.isKept(command)) {
      return command;
    }
    Warrant warrant = new Warrant(terms, command);
    if (!warrant.isGenuine()) {
      // All refuse it for that; its id could be another's.
      return command;
    }
    String record = cause.source() + "/" + cause.partition() + "/" + cause.offset();
    String first = records.putIfAbsent(command.commandId(), record);
    if (!CommandFold.isAdmittedByFront(command)) {
      return command;
    }
    if (first != null && !first.equals(record)) {
      return command.refused(
          "the command_id was given before, in " + first + ", expected a new command_id");
    }
    try {
      warrant.checkAge(Publication.LOOSENS, nowUs);
      return command;
    } catch (CommandRefusedException e) {
      return command.refused(e.getMessage());
    }
  }

  /** The first records by id. */
  public byte[] toJson() {
    JsonWriter json = new JsonWriter().beginObject();
    records.forEach((id, record) -> json.name(id).value(record));
    return json.endObject().toBytes();
  }

  /** Adds what {@link #toJson} wrote; of an id that is known the record stays. */
  public void read(ObjectNode stored) {
    stored
        .properties()
        .forEach(known -> records.putIfAbsent(known.getKey(), known.getValue().textValue()));
  }
}
