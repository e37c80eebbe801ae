package io.sluice.domain.market;

import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.Times;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.wire.Fields;
import io.sluice.domain.wire.Mark;
import io.sluice.domain.wire.Trade;
import java.math.BigDecimal;

/**
 * Decides which trades make a mark: the first of each one-second slot, one at which the crash state
 * changes, one 0.1 % or more from the last mark's price. The rest of a slot is carried by the first
 * row after it.
 */
final class MarkSlots {
  private static final BigDecimal MOVE = new BigDecimal("0.001");

  private long slotUs = -1;
  private int ordinal;
  private BigDecimal marked;
  private BigDecimal markedUp;
  private BigDecimal markedDown;
  private BigDecimal high;
  private BigDecimal low;
  private boolean crashed;
  private boolean isPending;

  /** Takes a trade in; returns whether a mark is due now. */
  boolean isDue(Trade trade, long frontTimeUs, boolean crashedNow) {
    BigDecimal price = trade.price();
    high = high == null ? price : high.max(price);
    low = low == null ? price : low.min(price);
    boolean isFirstOfSlot = slotOf(frontTimeUs) > slotUs;
    boolean hasMoved =
        marked == null || price.compareTo(markedUp) >= 0 || price.compareTo(markedDown) <= 0;
    isPending = true;
    return isFirstOfSlot || crashedNow != crashed || hasMoved;
  }

  /** Whether a slot has ended whose last trades no mark has carried yet. */
  boolean isRestDue(long frontTimeUs) {
    return isPending && slotOf(frontTimeUs) > slotUs;
  }

  /**
   * When the rest of the slot is due, on the front's clock; Long.MAX_VALUE where nothing is left.
   */
  long restDueUs() {
    return isPending ? slotUs + Times.SECOND_US : Long.MAX_VALUE;
  }

  /** The mark that is due, of the newest trade. */
  Mark take(Trade last, long frontTimeUs, boolean crashedNow, Double sigmaDaily) {
    long slot = slotOf(frontTimeUs);
    ordinal = slot == slotUs ? ordinal + 1 : 1;
    slotUs = slot;
    crashed = crashedNow;
    marked(last.price());
    Mark mark =
        new Mark(
            last.instrument(),
            last.price(),
            high,
            low,
            last.eventTimeUs(),
            last.receiveTimeUs(),
            crashed,
            slotUs,
            ordinal,
            sigmaDaily);
    high = null;
    low = null;
    isPending = false;
    return mark;
  }

  private void marked(BigDecimal price) {
    marked = price;
    markedUp = price.add(price.multiply(MOVE));
    markedDown = price.subtract(price.multiply(MOVE));
  }

  /**
   * The mark for a group that has just asked: of the newest trade, with the highest and lowest
   * price of the last minute.
   */
  Mark first(
      Trade last, BigDecimal highest, BigDecimal lowest, boolean crashedNow, Double sigmaDaily) {
    return new Mark(
        last.instrument(),
        last.price(),
        highest,
        lowest,
        last.eventTimeUs(),
        last.receiveTimeUs(),
        crashedNow,
        Math.max(slotUs, 0),
        ordinal,
        sigmaDaily);
  }

  private static long slotOf(long frontTimeUs) {
    return frontTimeUs - Math.floorMod(frontTimeUs, Times.SECOND_US);
  }

  void write(JsonWriter json) {
    json.beginObject()
        .name("slot_us")
        .value(slotUs < 0 ? (Long) null : (Long) slotUs)
        .name("ordinal")
        .value(ordinal);
    json.name("marked").value(marked).name("high").value(high).name("low").value(low);
    json.name("crashed").value(crashed).name("pending").value(isPending).endObject();
  }

  static MarkSlots read(Fields fields) throws UnreadableException {
    MarkSlots slots = new MarkSlots();
    Long slotUs = fields.optionalTime("slot_us");
    slots.slotUs = slotUs == null ? -1 : slotUs;
    slots.ordinal = (int) fields.whole("ordinal");
    if (!fields.isAbsent("marked")) {
      slots.marked(fields.amount("marked"));
    }
    slots.high = fields.optionalAmount("high");
    slots.low = fields.optionalAmount("low");
    slots.crashed = fields.optionalFlag("crashed");
    slots.isPending = fields.optionalFlag("pending");
    return slots;
  }
}
