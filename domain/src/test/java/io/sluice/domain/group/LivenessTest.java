package io.sluice.domain.group;

import static io.sluice.domain.group.GroupUnderTest.SECOND;
import static io.sluice.domain.group.GroupUnderTest.setup;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.journal.Event;
import io.sluice.domain.wire.ClockTick;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What a live gate says when nothing else happens. */
class LivenessTest {
  private static GroupUnderTest.Setup live() {
    return setup().with("clock", "'wall'");
  }

  private static String detail(Event event) {
    return new String(event.detail(), StandardCharsets.UTF_8);
  }

  @Test
  void every_clock_entry_of_the_wall_clock_is_a_heartbeat() {
    GroupUnderTest group = live().storing().start();
    group.command("HALT", "account:demo", "{}");
    group.clock(10 * SECOND);
    group.clock(10 * SECOND);

    assertThat(group.events(Event.Type.HEARTBEAT)).hasSize(2);
    Event beat = group.events(Event.Type.HEARTBEAT).get(1);
    assertThat(beat.severity()).isEqualTo(Event.Severity.INFO);
    assertThat(beat.scope()).isEqualTo("group:firm");
    assertThat(beat.eventTimeUs()).isEqualTo(group.nowUs());
    assertThat(detail(beat))
        .isEqualTo(
            "{\"seq\":"
                + group.state().seq()
                + ",\"limits_version\":1,\"configuration_hash\":\""
                + group.state().configurationHash
                + "\",\"halts\":1,\"breaches\":0}");
  }

  @Test
  void a_clock_entry_that_comes_again_is_none() {
    GroupUnderTest group = live().start();
    group.clock(10 * SECOND);
    assertThat(group.fold("clock", new ClockTick(group.nowUs()), null)).isNull();
    assertThat(group.events(Event.Type.HEARTBEAT)).hasSize(1);
  }

  @Test
  void the_event_clock_has_no_heartbeat() {
    GroupUnderTest group = setup().start();
    group.clock(10 * SECOND);
    assertThat(group.events()).isEmpty();
  }
}
