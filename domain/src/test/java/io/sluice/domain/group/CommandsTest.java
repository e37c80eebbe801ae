package io.sluice.domain.group;

import static io.sluice.domain.group.GroupUnderTest.BTC;
import static io.sluice.domain.group.GroupUnderTest.HOUR;
import static io.sluice.domain.group.GroupUnderTest.MINUTE;
import static io.sluice.domain.group.GroupUnderTest.setup;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.journal.Decision;
import io.sluice.domain.journal.Entry;
import io.sluice.domain.journal.Event;
import io.sluice.domain.json.StrictJson;
import io.sluice.domain.risk.Verdict;
import io.sluice.domain.wire.Message;
import io.sluice.domain.wire.WireReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SET_LIMITS, RESUME and who may do what. */
class CommandsTest {
  private static GroupUnderTest priced(GroupUnderTest.Setup setup) {
    GroupUnderTest group = setup.start();
    group.trade(BTC, "100");
    return group;
  }

  private static GroupUnderTest.Setup tighten() {
    return setup().with("control", "{authority: 'tighten'}");
  }

  private static void approves(GroupUnderTest group, String qty) {
    Decision decision = group.buy("1000").limit("1").send();
    assertThat(decision.ruling().approvedQty()).isEqualByComparingTo(qty);
  }

  private static void refused(GroupUnderTest group, String why) {
    assertThat(group.events(Event.Type.COMMAND_REFUSED)).isNotEmpty();
    Event last = group.events().get(group.events().size() - 1);
    assertThat(last.type()).isEqualTo(Event.Type.COMMAND_REFUSED);
    assertThat(new String(last.detail(), StandardCharsets.UTF_8)).contains(why);
  }

  private static void notRefused(GroupUnderTest group) {
    assertThat(group.events(Event.Type.COMMAND_REFUSED)).isEmpty();
  }

  @Test
  void of_file_and_command_the_tighter_counts() {
    GroupUnderTest group = priced(setup().limit("firm", "max_qty", "10"));
    group.command("SET_LIMITS", "firm", "{max_qty: '5'}");
    approves(group, "5");
    group.command("SET_LIMITS", "firm", "{max_qty: '50'}");
    approves(group, "10");
    notRefused(group);
  }

  @Test
  void a_command_counts_from_its_time_to_its_expiry_and_then_the_one_before_does() {
    GroupUnderTest group = priced(setup());
    long now = group.nowUs();
    group.command("SET_LIMITS", "account:demo", "{max_qty: '8'}");
    group.command("t", "SET_LIMITS", "account:demo", "{max_qty: '2'}", now + MINUTE, now + HOUR);
    approves(group, "8");
    assertThat(group.state().nextCrossingUs()).isEqualTo(now + MINUTE);
    long version = group.state().limitsVersion();
    group.clock(MINUTE);
    approves(group, "2");
    assertThat(group.state().limitsVersion()).isEqualTo(version + 1);
    group.clock(HOUR - MINUTE);
    approves(group, "8");
  }

  @Test
  void only_what_is_understood_counts() {
    GroupUnderTest group = priced(setup());
    group.command("SET_LIMITS", "account:nobody", "{max_qty: '1'}");
    refused(group, "has no account here");
    group.command("SET_LIMITS", "nonsense", "{max_qty: '1'}");
    refused(group, "expected firm, desk:NAME");
    group.command("SET_LIMITS", "firm", "{}");
    refused(group, "sets no limit");
    group.command("SET_LIMITS", "firm", "{max_quantity: '1'}");
    refused(group, "max_quantity is not a key here");
    group.command("SET_LIMITS", "firm", "{max_qty: '-1'}");
    refused(group, "expected a quantity of at least 0");
    group.command("SET_LIMITS", "strategy:demo/s", "{max_daily_loss: '1'}");
    refused(group, "max_daily_loss");
    group.command("DANCE", "firm", "{}");
    refused(group, "DANCE is not a command, expected one of [HALT, RESUME, SET_LIMITS,");
    group.command("x", "HALT", "firm", "{}", null, group.nowUs());
    refused(group, "the command has expired");
    long now = group.nowUs();
    group.command("y", "HALT", "firm", "{}", now + HOUR, now + MINUTE);
    refused(group, "expires_at_us is not after the command takes effect");
    approves(group, "1000");
  }

  @Test
  void tighten_takes_halts_and_tighter_limits_only() {
    GroupUnderTest group = priced(tighten().limit("firm", "max_qty", "10"));
    group.command("SET_LIMITS", "firm", "{max_qty: '5'}");
    notRefused(group);
    approves(group, "5");
    group.command("SET_LIMITS", "firm", "{max_qty: '6'}");
    refused(group, "would be loosened");
    group.command("SET_LIMITS", "firm", "{max_qty: 'unlimited'}");
    refused(group, "would be loosened");
    approves(group, "5");

    group.command("HALT", "firm", "{}");
    group.command("RESUME", "firm", "{}");
    refused(group, "RESUME loosens");
    assertThat(group.buy("1").send().ruling().verdict()).isEqualTo(Verdict.HALT);
  }

  @Test
  void tighten_does_not_set_what_is_not_set_because_that_refuses_every_order() {
    GroupUnderTest group = priced(tighten().unset("max_qty"));
    group.command("SET_LIMITS", "firm", "{max_qty: '5'}");
    refused(group, "would be loosened");
    group.command("SET_LIMITS", "instrument:X:BTC", "{max_qty: '5'}");
    refused(group, "would be loosened");
    assertThat(group.buy("1").send().ruling().reasons()).containsExactly("R02");
  }

  @Test
  void tighten_adds_a_limit_at_a_scope_below_one_that_is_set() {
    GroupUnderTest group = priced(tighten());
    group.command("SET_LIMITS", "strategy:demo/s", "{max_qty: '5'}");
    notRefused(group);
    approves(group, "5");
  }

  @ParameterizedTest
  @CsvSource({
    "'{bound: 0.05, then: halt, release: person}', true",
    "'{bound: 0.05, then: reducing, release: person}', true",
    "'{bound: 0.04, then: reducing, release: 1s}', false",
    "'{bound: 0.04, then: deny, release: next_utc_day}', false",
    "'{bound: 0.06, then: halt, release: person}', false"
  })
  void tighten_lets_neither_consequence_nor_release_get_milder(String limit, boolean counts) {
    GroupUnderTest group = priced(tighten().limit("firm", "max_drawdown", "0.05"));
    String json = limit.replaceAll("(\\w+): ([\\w.]+)", "'$1': '$2'");
    group.command("SET_LIMITS", "firm", "{max_drawdown: " + json + "}");

    assertThat(group.events(Event.Type.COMMAND_REFUSED)).hasSize(counts ? 0 : 1);
  }

  @Test
  void tighten_keeps_what_was_set_ahead() {
    GroupUnderTest group = priced(tighten().limit("firm", "max_qty", "10"));
    group.command("a", "SET_LIMITS", "firm", "{max_qty: '2'}", group.nowUs() + MINUTE, null);
    group.command("b", "SET_LIMITS", "firm", "{max_qty: '3'}", null, null);
    notRefused(group);
    approves(group, "3");
    group.clock(MINUTE);
    approves(group, "2");
  }

  @Test
  void a_resume_does_not_wait_and_does_not_end_a_day_s_loss() {
    GroupUnderTest group = priced(setup().limit("firm", "max_daily_loss", "50"));
    group.fill(null, io.sluice.domain.wire.Side.BUY, "10", "100");
    group.trade(BTC, "90");
    group.command("r", "RESUME", "firm", "{}", group.nowUs() + 1, null);
    refused(group, "effective_at_us");
    group.command("RESUME", "firm", "{}");
    assertThat(group.buy("1").send().ruling().reasons()).contains("R21");
  }

  @Test
  void a_command_id_is_never_forgotten() {
    GroupUnderTest group = priced(setup());
    group.command("halt-1", "HALT", "firm", "{}", null, null);
    group.command("resume-1", "RESUME", "firm", "{}", null, null);
    group.command("halt-2", "HALT", "firm", "{}", null, null);
    group.clock(5 * HOUR);
    group.storeAndRestore();

    group.command("resume-1", "RESUME", "firm", "{}", null, null);
    refused(group, "expected a new command_id");
    assertThat(group.buy("1").send().ruling().verdict()).isEqualTo(Verdict.HALT);
  }

  @Test
  void a_command_id_with_line_breaks_is_an_id_like_any_other() {
    GroupUnderTest group = priced(setup().storing());
    group.command("c", "HALT", "firm", "{}", null, null);
    group.command("c", "HALT", "venue:X", "{}", null, null);
    group.command("c\nd", "HALT", "account:demo", "{}", null, null);

    assertThat(group.events(Event.Type.COMMAND_REFUSED)).hasSize(1);
    assertThat(group.events(Event.Type.HALT)).hasSize(2);
  }

  @Test
  void another_command_under_a_used_id_is_refused_aloud() {
    GroupUnderTest group = priced(setup());
    group.command("c", "RESUME", "firm", "{}", null, null);
    group.command("c", "HALT", "firm", "{}", null, null);
    refused(group, "command_id came before");
    notHalted(group);
  }

  private static void notHalted(GroupUnderTest group) {
    assertThat(group.buy("1").send().ruling().verdict()).isEqualTo(Verdict.ALLOW);
  }

  @Test
  void a_record_that_comes_again_leaves_no_trace_and_a_replayed_one_is_refused_each_time() {
    GroupUnderTest group = priced(setup().storing());
    group.command("c", "HALT", "firm", "{}", null, null);
    Entry halt = group.entries().get(group.entries().size() - 1);
    group.command("r", "RESUME", "firm", "{}", null, null);
    long seq = group.state().seq();
    assertThat(group.fold(halt)).isNull();
    assertThat(group.state().seq()).isEqualTo(seq);

    group.command("c", "HALT", "firm", "{}", null, null);
    Entry replayed = group.entries().get(group.entries().size() - 1);
    assertThat(group.fold(replayed)).isNull();
    group.command("c", "HALT", "firm", "{}", null, null);
    assertThat(group.events(Event.Type.COMMAND_REFUSED)).hasSize(2);
    refused(group, "the command_id was given before");
    notHalted(group);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'command': 7, 'scope': 'firm', 'event_time_us': 1 | command is 7",
        "'command': 'HALT', 'event_time_us': 1 | scope is missing",
        "'command': 'HALT', 'scope': 'firm' | event_time_us is missing",
        "'command': 'HALT', 'scope': 'firm', 'event_time_us': 1, 'body': 3 | body is 3",
        "'command': 'HALT', 'scope': 'firm', 'event_time_us': 1, 'expires_at_us': 'x' |"
            + " expires_at_us is \"x\"",
        "'command': 'HALT', 'scope': 'firm', 'event_time_us': 1, 'signatures': {} | signatures is {}"
      })
  void a_malformed_command_is_refused_and_not_lost(String fields, String why) throws Exception {
    GroupUnderTest group = priced(setup().storing());
    String line = "{'type': 'control', 'command_id': 'm', " + fields + "}";
    Message command = WireReader.read(line.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    group.fold("control", command, null);
    refused(group, "\"command_id\":\"m\"");
    refused(group, why.replace("\"", "\\\""));
    notHalted(group);
    Entry entry = group.entries().get(group.entries().size() - 2);
    assertThat(Entry.read(StrictJson.trusted(entry.toJson())).toJson()).isEqualTo(entry.toJson());
    assertThat(Entry.read(StrictJson.trusted(entry.toJson())).input()).isEqualTo(command);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ", 'scope': null", ", 'scope': {}", ", 'scope': 17"})
  void the_refusal_of_a_command_without_a_scope_stands_at_the_group(String scope) throws Exception {
    GroupUnderTest group = priced(setup());
    String line =
        "{'type':'control','command_id':'m','command':'HALT','event_time_us':1" + scope + "}";
    group.fold(
        "control", WireReader.read(line.replace('\'', '"').getBytes(StandardCharsets.UTF_8)), null);

    refused(group, "scope is ");
    assertThat(group.events().get(group.events().size() - 1).scope()).isEqualTo("group:firm");
    notHalted(group);
  }

  @Test
  void a_defect_is_not_believed_from_outside() throws Exception {
    String line =
        "{'type':'control','command_id':'m','command':'HALT','scope':'firm','event_time_us':1,"
            + "'defect':'none of your business'}";
    GroupUnderTest group = priced(setup());
    group.fold(
        "control", WireReader.read(line.replace('\'', '"').getBytes(StandardCharsets.UTF_8)), null);
    notRefused(group);
  }

  private static void says(Event event, Event.Type type, String detail) {
    assertThat(event.type()).isEqualTo(type);
    assertThat(event.scope()).isEqualTo("account:demo");
    assertThat(new String(event.detail(), StandardCharsets.UTF_8)).isEqualTo(detail);
  }

  /** All events but what follows from them. */
  private static java.util.List<Event> answers(GroupUnderTest group) {
    return group.events().stream()
        .filter(event -> event.type() != Event.Type.TRADING_STATE)
        .toList();
  }

  @Test
  void what_was_commanded_ahead_says_when_it_begins_and_when_it_ends() {
    GroupUnderTest group = priced(setup().storing());
    long now = group.nowUs();
    group.command("h", "HALT", "account:demo", "{}", now + MINUTE, now + 3 * MINUTE);
    group.command(
        "l", "SET_LIMITS", "account:demo", "{max_qty: '2'}", now + 2 * MINUTE, now + 4 * MINUTE);
    assertThat(answers(group)).hasSize(2);
    for (int minute = 1; minute <= 4; minute++) {
      assertThat(group.state().nextCrossingUs()).isEqualTo(now + minute * MINUTE);
      group.clock(MINUTE);
      assertThat(answers(group)).hasSize(2 + minute);
    }
    says(answers(group).get(2), Event.Type.HALT, "{\"command_id\":\"h\",\"begins\":true}");
    says(answers(group).get(3), Event.Type.LIMITS_SET, "{\"command_id\":\"l\",\"begins\":true}");
    says(answers(group).get(4), Event.Type.RESUME, "{\"ended\":\"h\",\"by\":\"time\"}");
    says(answers(group).get(5), Event.Type.LIMITS_ENDED, "{\"ended\":\"l\",\"by\":\"time\"}");
  }

  @Test
  void what_began_and_ended_while_nothing_came_says_both() {
    GroupUnderTest group = priced(setup());
    long now = group.nowUs();
    group.command("h", "HALT", "account:demo", "{}", now + MINUTE, now + 2 * MINUTE);
    group.clock(HOUR);
    assertThat(answers(group))
        .extracting(Event::type)
        .containsExactly(Event.Type.HALT, Event.Type.HALT, Event.Type.RESUME);
  }

  @Test
  void a_resume_says_how_much_it_ended() {
    GroupUnderTest group = priced(setup().limit("firm", "max_drawdown", "0.01"));
    group.command("RESUME", "firm", "{}");
    group.command("HALT", "firm", "{}");
    group.command("HALT", "firm", "{}");
    group.fill(null, io.sluice.domain.wire.Side.BUY, "20", "100");
    group.trade(BTC, "90");
    group.command("RESUME", "firm", "{}");
    assertThat(group.events(Event.Type.RESUME))
        .extracting(event -> new String(event.detail(), StandardCharsets.UTF_8))
        .satisfiesExactly(
            nothing -> assertThat(nothing).endsWith("\"halts_ended\":0,\"breaches_ended\":0}"),
            three -> assertThat(three).endsWith("\"halts_ended\":2,\"breaches_ended\":1}"));
  }
}
