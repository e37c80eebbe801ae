package io.sluice.domain.market.volume;

import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.wire.Fields;
import java.math.BigDecimal;
import java.util.Arrays;

/**
 * The quantity traded in a sliding window, kept by slots: the slot that time is in and as many
 * before it as the window has, less one. A trade costs the same however many there were.
 */
public final class TradedVolume {
  private final long slotUs;
  private final BigDecimal[] traded;
  private long newest = Long.MIN_VALUE;
  private BigDecimal sum = BigDecimal.ZERO;

  /**
   * @param slots how many slots the window has
   * @param slotUs the length of each, microseconds
   */
  public TradedVolume(int slots, long slotUs) {
    this.slotUs = slotUs;
    this.traded = new BigDecimal[slots];
    Arrays.fill(traded, BigDecimal.ZERO);
  }

  /** Takes a trade in; time does not go back. */
  public void add(long timeUs, BigDecimal qty) {
    advance(timeUs);
    int at = at(newest);
    traded[at] = traded[at].add(qty);
    sum = sum.add(qty);
  }

  /** What was traded in the window that ends at a time, which does not go back. */
  public BigDecimal until(long timeUs) {
    advance(timeUs);
    return sum;
  }

  private void advance(long timeUs) {
    long slot = Math.floorDiv(timeUs, slotUs);
    if (slot <= newest) {
      return;
    }
    long first = newest == Long.MIN_VALUE ? slot : Math.max(newest + 1, slot - traded.length + 1);
    for (long passed = first; passed <= slot; passed++) {
      int at = at(passed);
      sum = sum.subtract(traded[at]);
      traded[at] = BigDecimal.ZERO;
    }
    newest = slot;
  }

  private int at(long slot) {
    return (int) Math.floorMod(slot, (long) traded.length);
  }

  /** Writes it as an object; the quantities from the newest slot back, without the last zeros. */
  public void write(JsonWriter json) {
    json.beginObject().name("newest");
    if (newest == Long.MIN_VALUE) {
      json.nullValue().endObject();
      return;
    }
    json.value(newest).name("traded").beginArray();
    int last = traded.length - 1;
    while (last > 0 && traded[at(newest - last)].signum() == 0) {
      last--;
    }
    for (int back = 0; back <= last; back++) {
      json.value(traded[at(newest - back)]);
    }
    json.endArray().endObject();
  }

  /** Fills an empty window with what was written. */
  public void read(Fields stored) throws UnreadableException {
    if (stored.isAbsent("newest")) {
      return;
    }
    newest = stored.whole("newest");
    int back = 0;
    for (var qty : stored.array("traded")) {
      traded[at(newest - back)] = new BigDecimal(qty.textValue());
      sum = sum.add(traded[at(newest - back)]);
      back++;
    }
  }
}
