package io.sluice.domain.group;

import static io.sluice.domain.group.GroupUnderTest.HOUR;
import static io.sluice.domain.group.GroupUnderTest.json;
import static io.sluice.domain.group.GroupUnderTest.setup;
import static io.sluice.domain.group.Officers.signed;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.journal.Event;
import io.sluice.domain.wire.Command;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What a risk group answers to PUBLISH_MODEL: whether the command counts. */
class PublishModelCommandTest {
  private static final String BODY =
      "{model: 'm', version: '2', bundle: '/models/2', sha256: '" + "a".repeat(64) + "'}";

  private static String answer(GroupUnderTest group) {
    Event last = group.events().get(group.events().size() - 1);
    return last.type() + " " + new String(last.detail(), StandardCharsets.UTF_8);
  }

  private static String told(GroupUnderTest group, String scope, String body, Long from, Long to) {
    group.command("c-" + group.nextOffset(), "PUBLISH_MODEL", scope, body, from, to);
    return answer(group);
  }

  @Test
  void itSaysWhatIsPublishedAndByWhom() {
    GroupUnderTest group = setup().storing().start();
    long later = group.nowUs() + HOUR;
    assertThat(told(group, "firm", BODY, later, null))
        .startsWith("MODEL_PUBLISHED ")
        .contains("\"issued_by\":\"risk\"", "\"effective_at_us\":" + later)
        .contains("\"model\":\"m\",\"version\":\"2\",\"bundle\":\"/models/2\",\"sha256\":\"aaaa");
  }

  @Test
  void whatDoesNotReadIsRefused() {
    GroupUnderTest group = setup().storing().start();
    long later = group.nowUs() + HOUR;
    assertThat(told(group, "account:demo", BODY, null, null)).contains("expected one of the kinds");
    assertThat(told(group, "firm", BODY, null, later)).contains("expires_at_us", "expected null");
    assertThat(told(group, "firm", BODY.replace("aaaa", "a"), null, null))
        .contains("COMMAND_REFUSED", "sha256", "64 small hex digits");
    assertThat(told(group, "firm", BODY.replace("version: '2', ", ""), null, null))
        .contains("version");
    assertThat(told(group, "firm", BODY.replace("'m'", "' '"), null, null))
        .contains("1 to 1000 characters");
    assertThat(told(group, "firm", BODY.replace("model:", "name:"), null, null))
        .contains("name is not a key here");
  }

  @Test
  void itTakesTwoPersons() {
    GroupUnderTest group = setup().with("control", Officers.CONTROL).storing().start();
    Command command =
        new Command(
            "s-1",
            "PUBLISH_MODEL",
            "firm",
            json(BODY),
            "desk",
            "trained anew",
            group.nowUs(),
            null,
            null,
            json("[]"),
            null);
    group.give(signed(command, "ann", "ann2"));
    assertThat(answer(group))
        .startsWith("COMMAND_REFUSED")
        .contains("PUBLISH_MODEL loosens", "two persons");
    group.give(signed(command, "ann", "bob"));
    assertThat(answer(group)).contains("came before with other content");
    Command anew =
        new Command(
            "s-2",
            "PUBLISH_MODEL",
            "firm",
            json(BODY),
            "desk",
            "trained anew",
            group.nowUs(),
            null,
            null,
            json("[]"),
            null);
    group.give(signed(anew, "ann", "bob"));
    assertThat(answer(group)).startsWith("MODEL_PUBLISHED").contains("[\"ann\",\"bob\"]");
  }
}
