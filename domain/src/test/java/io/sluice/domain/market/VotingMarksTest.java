package io.sluice.domain.market;

import static io.sluice.domain.market.Front.SECOND;
import static io.sluice.domain.market.Front.START;
import static io.sluice.domain.market.Front.trade;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.config.Configuration;
import io.sluice.domain.group.GroupUnderTest;
import io.sluice.domain.journal.Entry;
import io.sluice.domain.wire.Message;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The marks of an asset that three venues list go to every group: they vote on its price. */
class VotingMarksTest {
  private static Front front(String... instruments) {
    String listed =
        Stream.of(instruments)
            .map(
                id ->
                    "{id: '%s', base: 'BTC', quote: 'USD', tick: '0.01', lot: '0.001', min_qty: '1', max_qty: '1', min_notional: '0'}"
                        .formatted(id))
            .collect(Collectors.joining(","));
    Configuration configuration =
        Configuration.parse(
            "test",
            GroupUnderTest.json(
                "{instruments: ["
                    + listed
                    + "], profiles: {p: {}}, accounts: ["
                    + "{id: 'a', group: 'g1', profile: 'p', currency: 'USD'},"
                    + "{id: 'b', group: 'g2', profile: 'p', currency: 'USD'}]}"));
    Front front = new Front(Front.BTC);
    front.market = new InstrumentMarket(Front.BTC, new FrontTerms(configuration));
    return front;
  }

  @Test
  void three_venues_vote_and_two_do_not() {
    Front three = front(Front.BTC, "Y:BTC", "Z:BTC");
    assertThat(three.market.isBlank()).isTrue();
    List<Entry> made = three.at(START, trade(START, "100"));
    assertThat(made).extracting(Entry::group).containsExactly("g1", "g2");
    assertThat(made).extracting(entry -> entry.input().kind()).containsOnly(Message.Kind.MARK);
    assertThat(three.at(START + SECOND, trade(START, "100"))).hasSize(2);

    assertThat(front(Front.BTC, "Y:BTC").at(START, trade(START, "100"))).isEmpty();
  }
}
