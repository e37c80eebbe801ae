package io.sluice.domain.market.bar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.wire.Aggressor;
import io.sluice.domain.wire.Fields;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The bars of one instrument at several intervals. A trade costs the same however many intervals
 * there are: the bars of a longer one are made of those of the next shorter one.
 *
 * <p>Time is the front's: the order time of rows. One that goes back counts as the newest. A bar is
 * closed by the first row at or after its end, before that row counts, so that what is in a bar
 * does not depend on what closes it. Bars are closed in the order of their ends, and of those with
 * one end the shorter first.
 *
 * <p>The first bar of a series, and the first after a break, holds what was seen of its interval.
 */
public final class BarSeries {
  private final BarBuilder[] builders;
  private long nowUs = Long.MIN_VALUE;
  private long dueUs = Long.MAX_VALUE;

  /**
   * @param intervals at least one
   */
  public BarSeries(Collection<BarInterval> intervals) {
    this.builders =
        new TreeSet<>(intervals).stream().map(BarBuilder::new).toArray(BarBuilder[]::new);
    if (builders.length == 0) {
      throw new IllegalArgumentException("no interval, expected at least one");
    }
  }

  /**
   * Takes a trade in, behind the bars that it closes.
   *
   * @param timeUs its order time, epoch microseconds
   */
  public void add(
      long timeUs,
      BigDecimal price,
      BigDecimal qty,
      Aggressor aggressor,
      Consumer<TradedBar> closed) {
    advance(timeUs, closed);
    builders[0].add(nowUs, price, qty, price.multiply(qty), aggressor);
    dueUs = Math.min(dueUs, builders[0].dueUs());
  }

  /** Time has come so far: closes the bars that have ended. */
  public void advance(long timeUs, Consumer<TradedBar> closed) {
    nowUs = Math.max(nowUs, timeUs);
    while (nowUs >= dueUs) {
      closeNext(closed);
    }
  }

  private void closeNext(Consumer<TradedBar> closed) {
    int next = 0;
    for (int i = 1; i < builders.length; i++) {
      if (builders[i].dueUs() < builders[next].dueUs()) {
        next = i;
      }
    }
    TradedBar bar = builders[next].close();
    if (bar.trades() > 0 && next + 1 < builders.length) {
      builders[next + 1].add(bar);
    }
    due();
    closed.accept(bar);
  }

  private void due() {
    dueUs = Long.MAX_VALUE;
    for (BarBuilder builder : builders) {
      dueUs = Math.min(dueUs, builder.dueUs());
    }
  }

  /** Its state, an object. */
  public void write(JsonWriter json) {
    json.beginObject().name("now_us").value(nowUs == Long.MIN_VALUE ? null : (Long) nowUs);
    json.name("open").beginArray();
    for (BarBuilder builder : builders) {
      builder.write(json);
    }
    json.endArray().endObject();
  }

  /**
   * Fills an empty series with what was written. An interval that is new begins with the next
   * trades; one that is no longer wanted is dropped, with what the next longer one has not got of
   * it yet.
   */
  public void read(Fields stored) throws UnreadableException {
    if (stored.isAbsent("now_us")) {
      return;
    }
    nowUs = stored.time("now_us");
    for (JsonNode node : stored.array("open")) {
      Fields fields = new Fields((ObjectNode) node);
      BarInterval interval = BarInterval.of(fields.text("interval"));
      for (BarBuilder builder : builders) {
        if (builder.interval() == interval) {
          builder.read(fields);
        }
      }
    }
    due();
  }
}
