package io.sluice.domain.market;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which instruments that are not listed a front knows something of. Anybody can make up names, so
 * there is a bounded number of places for those that no risk group has asked for: some in each of
 * the parts that instruments fall into, whoever works on a part. A place is free again when its
 * instrument has long been silent and another one comes. So what is kept depends on the rows of a
 * part alone, and not on how many work side by side.
 */
public final class UnlistedInstruments {
  /** The places in each part. */
  public static final int PLACES = 16;

  private final long silenceUs;
  private final Map<Integer, Map<String, Long>> unwanted = new ConcurrentHashMap<>();
  private final Set<String> wanted = new HashSet<>();

  /**
   * @param silenceUs after which an instrument may be forgotten, microseconds, from 1 on
   */
  public UnlistedInstruments(long silenceUs) {
    this.silenceUs = silenceUs;
  }

  /** Whether something is known of an instrument already, or there is a place for it. */
  public boolean hasPlaceFor(int part, String instrument) {
    Map<String, Long> places = unwanted.getOrDefault(part, Map.of());
    return places.size() < PLACES || places.containsKey(instrument) || wanted.contains(instrument);
  }

  /**
   * Frees the place of the instrument that has been silent for longest, of those that may be
   * forgotten; of equals the first by name.
   *
   * @param nowUs the time of the row that needs a place, epoch microseconds
   * @return the one to forget; null where there is none
   */
  public String release(int part, long nowUs) {
    Map<String, Long> places = unwanted.getOrDefault(part, Map.of());
    String longest = null;
    for (Map.Entry<String, Long> place : places.entrySet()) {
      if (nowUs - place.getValue() > silenceUs
          && (longest == null || place.getValue() < places.get(longest))) {
        longest = place.getKey();
      }
    }
    if (longest != null) {
      places.remove(longest);
    }
    return longest;
  }

  /**
   * Something is known of an instrument.
   *
   * @param isWanted whether a risk group gets its marks: then it needs no place
   * @param lastUs its own time, epoch microseconds
   */
  public void keep(int part, String instrument, boolean isWanted, long lastUs) {
    if (!isWanted) {
      unwanted.computeIfAbsent(part, none -> new TreeMap<>()).put(instrument, lastUs);
    } else if (wanted.add(instrument)) {
      unwanted.getOrDefault(part, new TreeMap<>()).remove(instrument);
    }
  }

  /** How many have a place, or are wanted. */
  public int count() {
    return wanted.size() + unwanted.values().stream().mapToInt(Map::size).sum();
  }
}
