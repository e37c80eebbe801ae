package io.sluice.domain.group;

import static io.sluice.domain.group.GroupUnderTest.BTC;
import static io.sluice.domain.group.GroupUnderTest.HOUR;
import static io.sluice.domain.group.GroupUnderTest.MINUTE;
import static io.sluice.domain.group.GroupUnderTest.json;
import static io.sluice.domain.group.GroupUnderTest.setup;
import static io.sluice.domain.group.Officers.signed;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.journal.Entry;
import io.sluice.domain.journal.Event;
import io.sluice.domain.journal.Verifier;
import io.sluice.domain.json.StrictJson;
import io.sluice.domain.risk.Verdict;
import io.sluice.domain.wire.Command;
import io.sluice.domain.wire.WireReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Authority signed: one person tightens, two loosen, and what is not theirs does nothing. */
class SignedCommandsTest {
  private final GroupUnderTest group =
      setup().with("control", Officers.CONTROL).limit("firm", "max_qty", "10").storing().start();
  private int ids;

  @BeforeEach
  void priced() {
    group.trade(BTC, "100");
  }

  private Command command(String command, String body) {
    return new Command(
        "s-" + ++ids,
        command,
        "firm",
        json(body),
        "desk",
        "drill",
        group.nowUs(),
        null,
        null,
        json("[]"),
        null);
  }

  private void accepted(Command command) {
    int refused = group.events(Event.Type.COMMAND_REFUSED).size();
    group.give(command);
    assertThat(group.events(Event.Type.COMMAND_REFUSED)).as(lastDetail()).hasSize(refused);
  }

  private void refused(String why, Command command) {
    int refused = group.events(Event.Type.COMMAND_REFUSED).size();
    group.give(command);
    assertThat(group.events(Event.Type.COMMAND_REFUSED)).hasSize(refused + 1);
    assertThat(lastDetail()).contains(why);
  }

  private String lastDetail() {
    List<Event> answers =
        group.events().stream().filter(event -> event.type() != Event.Type.TRADING_STATE).toList();
    Event last = answers.get(answers.size() - 1);
    return new String(last.detail(), StandardCharsets.UTF_8);
  }

  private void approves(String qty) {
    assertThat(group.buy("1000").limit("1").send().ruling().approvedQty())
        .isEqualByComparingTo(qty);
  }

  private void isHalted(boolean halted) {
    assertThat(group.buy("1").send().ruling().verdict())
        .isEqualTo(halted ? Verdict.HALT : Verdict.ALLOW);
  }

  @Test
  void one_signature_halts_and_two_persons_resume() {
    accepted(signed(command("HALT", "{}"), "ann"));
    assertThat(lastDetail()).contains("\"issued_by\":\"desk\"", "\"signed_by\":[\"ann\"]");
    isHalted(true);

    refused(
        "loosening needs the signatures of two persons", signed(command("RESUME", "{}"), "ann"));
    refused("it has those of [ann]", signed(command("RESUME", "{}"), "ann"));
    refused("it has those of [ann]", signed(command("RESUME", "{}"), "ann", "ann2"));
    refused("it has those of [ann]", signed(command("RESUME", "{}"), "ann", "ann"));
    isHalted(true);

    accepted(signed(command("RESUME", "{}"), "ann2", "bob"));
    assertThat(lastDetail()).contains("\"signed_by\":[\"ann\",\"bob\"]");
    isHalted(false);
  }

  @Test
  void an_unsigned_command_is_refused_and_its_id_stays_free() {
    Command halt = command("HALT", "{}");
    refused("needs the valid signature of a configured key", halt);
    Entry unsigned = group.entries().get(group.entries().size() - 1);
    assertThat(group.fold(unsigned)).as("emitted again").isNull();
    isHalted(false);

    accepted(signed(halt, "bob"));
    isHalted(true);
    assertThat(group.fold(unsigned)).as("emitted again").isNull();
    refused("needs the valid signature", halt);
  }

  @Test
  void a_signed_command_counts_once() {
    Command resume = signed(command("RESUME", "{}"), "ann", "bob");
    accepted(resume);
    accepted(signed(command("HALT", "{}"), "ann"));
    refused("the command_id was given before", resume);
    refused("command_id came before with other content", signed(resume, "ann2"));
    isHalted(true);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"command\":\"HALT\"|\"command\":\"RESUME\"",
        "\"scope\":\"firm\"|\"scope\":\"account:demo\"",
        "\"body\":{}|\"body\":{\"x\":1}",
        "\"reason\":\"drill\"|\"reason\":\"drilL\"",
        "\"issued_by\":\"desk\"|\"issued_by\":null",
        "\"expires_at_us\":null|\"expires_at_us\":9000000000000000",
        "\"effective_at_us\":null|\"effective_at_us\":9000000000000000",
        "\"command_id\":\"s-1\"|\"command_id\":\"s-2\"",
        "\"key\":\"ann\"|\"key\":\"bob\"",
        "\"signature\":\"|\"signature\":\"A",
      })
  void whatever_is_changed_after_signing_is_noticed(String from, String to) throws Exception {
    String line = new String(signed(command("HALT", "{}"), "ann").toJson(), StandardCharsets.UTF_8);
    assertThat(line).contains(from);
    byte[] tampered = line.replace(from, to).getBytes(StandardCharsets.UTF_8);
    refused("is not one of this command", (Command) WireReader.read(tampered));
    isHalted(false);
  }

  @Test
  void a_key_that_nobody_configured_signs_nothing() throws Exception {
    String line =
        new String(signed(command("HALT", "{}"), "ann").toJson(), StandardCharsets.UTF_8)
            .replace("\"key\":\"ann\"", "\"key\":\"eve\"");
    refused(
        "key \\\"eve\\\" is not configured",
        (Command) WireReader.read(line.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void how_a_command_is_written_does_not_matter_to_its_signature() throws Exception {
    Command given = signed(command("SET_LIMITS", "{max_qty: '5', max_notional: '5000'}"), "ann");
    String spaced =
        StrictJson.trusted(given.toJson())
            .toPrettyString()
            .replace("\"max_qty\" : \"5\"", "\"max_qty\" :   \"5\"");
    accepted((Command) WireReader.read(spaced.getBytes(StandardCharsets.UTF_8)));
    approves("5");
  }

  /** What was signed once has to verify for ever: these bytes may not change. */
  @Test
  void the_signature_of_a_command_is_this_one() {
    Command command =
        new Command(
            "c-1",
            "SET_LIMITS",
            "account:demo",
            json("{max_qty: '5', collar: 0.10}"),
            "ann",
            "thin \u00e9 market",
            1_700_000_000_000_000L,
            null,
            1_700_003_600_000_000L,
            json("[]"),
            null);
    assertThat(new String(command.bytesToSign(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"type\":\"control\",\"command_id\":\"c-1\",\"command\":\"SET_LIMITS\","
                + "\"scope\":\"account:demo\",\"body\":{\"collar\":0.1,\"max_qty\":\"5\"},"
                + "\"issued_by\":\"ann\",\"reason\":\"thin \u00e9 market\","
                + "\"event_time_us\":1700000000000000,\"effective_at_us\":null,"
                + "\"expires_at_us\":1700003600000000}");
    assertThat(signed(command, "ann").signatures().get(0).get("signature").textValue())
        .isEqualTo(GOLDEN);
  }

  private static final String GOLDEN =
      "YFtl87rSrBxDP+cUy2952pCuIokmD61B0m9xOExAf4ute9F5VUdZ3Eoi2EY0MD2N1XjmAsN+YaS7yBytaNvdCA==";

  @Test
  void a_command_that_loosens_does_not_keep() {
    accepted(signed(command("HALT", "{}"), "ann"));
    Command resume = signed(command("RESUME", "{}"), "ann", "bob");
    Command halt = signed(command("HALT", "{}"), "ann");
    group.clock(HOUR + GroupUnderTest.SECOND);
    refused("is 3601 s before the gate's time, expected at most 3600 s", resume);
    accepted(halt);
  }

  @Test
  void an_expired_command_is_refused() {
    Command expired =
        new Command(
            "e",
            "HALT",
            "firm",
            json("{}"),
            "desk",
            "drill",
            group.nowUs(),
            null,
            group.nowUs() + MINUTE,
            json("[]"),
            null);
    group.clock(MINUTE);
    refused("the command has expired", signed(expired, "ann"));
    isHalted(false);
  }

  private Command limits(String maxQty, Long untilUs) {
    Command limits = command("SET_LIMITS", "{max_qty: '" + maxQty + "'}");
    return new Command(
        limits.commandId(),
        limits.command(),
        limits.scope(),
        limits.body(),
        limits.issuedBy(),
        limits.reason(),
        limits.eventTimeUs(),
        null,
        untilUs,
        limits.signatures(),
        null);
  }

  @Test
  void one_tightens_limits_and_two_loosen_them_until_that_ends_by_itself() {
    accepted(signed(limits("2", null), "bob"));
    approves("2");
    refused("max_qty would be loosened", signed(limits("8", null), "ann"));
    approves("2");
    accepted(signed(limits("8", group.nowUs() + HOUR), "ann", "bob"));
    approves("8");
    group.clock(HOUR);
    approves("2");
  }

  @Test
  void one_alone_cannot_undo_what_was_set_ahead() {
    Command ahead =
        new Command(
            "ahead",
            "SET_LIMITS",
            "firm",
            json("{max_qty: '2'}"),
            "desk",
            "drill",
            group.nowUs(),
            group.nowUs() + MINUTE,
            null,
            json("[]"),
            null);
    accepted(signed(ahead, "ann"));
    accepted(signed(limits("5", null), "bob"));
    group.clock(MINUTE);
    approves("2");
  }

  @Test
  void who_signed_can_be_derived_again_from_the_journal() {
    accepted(signed(command("HALT", "{}"), "ann"));
    group.give(command("RESUME", "{}"));
    isHalted(true);
    Verifier verifier = Verifier.ofFile();
    for (byte[] line : group.lines()) {
      assertThat(verifier.check(line)).isNull();
    }
  }
}
