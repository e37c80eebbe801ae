package io.sluice.domain.group;

import static io.sluice.domain.group.GroupUnderTest.HOUR;
import static io.sluice.domain.group.GroupUnderTest.MINUTE;
import static io.sluice.domain.group.GroupUnderTest.SECOND;
import static io.sluice.domain.group.GroupUnderTest.START_US;
import static io.sluice.domain.group.GroupUnderTest.json;
import static io.sluice.domain.group.GroupUnderTest.setup;
import static io.sluice.domain.group.Officers.signed;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.config.ControlTerms;
import io.sluice.domain.journal.Cause;
import io.sluice.domain.journal.Entry;
import io.sluice.domain.journal.Event;
import io.sluice.domain.json.StrictJson;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.scoring.Publication;
import io.sluice.domain.scoring.Publications;
import io.sluice.domain.wire.Command;
import io.sluice.domain.wire.WireReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What publishes a model counts for all risk groups and all markets, or for none. */
class AdmissionTest {
  private static final String BODY =
      "{model: 'm', version: '2', bundle: '/models/2', sha256: '" + "a".repeat(64) + "'}";
  private static final ControlTerms TERMS =
      setup().with("control", Officers.CONTROL).configuration().control();

  private final Admission admission = new Admission(TERMS);

  private static Cause record(long offset) {
    return new Cause("control.commands", 0, offset, 0);
  }

  private static Command command(String id, String name, long us, Long untilUs, String... keys) {
    String scope = name.equals(Publication.COMMAND) ? "firm" : "account:demo";
    String body = name.equals(Publication.COMMAND) ? BODY : "{}";
    return signed(
        new Command(id, name, scope, json(body), "desk", "r", us, null, untilUs, json("[]"), null),
        keys);
  }

  private static Command publish(String id, String... keys) {
    return command(id, Publication.COMMAND, START_US, null, keys);
  }

  private Command admitted(Command command, long offset) {
    return admission.admit(command, record(offset), START_US + SECOND);
  }

  @Test
  void anIdStandsForItsFirstRecord() throws UnreadableException {
    Command first = publish("c-1", "ann", "bob");
    assertThat(admitted(first, 5)).isSameAs(first);
    assertThat(admitted(first, 5)).as("the same record again").isSameAs(first);
    Command again = admitted(first, 6);
    assertThat(again.defect())
        .isEqualTo(
            "the command_id was given before, in control.commands/0/5, expected a new command_id");
    assertThat(WireReader.recorded(StrictJson.object(again.toJson())))
        .as("a journal reads it back")
        .isEqualTo(again);
    admitted(command("c-2", "HALT", START_US, null, "ann"), 7);
    assertThat(admitted(publish("c-2", "ann", "bob"), 8).defect()).contains("/0/7");
    Admission restarted = new Admission(TERMS);
    restarted.read(StrictJson.trusted(admission.toJson()));
    assertThat(restarted.admit(first, record(5), START_US).defect()).isNull();
    assertThat(restarted.admit(first, record(9), START_US).defect()).contains("/0/5");
    assertThat(restarted.toJson()).isEqualTo(admission.toJson());
  }

  @Test
  void whatCountsForNobodyTakesNoId() {
    admitted(publish("c-1"), 1);
    admitted(publish("c-1", "ann").refused("it is malformed"), 2);
    admitted(command("c-1", "HEARTBEAT", START_US, null, "ann"), 3);
    assertThat(new String(admission.toJson(), StandardCharsets.UTF_8)).isEqualTo("{}");
    assertThat(admitted(publish("c-1", "ann", "bob"), 4).defect()).isNull();
  }

  @Test
  void oneThatComesTooLateIsRefusedByTheTimeAtWhichItCame() {
    Command last = publish("c-1", "ann", "bob");
    assertThat(admission.admit(last, record(1), START_US + HOUR).defect()).isNull();
    Command late = publish("c-2", "ann", "bob");
    assertThat(admission.admit(late, record(2), START_US + HOUR + 1).defect())
        .contains("PUBLISH_MODEL loosens", "is 3600 s before", "expected at most 3600 s");
    Command other = command("c-3", "RESUME", START_US, null, "ann", "bob");
    assertThat(admission.admit(other, record(3), START_US + 2 * HOUR))
        .as("others are judged where they are folded")
        .isSameAs(other);
  }

  /** A group that the command touches or not, and that folds it sooner or later. */
  private static final class Group {
    private final GroupUnderTest fold = setup().with("control", Officers.CONTROL).storing().start();
    private final boolean hasTheAccount;
    private final long lagUs;

    Group(boolean hasTheAccount, long lagUs) {
      this.hasTheAccount = hasTheAccount;
      this.lagUs = lagUs;
    }

    void give(Command command, Cause cause, long cameUs) {
      if (hasTheAccount || "firm".equals(command.scope())) {
        fold.advance(Math.max(0, cameUs + lagUs - fold.nowUs()));
        fold.fold(new Entry("firm", cause, fold.nowUs(), command, null));
      }
    }

    List<String> published() {
      return fold.events(Event.Type.MODEL_PUBLISHED).stream()
          .map(event -> new String(event.detail(), StandardCharsets.UTF_8))
          .map(detail -> detail.replaceAll(".*\"command_id\":\"([^\"]*)\".*", "$1"))
          .toList();
    }
  }

  private record Came(Command command, long us) {}

  private static List<Came> random(Random random) {
    List<Came> commands = new ArrayList<>();
    long nowUs = START_US;
    for (int i = 0; i < 25; i++) {
      nowUs += random.nextInt(3) * MINUTE;
      if (i > 0 && random.nextInt(6) == 0) {
        commands.add(new Came(commands.get(random.nextInt(i)).command(), nowUs));
        continue;
      }
      List<String> keys =
          List.of(
                  List.of("ann", "bob"),
                  List.of("ann", "bob"),
                  List.of("ann", "ann2"),
                  List.<String>of())
              .get(random.nextInt(4));
      Command command =
          command(
              "c-" + random.nextInt(15),
              List.of("PUBLISH_MODEL", "PUBLISH_MODEL", "HALT", "HEARTBEAT").get(random.nextInt(4)),
              nowUs - (random.nextInt(4) == 0 ? 2 * HOUR : 0),
              random.nextInt(8) == 0 ? nowUs + HOUR : null,
              keys.toArray(String[]::new));
      boolean isMalformed = random.nextInt(10) == 0;
      commands.add(new Came(isMalformed ? command.refused("it is malformed") : command, nowUs));
    }
    return commands;
  }

  /** The front is killed on its way and goes back to what it had stored. */
  @Property(tries = 20)
  void groupsAndMarketsComeToTheSame(@ForAll long seed) throws UnreadableException {
    Random random = new Random(seed);
    List<Came> commands = random(random);
    int stored = random.nextInt(commands.size());
    int killed = stored + random.nextInt(commands.size() - stored);
    Group prompt = new Group(true, 1_000);
    Group behind = new Group(false, 5 * HOUR);
    Admission router = new Admission(TERMS);
    Publications market = new Publications();
    byte[] routerState = router.toJson();
    byte[] marketState = market.toJson();
    Map<Integer, Boolean> taken = new HashMap<>();
    List<Integer> read =
        IntStream.concat(IntStream.range(0, killed), IntStream.range(stored, commands.size()))
            .boxed()
            .toList();
    for (int i = 0; i < read.size(); i++) {
      int offset = read.get(i);
      if (i == stored) {
        routerState = router.toJson();
        marketState = market.toJson();
      }
      if (i == killed) {
        router = new Admission(TERMS);
        router.read(StrictJson.trusted(routerState));
        market.read(StrictJson.trusted(marketState));
      }
      Came came = commands.get(offset);
      Command admitted = router.admit(came.command(), record(offset), came.us());
      prompt.give(admitted, record(offset), came.us());
      behind.give(admitted, record(offset), came.us());
      if (Publication.COMMAND.equals(admitted.command())) {
        boolean counts = market.take(TERMS, admitted, came.us()) != null;
        assertThat(taken.getOrDefault(offset, counts)).isEqualTo(counts);
        taken.put(offset, counts);
      }
    }
    List<String> inTheMarket =
        taken.entrySet().stream()
            .filter(Map.Entry::getValue)
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> commands.get(entry.getKey()).command().commandId())
            .toList();
    assertThat(prompt.published()).isEqualTo(inTheMarket).doesNotHaveDuplicates();
    assertThat(behind.published()).isEqualTo(inTheMarket);
  }
}
