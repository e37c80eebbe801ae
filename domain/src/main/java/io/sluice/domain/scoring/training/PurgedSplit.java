package io.sluice.domain.scoring.training;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Parts rows by time so that no label of a training row looks into the time it is judged by.
 *
 * <p>A row takes from its time to the end of its label. Purged are training rows whose time meets
 * that of a row they are judged by; the embargo takes out those that begin within a while after it
 * (López de Prado, Advances in Financial Machine Learning, chapter 7).
 */
public final class PurgedSplit {
  private final long[] startsUs;
  private final long[] endsUs;
  private final long embargoUs;

  /**
   * @param startsUs of the rows, never falling
   * @param endsUs of their labels, none before its start
   */
  public PurgedSplit(long[] startsUs, long[] endsUs, long embargoUs) {
    this.startsUs = startsUs;
    this.endsUs = endsUs;
    this.embargoUs = embargoUs;
  }

  /**
   * Rows to teach with and rows to judge by, as indices, both ascending.
   *
   * @param train what is left of the other rows
   * @param test in one piece
   */
  public record Fold(int[] train, int[] test) {}

  /** The last part of the rows to judge by, and of those before it what does not reach into it. */
  public Fold tail(double part) {
    int from = (int) StrictMath.round(startsUs.length * (1 - part));
    return fold(from, startsUs.length);
  }

  /** As many folds, each of which judges by one piece and teaches with the rest. */
  public List<Fold> folds(int count) {
    List<Fold> folds = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int from = (int) ((long) startsUs.length * i / count);
      int to = (int) ((long) startsUs.length * (i + 1) / count);
      folds.add(fold(from, to));
    }
    return folds;
  }

  private Fold fold(int from, int to) {
    long fromUs = from < to ? startsUs[from] : Long.MAX_VALUE;
    long toUs = Long.MIN_VALUE;
    for (int i = from; i < to; i++) {
      toUs = Math.max(toUs, endsUs[i]);
    }
    long freeUs = from < to ? toUs + embargoUs : Long.MIN_VALUE;
    int[] train =
        IntStream.range(0, startsUs.length)
            .filter(i -> i < from ? endsUs[i] < fromUs : i >= to && startsUs[i] > freeUs)
            .toArray();
    return new Fold(train, IntStream.range(from, to).toArray());
  }
}
