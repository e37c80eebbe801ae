package io.sluice.domain.market;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Notices sources of market data that are silent: a topic of which nothing has come for a while, or
 * nothing since the start, and a listed instrument of which nothing has come since the start. What
 * has been heard of an instrument once may be silent for as long as nobody holds it; where somebody
 * does, the group's own watch of its marks says so.
 *
 * <p>It knows what it has heard since it began, and nothing of before.
 */
public final class SourceWatch {
  private final long boundUs;
  private final Map<String, Source> topics = new TreeMap<>();
  private final Map<String, Source> instruments = new TreeMap<>();
  private long startUs = -1;

  /** What is heard of one source. */
  private static final class Source {
    private long lastUs = -1;
    private boolean isSilent;
  }

  /**
   * A source has gone silent, or is so no longer.
   *
   * @param topic its name, or null where it is an instrument
   * @param instrument its id, or null where it is a topic
   * @param ageUs how long nothing had come, since the start where nothing ever had
   * @param lastUs when something came in last, epoch microseconds, or null where nothing has
   */
  public record Change(
      String topic, String instrument, boolean isSilent, long ageUs, Long lastUs) {}

  /**
   * @param topics their names
   * @param instruments their ids
   * @param boundUs how long nothing may come, microseconds
   */
  public SourceWatch(Set<String> topics, Set<String> instruments, long boundUs) {
    this.boundUs = boundUs;
    topics.forEach(topic -> this.topics.put(topic, new Source()));
    instruments.forEach(instrument -> this.instruments.put(instrument, new Source()));
  }

  /**
   * Something has come in.
   *
   * @param arrivedUs when, epoch microseconds: what is read late arrived when it did
   */
  public void heard(String topic, String instrument, long arrivedUs) {
    heard(topics.get(topic), arrivedUs);
    heard(instruments.get(instrument), arrivedUs);
  }

  private static void heard(Source source, long arrivedUs) {
    if (source != null) {
      source.lastUs = Math.max(source.lastUs, arrivedUs);
    }
  }

  /** What has changed by a time, epoch microseconds; the first time is the start. */
  public List<Change> at(long nowUs) {
    if (startUs < 0) {
      startUs = nowUs;
    }
    List<Change> changes = new ArrayList<>();
    topics.forEach(
        (name, source) -> {
          long ageUs = ageUs(source, nowUs);
          if (turns(source, ageUs > boundUs)) {
            changes.add(new Change(name, null, source.isSilent, ageUs, lastUs(source)));
          }
        });
    instruments.forEach(
        (id, source) -> {
          long ageUs = ageUs(source, nowUs);
          if (turns(source, source.lastUs < 0 && ageUs > boundUs)) {
            changes.add(new Change(null, id, source.isSilent, ageUs, lastUs(source)));
          }
        });
    return changes;
  }

  /** A start is none of the source's: it has the whole bound after it. */
  private long ageUs(Source source, long nowUs) {
    return Math.max(0, nowUs - Math.max(source.lastUs, startUs));
  }

  private static boolean turns(Source source, boolean isSilent) {
    boolean turns = source.isSilent != isSilent;
    source.isSilent = isSilent;
    return turns;
  }

  private static Long lastUs(Source source) {
    return source.lastUs < 0 ? null : (Long) source.lastUs;
  }
}
