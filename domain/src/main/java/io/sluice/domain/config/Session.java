package io.sluice.domain.config;

import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.Times;
import io.sluice.domain.risk.limit.Scope;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * When an instrument, or all instruments of a venue, may be traded. All times are UTC.
 *
 * @param scope an instrument or a venue
 * @param days of the week
 * @param fromMinute of the day, from which on it is open
 * @param toMinute of the day, before which it is open; 1440 is midnight
 * @param closed UTC days, counted from 1970-01-01, on which it is not
 */
public record Session(
    Scope scope, Set<DayOfWeek> days, int fromMinute, int toMinute, Set<Long> closed) {
  private static final int MINUTES = 1_440;
  private static final long MINUTE_US = Times.DAY_US / MINUTES;

  public Session {
    days = Collections.unmodifiableSet(EnumSet.copyOf(days));
    closed = Collections.unmodifiableSet(new TreeSet<>(closed));
  }

  /** Reads {@code [{scope: "venue:X", days: [mon, fri], from: "08:00", to: "16:30"}]}. */
  static List<Session> parse(Section root) {
    List<Session> sessions = new ArrayList<>();
    root.each("sessions", section -> sessions.add(read(section)));
    return sessions;
  }

  private static Session read(Section section) {
    section.allow("scope", "days", "from", "to", "closed");
    Scope scope = Scope.parse(section.text("scope"));
    if (scope == null
        || scope.kind() != Scope.Kind.INSTRUMENT && scope.kind() != Scope.Kind.VENUE) {
      throw section.wrong("scope", "instrument:ID or venue:NAME");
    }
    int from = minute(section, "from", 0);
    int to = minute(section, "to", MINUTES);
    if (from >= to) {
      throw section.wrong("to", "a time after from; a session over midnight is two of them");
    }
    return new Session(scope, days(section), from, to, closed(section));
  }

  private static int minute(Section section, String key, int absent) {
    String text = section.text(key, print(absent));
    if (text.matches("([01][0-9]|2[0-3]):[0-5][0-9]|24:00")) {
      return Integer.parseInt(text.substring(0, 2)) * 60 + Integer.parseInt(text.substring(3));
    }
    throw section.wrong(key, "a time of the day from 00:00 to 24:00");
  }

  private static String print(int minute) {
    return String.format(Locale.ROOT, "%02d:%02d", minute / 60, minute % 60);
  }

  private static Set<DayOfWeek> days(Section section) {
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (String name : section.texts("days")) {
      boolean isDay = false;
      for (DayOfWeek day : DayOfWeek.values()) {
        if (shortName(day).equals(name)) {
          isDay = days.add(day);
        }
      }
      if (!isDay) {
        throw section.wrong("days", "a list of mon, tue, wed, thu, fri, sat and sun, each once");
      }
    }
    return days.isEmpty() ? EnumSet.allOf(DayOfWeek.class) : days;
  }

  private static String shortName(DayOfWeek day) {
    return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
  }

  private static Set<Long> closed(Section section) {
    Set<Long> closed = new TreeSet<>();
    for (String date : section.texts("closed")) {
      try {
        closed.add(LocalDate.parse(date).toEpochDay());
      } catch (DateTimeParseException e) {
        throw section.wrong("closed", "a list of dates such as 2026-12-25");
      }
    }
    return closed;
  }

  public boolean appliesTo(Instrument instrument) {
    return scope
        .name()
        .equals(scope.kind() == Scope.Kind.INSTRUMENT ? instrument.id() : instrument.venue());
  }

  public boolean isOpen(long us) {
    long day = Times.utcDay(us);
    long minute = Math.floorMod(us, Times.DAY_US) / MINUTE_US;
    return !closed.contains(day)
        && days.contains(LocalDate.ofEpochDay(day).getDayOfWeek())
        && fromMinute <= minute
        && minute < toMinute;
  }

  static void write(List<Session> sessions, JsonWriter json) {
    json.beginArray();
    for (Session session : sessions) {
      json.beginObject().name("scope").value(session.scope.toString()).name("days").beginArray();
      session.days.forEach(day -> json.value(shortName(day)));
      json.endArray().name("from").value(print(session.fromMinute));
      json.name("to").value(print(session.toMinute)).name("closed").beginArray();
      session.closed.forEach(day -> json.value(LocalDate.ofEpochDay(day).toString()));
      json.endArray().endObject();
    }
    json.endArray();
  }
}
