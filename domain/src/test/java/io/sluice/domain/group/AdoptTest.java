package io.sluice.domain.group;

import static io.sluice.domain.group.GroupUnderTest.BTC;
import static io.sluice.domain.group.GroupUnderTest.SECOND;
import static io.sluice.domain.group.GroupUnderTest.setup;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.journal.Event;
import io.sluice.domain.journal.Verifier;
import io.sluice.domain.risk.limit.Scope;
import io.sluice.domain.wire.Side;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A person puts an account's books right, and the journal tells it. */
class AdoptTest {
  private static final Scope DEMO = Scope.account("demo");

  /** Long 10 bought at 100 that are 90 now, and one more ordered. */
  private static GroupUnderTest long10(GroupUnderTest.Setup setup) {
    GroupUnderTest group = setup.storing().start();
    group.trade(BTC, "100");
    group.fill(null, Side.BUY, "10", "100");
    group.trade(BTC, "90");
    group.buy("1").limit("90").id("open").send();
    group.advance(SECOND);
    return group;
  }

  private static String correction(long asOfUs, String booked, String correct) {
    return "{as_of_us: %d, positions: [{instrument: 'X:BTC', booked: '%s', correct: '%s', avg_price: '100'}]}"
        .formatted(asOfUs, booked, correct);
  }

  private static void refused(GroupUnderTest group, String why) {
    Event last = group.events().get(group.events().size() - 1);
    assertThat(last.type()).isEqualTo(Event.Type.COMMAND_REFUSED);
    assertThat(new String(last.detail(), StandardCharsets.UTF_8)).contains(why);
  }

  @Test
  void positions_and_cash_are_what_the_statement_says_and_nothing_else_moves() {
    GroupUnderTest group = long10(setup().limit("firm", "max_daily_loss", "150"));
    var loss = group.state().aggregates().dailyLoss(DEMO);
    var fallen =
        group
            .state()
            .aggregates()
            .peakEquity(DEMO)
            .subtract(group.state().aggregates().equity(DEMO));
    var realised = group.book().realised();

    group.command(
        "ADOPT",
        "account:demo",
        "{as_of_us: %d, cash: {booked: '%s', correct: '777'}, positions: [{instrument: 'X:BTC', booked: '10', correct: '-3', avg_price: '95'}]}"
            .formatted(group.nowUs(), group.book().cash().toPlainString()));

    assertThat(group.events(Event.Type.BOOKS_CORRECTED)).hasSize(1);
    assertThat(group.book().cash()).isEqualByComparingTo("777");
    assertThat(group.position(BTC)).isEqualByComparingTo("-3");
    assertThat(group.book().holding(BTC).position().averagePrice()).isEqualByComparingTo("95");
    assertThat(group.book().positions().of("s")).as("an order at work").isEqualTo(1);
    assertThat(group.book().positions().in(BTC))
        .as("and what nobody is known to have")
        .isEqualTo(2);
    assertThat(group.book().holding(BTC).buyQty()).as("reserved").isEqualByComparingTo("1");
    assertThat(group.book().realised()).isEqualTo(realised);
    assertThat(group.state().aggregates().dailyLoss(DEMO)).isEqualByComparingTo(loss);
    assertThat(
            group
                .state()
                .aggregates()
                .peakEquity(DEMO)
                .subtract(group.state().aggregates().equity(DEMO)))
        .isEqualByComparingTo(fallen);
    assertThat(group.events(Event.Type.BREACH)).isEmpty();
  }

  @Test
  void the_journal_tells_it_and_verifies() {
    GroupUnderTest group = long10(setup());
    group.command("ADOPT", "account:demo", correction(group.nowUs(), "10", "8"));
    group.sell("8").send();
    Verifier verifier = Verifier.ofFile();
    for (byte[] line : group.lines()) {
      assertThat(verifier.check(line)).isNull();
    }
    assertThat(verifier.heads().get("firm").hash()).isEqualTo(group.state().headHash());
  }

  @Test
  void books_that_have_moved_since_are_left_alone() {
    GroupUnderTest group = long10(setup());
    group.command("ADOPT", "account:demo", correction(group.nowUs(), "11", "8"));
    refused(group, "qty of X:BTC is booked as 10, the command took it for 11");
    group.command("ADOPT", "account:demo", "{as_of_us: 1, cash: {booked: '1', correct: '2'}}");
    refused(group, "the command took it for 1");
    assertThat(group.position(BTC)).isEqualByComparingTo("10");
  }

  @Test
  void a_fill_that_the_statement_holds_already_is_not_booked_again() {
    GroupUnderTest group = long10(setup());
    long asOfUs = group.nowUs();
    group.command("ADOPT", "account:demo", correction(asOfUs, "10", "11"));
    group.fill("demo", "late", "open", BTC, Side.BUY, "1", "90", "0", asOfUs);
    assertThat(group.position(BTC)).isEqualByComparingTo("11");
    assertThat(group.book().holding(BTC).buyQty()).as("its order is done").isZero();
    group.fill("demo", "new", null, BTC, Side.BUY, "1", "90", "0", asOfUs + 1);
    assertThat(group.position(BTC)).isEqualByComparingTo("12");
  }

  @Test
  void a_difference_that_was_put_right_is_none_any_more() {
    GroupUnderTest group = long10(setup());
    String cash = group.book().cash().toPlainString();
    group.snapshot("demo", cash, "{'X:BTC': ['10', '100']}");
    group.snapshot("demo", cash, "{'X:BTC': ['8', '100']}");
    assertThat(group.state().aggregates().openBreaks("demo")).isEqualTo(1);
    group.command("ADOPT", "account:demo", correction(group.nowUs(), "10", "8"));
    assertThat(group.state().aggregates().openBreaks("demo")).isZero();
  }

  @Test
  void it_names_what_is_wrong_with_it() {
    GroupUnderTest group = long10(setup());
    group.command("ADOPT", "firm", correction(1, "10", "8"));
    refused(group, "expected one of the kinds [ACCOUNT]");
    group.command("ADOPT", "account:demo", "{as_of_us: 1}");
    refused(group, "body corrects nothing");
    group.command("ADOPT", "account:demo", correction(group.nowUs() + 1, "10", "8"));
    refused(group, "as_of_us is");
    group.command("ADOPT", "account:demo", "{as_of_us: 1, cash: {correct: '2'}}");
    refused(group, "booked");
    assertThat(group.events(Event.Type.BOOKS_CORRECTED)).isEmpty();
  }

  @Test
  void correcting_may_loosen() {
    GroupUnderTest group = long10(setup().with("control", "{authority: 'tighten'}"));
    group.command("ADOPT", "account:demo", correction(group.nowUs(), "10", "8"));
    refused(group, "ADOPT may loosen, and authority tighten");
  }

  @Test
  void books_that_have_not_begun_have_nothing_to_correct() {
    GroupUnderTest group = setup().unknownBooks().start();
    group.command("ADOPT", "account:demo", correction(1, "0", "8"));
    refused(group, "have not begun");
  }
}
