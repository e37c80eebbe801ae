package io.sluice.domain.market;

import io.sluice.domain.config.ModelChoice;
import io.sluice.domain.journal.Event;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.StrictJson;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.scoring.BundleException;
import io.sluice.domain.scoring.Publication;
import io.sluice.domain.scoring.Publications;
import io.sluice.domain.scoring.PublishedBundles.Loaded;
import io.sluice.domain.scoring.Scorer;
import io.sluice.domain.wire.Command;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The models that score an instrument: those that the configuration names, until commands publish
 * others. Another version takes over between two rows, at its time; until it is known whether it
 * can be used, nothing is said by that model.
 */
final class MarketModels {
  private static final String STATE = "model:";
  private static final String PUBLICATIONS = "publications";

  private final String instrument;
  private final FrontTerms terms;
  private final List<Scorer> scorers;
  private final Publications publications;
  private final Set<String> loading = new HashSet<>();
  private boolean isAsAtFirst = true;
  private boolean hasBegun;

  MarketModels(String instrument, FrontTerms terms) {
    this.instrument = instrument;
    this.terms = terms;
    this.scorers = terms.scorers(instrument);
    this.publications =
        terms.instrument(instrument) == null
            ? new Publications()
            : new Publications(terms.standing());
  }

  /** With what was published before its first row, and what will count later. */
  private void begin(long nowUs) {
    if (!hasBegun) {
      hasBegun = true;
      publications.begin(nowUs);
      publications.waiting().forEach(terms.bundles()::ask);
    }
  }

  int count() {
    return scorers.size();
  }

  /** Null in place of a model that cannot be used. */
  Scorer scorer(int place) {
    return scorers.get(place);
  }

  /** Whether another version is due and not known yet, so that nobody may speak in its place. */
  boolean isSilent(int place) {
    return loading.contains(scorers.get(place).choice().name());
  }

  /** Whether no command has come that it would be a loss to forget. */
  boolean isAsAtFirst() {
    return isAsAtFirst;
  }

  /** Whether something is due and not known yet. */
  boolean isLoading() {
    return !loading.isEmpty();
  }

  /** From when the next publication counts, epoch microseconds; Long.MAX_VALUE where none waits. */
  long nextUs() {
    return isLoading() ? Long.MAX_VALUE : publications.nextUs();
  }

  /**
   * A command publishes a model. Of one that does not count nothing is said here: the risk groups,
   * which judge it by the same rules, say why.
   *
   * @param commandUs when the command came, epoch microseconds
   */
  void publish(Command command, long commandUs, long nowUs, FrontOutput out) {
    isAsAtFirst = false;
    begin(nowUs);
    Publication publication = publications.take(terms.control(), command, commandUs);
    if (publication == null) {
      return;
    }
    if (publications.isOverfull()) {
      String why = Publications.MOST_WAITING + " publications wait, expected fewer";
      refuse(publication, why, out);
    } else if (place(publication) >= 0) {
      terms.bundles().ask(publication);
    }
    advance(nowUs, out);
  }

  /** What is due by now takes over, or is refused. */
  void advance(long nowUs, FrontOutput out) {
    begin(nowUs);
    if (nowUs < publications.nextUs()) {
      return;
    }
    loading.clear();
    isAsAtFirst = false;
    for (Publication counted : publications.before()) {
      // Of those before it one is looked at only where it cannot be used.
      if (publications.before().contains(counted)) {
        takeOverInTurn(counted, out);
      }
    }
    publications.due(nowUs).forEach(due -> takeOverInTurn(due, out));
  }

  /** Not before what is not known yet. */
  private void takeOverInTurn(Publication due, FrontOutput out) {
    if (!loading.contains(due.model()) && !takeOver(due, out)) {
      loading.add(due.model());
    }
  }

  /** Returns false where it is not known yet whether it can be used. */
  private boolean takeOver(Publication due, FrontOutput out) {
    int place = place(due);
    if (place < 0) {
      refuse(
          due,
          "no model "
              + due.model()
              + " is configured, expected one of "
              + terms.models().stream().map(ModelChoice::name).toList(),
          out);
      return true;
    }
    Loaded loaded = terms.bundles().due(due);
    if (loaded == null) {
      return false;
    }
    Scorer before = scorers.get(place);
    try {
      scorers.set(place, scorer(place, due, loaded).after(before));
      publications.done(due, true);
      tell(Event.Type.MODEL_IN_FORCE, Event.Severity.WARNING, due, "replaced", before, null, out);
    } catch (BundleException e) {
      refuse(due, e.getMessage(), out);
    }
    return true;
  }

  /**
   * @throws BundleException where it cannot be used
   */
  private Scorer scorer(int place, Publication publication, Loaded loaded) {
    if (loaded.model() == null) {
      throw new BundleException(loaded.refusal());
    }
    publication.check(loaded.model().bundle());
    return terms.scorer(place, loaded.model());
  }

  private void refuse(Publication publication, String why, FrontOutput out) {
    publications.done(publication, false);
    int place = place(publication);
    Scorer kept = place < 0 ? null : scorers.get(place);
    tell(Event.Type.MODEL_REFUSED, Event.Severity.ERROR, publication, "kept", kept, why, out);
  }

  private int place(Publication publication) {
    for (int place = 0; place < terms.models().size(); place++) {
      if (terms.models().get(place).name().equals(publication.model())) {
        return place;
      }
    }
    return -1;
  }

  private void tell(
      Event.Type type,
      Event.Severity severity,
      Publication publication,
      String role,
      Scorer other,
      String why,
      FrontOutput out) {
    JsonWriter detail = new JsonWriter().beginObject();
    detail.name("command_id").value(publication.commandId());
    publication.writeBody(detail);
    detail.name(role).value(other == null ? null : other.version());
    if (why != null) {
      detail.name("why").value(why);
    }
    out.event(
        Event.observed(
            type,
            "instrument:" + instrument,
            instrument,
            severity,
            publication.fromUs(),
            detail.endObject().toBytes()));
  }

  /** The parts of its state that have changed since the last call. */
  Map<String, byte[]> takeChanged() {
    Map<String, byte[]> changed = new TreeMap<>();
    byte[] published = publications.takeChanged();
    if (published != null) {
      changed.put(PUBLICATIONS, published);
    }
    for (Scorer scorer : scorers) {
      byte[] state = scorer == null ? null : scorer.takeChanged();
      if (state != null) {
        changed.put(STATE + scorer.choice().name(), state);
      }
    }
    return changed;
  }

  /**
   * Goes on from stored parts: what scored then scores now. Where it cannot be loaded any more
   * nothing does, rather than another version.
   */
  void read(Map<String, byte[]> parts) throws UnreadableException {
    if (parts.containsKey(PUBLICATIONS)) {
      isAsAtFirst = false;
      hasBegun = true;
      publications.read(StrictJson.trusted(parts.get(PUBLICATIONS)));
      publications.waiting().forEach(terms.bundles()::ask);
      publications.inForce().forEach(this::restore);
    }
    for (Scorer scorer : scorers) {
      byte[] state = scorer == null ? null : parts.get(STATE + scorer.choice().name());
      if (state != null) {
        scorer.read(state);
      }
    }
  }

  private void restore(Publication publication) {
    int place = place(publication);
    if (place < 0) {
      return;
    }
    try {
      Loaded loaded = terms.bundles().restored(publication);
      scorers.set(place, scorer(place, publication, loaded));
    } catch (BundleException e) {
      scorers.set(place, null);
      terms.bundles().lost(publication, e);
    }
  }
}
