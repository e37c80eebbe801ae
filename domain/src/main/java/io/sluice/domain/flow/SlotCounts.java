package io.sluice.domain.flow;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.domain.json.JsonWriter;

/** How often things of some kinds happened within a window of gate time. */
public final class SlotCounts extends Slotted {
  private final int kinds;
  private final long[] counts;

  SlotCounts(long windowUs, int kinds) {
    super(windowUs);
    this.kinds = kinds;
    this.counts = new long[SLOTS * kinds];
  }

  void add(int kind, long times, long nowUs) {
    counts[turnTo(nowUs) * kinds + kind] += times;
  }

  long count(int kind, long nowUs) {
    long count = 0;
    long oldest = oldest(nowUs);
    int place = place(oldest);
    for (long slot = oldest; slot <= newest(); slot++) {
      count += counts[place * kinds + kind];
      place = after(place);
    }
    return count;
  }

  /** The same of every kind. */
  long[] counts(long nowUs) {
    long[] sums = new long[kinds];
    long oldest = oldest(nowUs);
    int place = place(oldest);
    for (long slot = oldest; slot <= newest(); slot++) {
      for (int kind = 0; kind < kinds; kind++) {
        sums[kind] += counts[place * kinds + kind];
      }
      place = after(place);
    }
    return sums;
  }

  /** The same for another window; what counts now counts as if it had happened now. */
  SlotCounts resized(long otherWindowUs, long nowUs) {
    SlotCounts resized = new SlotCounts(otherWindowUs, kinds);
    for (int kind = 0; kind < kinds; kind++) {
      resized.add(kind, count(kind, nowUs), nowUs);
    }
    return resized;
  }

  @Override
  void clear(int place) {
    for (int kind = 0; kind < kinds; kind++) {
      counts[place * kinds + kind] = 0;
    }
  }

  @Override
  void write(int place, JsonWriter json) {
    json.beginArray();
    for (int kind = 0; kind < kinds; kind++) {
      json.value(counts[place * kinds + kind]);
    }
    json.endArray();
  }

  static SlotCounts read(JsonNode stored, int kinds) {
    SlotCounts read = new SlotCounts(stored.required("window_us").longValue(), kinds);
    long newest = stored.required("newest").longValue();
    read.restoreNewest(newest);
    for (int i = 0; i < SLOTS; i++) {
      int place = place(newest - SLOTS + 1 + i);
      for (int kind = 0; kind < kinds; kind++) {
        read.counts[place * kinds + kind] = stored.required("slots").path(i).path(kind).longValue();
      }
    }
    return read;
  }
}
