package io.sluice.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {
  @Test
  void percentilesAreExact() {
    Latencies latencies = Latencies.ofNanos(LongStream.rangeClosed(1, 1_000).map(n -> n * 1_000));
    assertThat(latencies.count()).isEqualTo(1_000);
    assertThat(latencies.ms(0.5)).isEqualTo(0.5);
    assertThat(latencies.ms(0.99)).isEqualTo(0.99);
    assertThat(latencies.ms(1)).isEqualTo(1);
    assertThat(Latencies.ofNanos(LongStream.empty()).ms(0.5)).isNaN();
  }

  /** What waits behind a slow one waited too; what is sent slowly at first is due later. */
  @Test
  void aThingCountsFromWhenItWasDueAndOnce() {
    PacedArrivals arrivals = new PacedArrivals(4, 1_000_000, 2_000_000, 1);
    assertThat(arrivals.dueNanos(0)).isEqualTo(1_000_000);
    assertThat(arrivals.dueNanos(1)).isEqualTo(11_000_000);
    assertThat(arrivals.dueNanos(2)).isEqualTo(13_000_000);
    for (int number = 0; number < 3; number++) {
      arrivals.arrived(number, 14_000_000);
    }
    arrivals.arrived(2, 99_000_000);
    arrivals.arrived(-1, 99_000_000);
    assertThat(arrivals.missing()).isEqualTo(1);
    Latencies latencies = arrivals.latencies(1);
    assertThat(latencies.count()).isEqualTo(2);
    assertThat(latencies.ms(0.5)).isEqualTo(1);
    assertThat(latencies.ms(1)).isEqualTo(3);
  }
}
