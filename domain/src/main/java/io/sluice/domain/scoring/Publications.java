package io.sluice.domain.scoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.config.ConfigurationException;
import io.sluice.domain.config.ControlTerms;
import io.sluice.domain.control.CommandRefusedException;
import io.sluice.domain.control.Warrant;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.wire.Command;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What commands have published for an instrument: what counted already when it began, what waits
 * for its time, each by that and then in the order in which it came, and what scores.
 */
public final class Publications {
  /** So many may wait for their time. */
  public static final int MOST_WAITING = 100;

  private final Set<String> ids = new TreeSet<>();
  private final List<Publication> before = new ArrayList<>();
  private final List<Publication> waiting = new ArrayList<>();
  private final Map<String, Publication> inForce = new TreeMap<>();
  private boolean isChanged;

  /** Nothing is published. */
  public Publications() {}

  /** The same as another, to go on from. */
  public Publications(Publications other) {
    ids.addAll(other.ids);
    before.addAll(other.before);
    waiting.addAll(other.waiting);
    inForce.putAll(other.inForce);
  }

  /**
   * Takes in a PUBLISH_MODEL that the front has admitted, by the rules by which the risk groups
   * answer it. Ids are never forgotten, because a market may begin with what its commands say
   * before they come once more.
   *
   * @param nowUs when it came, epoch microseconds
   * @return null where it does not count
   */
  public Publication take(ControlTerms terms, Command command, long nowUs) {
    if (command.defect() != null) {
      return null;
    }
    Warrant warrant = new Warrant(terms, command);
    if (!warrant.isGenuine() || !ids.add(command.commandId())) {
      return null;
    }
    isChanged = true;
    try {
      Publication publication = Publication.read(command, nowUs);
      warrant.checkAuthority(Publication.LOOSENS);
      waiting.add(publication);
      waiting.sort(Comparator.comparingLong(Publication::fromUs));
      return publication;
    } catch (CommandRefusedException | ConfigurationException e) {
      return null;
    }
  }

  /**
   * Begins at a time: what counts by then has counted before, and of each model the newest that can
   * be used is what scores.
   *
   * @param nowUs epoch microseconds
   */
  public void begin(long nowUs) {
    List<Publication> due = due(nowUs);
    isChanged |= !due.isEmpty();
    before.addAll(due);
    waiting.removeAll(due);
  }

  /**
   * What had counted before, the newest first; of a model it is looked at until one can be used.
   */
  public List<Publication> before() {
    List<Publication> newestFirst = new ArrayList<>(before);
    Collections.reverse(newestFirst);
    return newestFirst;
  }

  /** Whether more wait than may. */
  public boolean isOverfull() {
    return waiting.size() > MOST_WAITING;
  }

  /** From when the next one counts, epoch microseconds; Long.MAX_VALUE where none waits. */
  public long nextUs() {
    if (!before.isEmpty()) {
      return before.get(0).fromUs();
    }
    return waiting.isEmpty() ? Long.MAX_VALUE : waiting.get(0).fromUs();
  }

  /** Those that count by now, the one that counts longest first. */
  public List<Publication> due(long nowUs) {
    return waiting.stream().filter(publication -> publication.fromUs() <= nowUs).toList();
  }

  public List<Publication> waiting() {
    return Collections.unmodifiableList(waiting);
  }

  /** It waits no more: from now on it scores, or it was refused. */
  public void done(Publication publication, boolean scores) {
    isChanged = true;
    waiting.remove(publication);
    before.remove(publication);
    if (scores) {
      before.removeIf(older -> older.model().equals(publication.model()));
      inForce.put(publication.model(), publication);
    }
  }

  /** Those that have been put in the place of what the configuration names. */
  public Collection<Publication> inForce() {
    return inForce.values();
  }

  /** The state as JSON; null where it has not changed since the last call. */
  public byte[] takeChanged() {
    if (!isChanged) {
      return null;
    }
    isChanged = false;
    return toJson();
  }

  public byte[] toJson() {
    JsonWriter json = new JsonWriter().beginObject().name("ids").beginArray();
    ids.forEach(json::value);
    json.endArray().name("before").beginArray();
    before.forEach(publication -> publication.write(json));
    json.endArray().name("waiting").beginArray();
    waiting.forEach(publication -> publication.write(json));
    json.endArray().name("in_force").beginArray();
    inForce.values().forEach(publication -> publication.write(json));
    return json.endArray().endObject().toBytes();
  }

  /** Goes on from a state, as {@link #toJson} writes it. */
  public void read(ObjectNode stored) {
    ids.clear();
    before.clear();
    waiting.clear();
    inForce.clear();
    isChanged = false;
    for (JsonNode id : stored.path("ids")) {
      ids.add(id.textValue());
    }
    for (JsonNode publication : stored.path("before")) {
      before.add(Publication.of(publication));
    }
    for (JsonNode publication : stored.path("waiting")) {
      waiting.add(Publication.of(publication));
    }
    for (JsonNode publication : stored.path("in_force")) {
      Publication read = Publication.of(publication);
      inForce.put(read.model(), read);
    }
  }
}
