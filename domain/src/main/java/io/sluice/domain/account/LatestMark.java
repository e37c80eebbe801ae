package io.sluice.domain.account;

import io.sluice.domain.wire.Mark;

/** The newest mark of an instrument, which all positions in it are valued by. */
public final class LatestMark {
  private Mark mark;
  private long stampUs;

  /** Null before the first has come. */
  public Mark mark() {
    return mark;
  }

  public boolean isMissing() {
    return mark == null;
  }

  public void set(Mark next) {
    mark = next;
    stampUs =
        next.receiveTimeUs() == null
            ? next.eventTimeUs()
            : Math.min(next.eventTimeUs(), next.receiveTimeUs());
  }

  /** The older of the stamps of one that has come, epoch microseconds. */
  public long stampUs() {
    return stampUs;
  }

  /** Daily volatility of the instrument, or null where it is not known. */
  public Double sigmaDaily() {
    return mark == null ? null : mark.sigmaDaily();
  }
}
