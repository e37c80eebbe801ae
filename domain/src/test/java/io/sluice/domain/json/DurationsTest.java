package io.sluice.domain.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
  @Test
  void whatIsPrintedReadsBack() {
    for (long us : new long[] {1, 1_000, 1_500, 600_000_000L, 604_800_000_000L}) {
      assertThat(Durations.parseUs(Durations.print(us))).isEqualTo(us);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10", "m", "-1s", "1.5s", "1 s", "10000000000s", "9999999999d"})
  void whatIsNoDurationOrTooLongIsNone(String text) {
    assertThat(Durations.parseUs(text)).isNull();
  }
}
