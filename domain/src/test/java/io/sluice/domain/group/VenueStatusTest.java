package io.sluice.domain.group;

import static io.sluice.domain.group.GroupUnderTest.setup;
import static io.sluice.domain.risk.RuleAssert.answer;
import static java.math.BigDecimal.ZERO;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.journal.Event;
import io.sluice.domain.risk.Verdict;
import io.sluice.domain.wire.OrderStatus;
import io.sluice.domain.wire.VenueStatus;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Only what a listed instrument is of is remembered as a venue. */
class VenueStatusTest {
  private static GroupUnderTest.Setup of(String instrument) {
    return setup()
        .with(
            "instruments",
            "[{id: '"
                + instrument
                + "', base: 'BTC', quote: 'USD', tick: '0.01', lot: '0.001', min_qty: '0.001',"
                + " max_qty: '1000000', min_notional: '1'}]");
  }

  @Test
  void made_up_names_are_said_once_and_take_up_no_more_room_than_there_is() {
    GroupUnderTest group = setup().start();
    for (int i = 0; i < 3_000; i++) {
      group.venue("made-up-" + i, VenueStatus.Status.DOWN);
      group.venue("made-up-0", VenueStatus.Status.UP);
    }
    group.storeAndRestore();
    group.venue("made-up-7", VenueStatus.Status.DOWN);
    assertThat(group.events(Event.Type.UNKNOWN_VENUE)).hasSize(100);
    Event first = group.events(Event.Type.UNKNOWN_VENUE).get(0);
    assertThat(first.scope()).isEqualTo("venue:made-up-0");
    assertThat(new String(first.detail(), StandardCharsets.UTF_8))
        .isEqualTo("{\"status\":\"DOWN\"}");
    assertThat(group.state().venues).isEmpty();
    assertThat(group.state().highWater.marks()).hasSizeLessThan(1_100);
    assertThat(group.parts()).hasSizeLessThan(1_200);
  }

  @Test
  void neither_do_made_up_accounts_and_instruments() {
    GroupUnderTest group = setup().start();
    for (int i = 0; i < 1_500; i++) {
      group.snapshot("made-up-" + i, "1", "{}");
      group.fold(
          "orders",
          new OrderStatus(
              "i", "demo", "made-up-" + i, OrderStatus.Status.ACKED, ZERO, ZERO, group.nowUs()),
          null);
    }
    assertThat(group.state().highWater.marks()).hasSizeLessThan(1_100);
  }

  @Test
  void a_venue_that_is_listed_later_counts_from_then_on() {
    GroupUnderTest group = of("X:BTC").storing().start();
    group.venue("Y", VenueStatus.Status.DOWN);
    group.venue("X", VenueStatus.Status.DOWN);
    assertThat(group.events(Event.Type.UNKNOWN_VENUE)).hasSize(1);
    group.configure(of("Y:BTC").configuration());
    assertThat(group.state().venues).isEmpty();
    assertThat(group.state().unknownVenues).isEmpty();
    group.trade("Y:BTC", "100");
    answer(group.buy("1").in("Y:BTC").send(), Verdict.ALLOW, "1");
    group.venue("Y", VenueStatus.Status.DOWN);
    answer(group.buy("1").in("Y:BTC").send(), Verdict.DENY, "0", "R31");
  }
}
