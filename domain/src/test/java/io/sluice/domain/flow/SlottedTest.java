package io.sluice.domain.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.StrictJson;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Windows in slots: never less than the window, at most a tenth more. */
class SlottedTest {
  @Provide
  Arbitrary<List<Integer>> steps() {
    return Arbitraries.integers().between(0, 60).list().ofMaxSize(80);
  }

  @Property(tries = 300)
  void a_count_covers_the_window_and_at_most_a_tenth_more(
      @ForAll("steps") List<Integer> steps, @ForAll @IntRange(min = 1, max = 400) int windowUs) {
    SlotCounts counts = new SlotCounts(windowUs, 2);
    List<Long> times = new ArrayList<>();
    long now = 1_000;
    long slot = Math.max(1, (windowUs + 9) / 10);
    for (int step : steps) {
      now += step;
      counts.add(1, 1, now);
      times.add(now);
      long at = now;
      long within = times.stream().filter(time -> time > at - windowUs).count();
      long withinMore = times.stream().filter(time -> time > at - 11 * slot).count();
      assertThat(counts.count(1, now)).isBetween(within, withinMore);
      assertThat(counts.count(0, now)).isZero();
    }
    assertThat(counts.count(1, now + 12 * slot)).isZero();
  }

  @Property(tries = 200)
  void a_window_that_is_stored_and_read_back_counts_on(
      @ForAll("steps") List<Integer> steps, @ForAll @IntRange(min = 1, max = 400) int windowUs)
      throws Exception {
    SlotCounts straight = new SlotCounts(windowUs, 2);
    SlotCounts stored = new SlotCounts(windowUs, 2);
    PricePath path = new PricePath(windowUs);
    PricePath storedPath = new PricePath(windowUs);
    long now = -500;
    for (int step : steps) {
      now += step;
      straight.add(step % 2, 1, now);
      stored.add(step % 2, 1, now);
      path.see(BigDecimal.valueOf(step), now);
      storedPath.see(BigDecimal.valueOf(step), now);
      stored = SlotCounts.read(StrictJson.trusted(json(stored)), 2);
      storedPath = PricePath.read(StrictJson.trusted(json(storedPath)));
      assertThat(stored.count(0, now)).isEqualTo(straight.count(0, now));
      assertThat(stored.count(1, now + 7)).isEqualTo(straight.count(1, now + 7));
      assertThat(storedPath.atStart(now + 7)).isEqualTo(path.atStart(now + 7));
    }
  }

  private static byte[] json(Slotted slotted) {
    JsonWriter json = new JsonWriter().beginObject();
    slotted.writeInto(json);
    return json.endObject().toBytes();
  }

  @Test
  void a_path_begins_with_the_first_price_of_the_window() {
    PricePath path = new PricePath(100);
    assertThat(path.atStart(0)).isNull();
    path.see(BigDecimal.ONE, 5);
    path.see(BigDecimal.TEN, 9);
    path.see(BigDecimal.TEN, 60);

    assertThat(path.atStart(60)).isEqualByComparingTo("1");
    assertThat(path.atStart(105)).isEqualByComparingTo("1");
    assertThat(path.atStart(111)).isEqualByComparingTo("10");
    assertThat(path.atStart(300)).isNull();
  }

  @Test
  void what_counts_in_one_window_counts_in_another_as_if_it_were_now() {
    SlotCounts counts = new SlotCounts(1_000, 1);
    counts.add(0, 3, 100);
    counts.add(0, 4, 900);

    SlotCounts shorter = counts.resized(10, 1_000);

    assertThat(shorter.count(0, 1_009)).isEqualTo(7);
    assertThat(shorter.count(0, 1_020)).isZero();
  }
}
