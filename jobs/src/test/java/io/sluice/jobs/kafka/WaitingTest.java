package io.sluice.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WaitingTest {
  private final LinkedBlockingQueue<String> said = new LinkedBlockingQueue<>();

  @Test
  void whatIsWaitedForIsSaidAgainAndAgain() throws Exception {
    try (Waiting waiting = new Waiting(Duration.ofMillis(20), () -> "a broker", said::add)) {
      assertThat(said.poll(10, TimeUnit.SECONDS)).isEqualTo("a broker (waiting since 0 s)");
      assertThat(said.poll(10, TimeUnit.SECONDS)).startsWith("a broker");
      assertThat(waiting.sofar()).isGreaterThanOrEqualTo(Duration.ofMillis(40));
      waiting.progressed();
      assertThat(waiting.sofar()).isLessThan(Duration.ofSeconds(10));
    }
  }

  /** The reason is asked for only when it is to be said. */
  @Test
  void aShortWaitIsNotSpokenOf() {
    Waiting waiting =
        new Waiting(
            Duration.ofHours(1),
            () -> {
              throw new AssertionError("asked for");
            },
            said::add);
    waiting.close();
    assertThat(said).isEmpty();
  }
}
