package io.sluice.domain.group;

import io.sluice.domain.journal.Decision;
import io.sluice.domain.journal.Event;
import io.sluice.domain.json.JsonWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/** What folding one entry brought about, in order. */
public final class Effects {
  private final String group;
  private final long seq;
  private final long gateTimeUs;
  private final List<Decision> decisions = new ArrayList<>(1);
  private final List<Event> events = new ArrayList<>(0);

  Effects(String group, long seq, long gateTimeUs) {
    this.group = group;
    this.seq = seq;
    this.gateTimeUs = gateTimeUs;
  }

  /** The risk group whose fold it was. */
  String group() {
    return group;
  }

  public List<Decision> decisions() {
    return Collections.unmodifiableList(decisions);
  }

  public List<Event> events() {
    return Collections.unmodifiableList(events);
  }

  /** The number of the entry's journal line. */
  public long seq() {
    return seq;
  }

  /** The gate's time after the entry, epoch microseconds. */
  public long gateTimeUs() {
    return gateTimeUs;
  }

  void decide(Decision decision) {
    decisions.add(decision);
  }

  int nextSub() {
    return decisions.size();
  }

  void event(
      Event.Type type,
      Event.Severity severity,
      String scope,
      String instrument,
      Consumer<JsonWriter> detail) {
    JsonWriter json = new JsonWriter().beginObject();
    detail.accept(json);
    byte[] bytes = json.endObject().toBytes();
    String id = Event.idOf(group, seq, events.size());
    events.add(new Event(id, type, scope, instrument, severity, gateTimeUs, bytes));
  }
}
