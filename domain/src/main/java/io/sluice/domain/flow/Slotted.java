package io.sluice.domain.flow;

import io.sluice.domain.json.JsonWriter;

/**
 * A window of gate time in ten slots and the one that is filling: what is asked of it covers the
 * window in whole and up to a tenth more, never less. Time only goes forward.
 */
abstract class Slotted {
  static final int SLOTS = 11;

  private final long windowUs;
  private final long slotUs;
  private long newest = Long.MIN_VALUE;

  Slotted(long windowUs) {
    this.windowUs = windowUs;
    this.slotUs = Math.max(1, (windowUs + SLOTS - 2) / (SLOTS - 1));
  }

  final long windowUs() {
    return windowUs;
  }

  /** Forgets what lies in a place of the ring. */
  abstract void clear(int place);

  /** Writes what lies in a place of the ring. */
  abstract void write(int place, JsonWriter json);

  /** The place of a time, which is not before any that was asked for. */
  final int turnTo(long nowUs) {
    long slot = Math.floorDiv(nowUs, slotUs);
    if (newest == Long.MIN_VALUE || slot - newest >= SLOTS) {
      for (int place = 0; place < SLOTS; place++) {
        clear(place);
      }
      newest = slot;
    }
    while (newest < slot) {
      newest++;
      clear(place(newest));
    }
    return place(newest);
  }

  /** The oldest slot that a window which ends at a time reaches into, or Long.MAX_VALUE. */
  final long oldest(long nowUs) {
    return newest == Long.MIN_VALUE
        ? Long.MAX_VALUE
        : Math.max(newest - SLOTS + 1, Math.floorDiv(nowUs, slotUs) - SLOTS + 1);
  }

  final long newest() {
    return newest;
  }

  static int place(long slot) {
    return (int) Math.floorMod(slot, (long) SLOTS);
  }

  /** The place of the slot after the one in a place. */
  static int after(int place) {
    return place + 1 == SLOTS ? 0 : place + 1;
  }

  /** Goes on from a stored slot, whose places follow. */
  final void restoreNewest(long slot) {
    newest = slot;
  }

  /** Writes window, newest slot and the places from the oldest into the object that is open. */
  final void writeInto(JsonWriter json) {
    json.name("window_us").value(windowUs).name("newest").value(newest);
    json.name("slots").beginArray();
    for (long slot = newest - SLOTS + 1; slot <= newest; slot++) {
      write(place(slot), json);
    }
    json.endArray();
  }
}
