package io.sluice.domain.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EventTest {
  @Test
  void whatWasObservedHasAnIdOfAllThatItSays() {
    Event event = regime("V:A", Event.Severity.INFO, 7, "{\"sigma_daily\":0.0201}");
    assertThat(event.eventId()).matches("[0-9a-f]{32}");
    assertThat(regime("V:A", Event.Severity.INFO, 7, "{\"sigma_daily\":0.0201}").eventId())
        .isEqualTo(event.eventId());
    assertThat(
            Stream.of(
                    event,
                    regime("V:B", Event.Severity.INFO, 7, "{\"sigma_daily\":0.0201}"),
                    regime("V:A", Event.Severity.WARNING, 7, "{\"sigma_daily\":0.0201}"),
                    regime("V:A", Event.Severity.INFO, 8, "{\"sigma_daily\":0.0201}"),
                    regime("V:A", Event.Severity.INFO, 7, "{\"sigma_daily\":0.0202}"))
                .map(Event::eventId))
        .doesNotHaveDuplicates();
  }

  private static Event regime(String instrument, Event.Severity severity, long us, String detail) {
    return Event.observed(
        Event.Type.REGIME,
        "instrument:" + instrument,
        instrument,
        severity,
        us,
        detail.getBytes(StandardCharsets.UTF_8));
  }
}
