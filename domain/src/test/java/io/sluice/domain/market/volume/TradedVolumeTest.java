package io.sluice.domain.market.volume;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.StrictJson;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.wire.Fields;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The sum over the window is that of the trades in its slots, however long nothing was traded. */
class TradedVolumeTest {
  private static final int SLOTS = 6;
  private static final long SLOT_US = 10;

  private record Traded(long slot, BigDecimal qty) {}

  @Property(tries = 500)
  void the_sum_is_that_of_the_slots_in_the_window_stored_or_not(
      @ForAll @Size(max = 60) List<@IntRange(max = 45) Integer> steps) throws UnreadableException {
    TradedVolume volume = new TradedVolume(SLOTS, SLOT_US);
    List<Traded> all = new ArrayList<>();
    long nowUs = 1_000;
    for (int step : steps) {
      nowUs += step;
      BigDecimal qty = BigDecimal.valueOf(step + 1, 3);
      volume.add(nowUs, qty);
      all.add(new Traded(nowUs / SLOT_US, qty));
      volume = restored(volume);
      assertThat(volume.until(nowUs)).isEqualByComparingTo(expected(all, nowUs / SLOT_US));
    }
    long laterUs = nowUs + 25;
    assertThat(volume.until(laterUs)).isEqualByComparingTo(expected(all, laterUs / SLOT_US));
  }

  private static BigDecimal expected(List<Traded> all, long slot) {
    return all.stream()
        .filter(traded -> traded.slot() > slot - SLOTS)
        .map(Traded::qty)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static TradedVolume restored(TradedVolume volume) throws UnreadableException {
    JsonWriter json = new JsonWriter();
    volume.write(json);
    TradedVolume restored = new TradedVolume(SLOTS, SLOT_US);
    restored.read(new Fields(StrictJson.object(json.toBytes())));
    return restored;
  }

  @Test
  void before_the_first_trade_there_is_no_volume() throws UnreadableException {
    assertThat(restored(new TradedVolume(SLOTS, SLOT_US)).until(5)).isZero();
  }
}
