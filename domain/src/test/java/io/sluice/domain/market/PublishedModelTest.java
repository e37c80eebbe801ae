package io.sluice.domain.market;

import static io.sluice.domain.market.Front.BTC;
import static io.sluice.domain.market.Front.SECOND;
import static io.sluice.domain.market.Front.START;
import static io.sluice.domain.market.Front.trade;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.config.ControlTerms;
import io.sluice.domain.journal.Event;
import io.sluice.domain.scoring.BundleException;
import io.sluice.domain.scoring.FeatureRows;
import io.sluice.domain.scoring.Predictor;
import io.sluice.domain.scoring.Publication;
import io.sluice.domain.scoring.Publications;
import io.sluice.domain.scoring.PublishedBundles;
import io.sluice.domain.wire.Command;
import io.sluice.domain.wire.Intent;
import io.sluice.domain.wire.TimeInForce;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** PUBLISH_MODEL in a market: another version takes over between two rows, or is refused. */
class PublishedModelTest {
  private static final String DIGEST = "0".repeat(64);

  private final Bundles bundles = new Bundles();
  private final Front front = new Front(BTC);
  private int commands;
  private int seconds;

  PublishedModelTest() {
    front.market = new InstrumentMarket(BTC, terms());
  }

  /** What lies in the folders, and what has been read of it so far. */
  private static final class Bundles implements PublishedBundles {
    final Map<String, Loaded> folders = new TreeMap<>();
    final Set<String> unread = new HashSet<>();
    final List<String> asked = new ArrayList<>();
    final List<String> lost = new ArrayList<>();

    @Override
    public void ask(Publication publication) {
      asked.add(publication.version());
    }

    @Override
    public Loaded due(Publication publication) {
      return unread.contains(publication.bundle()) ? null : folders.get(publication.bundle());
    }

    @Override
    public Loaded restored(Publication publication) {
      return folders.get(publication.bundle());
    }

    @Override
    public void lost(Publication publication, BundleException why) {
      lost.add(publication.version() + ": " + why.getMessage());
    }
  }

  /** Tells down whatever it sees, the surer the later the version. */
  private static Predictor bear(double up) {
    return new Predictor() {
      @Override
      public double probability(FeatureRows rows) {
        return up;
      }

      @Override
      public double[] contributions(FeatureRows rows) {
        return new double[] {-1, 0};
      }
    };
  }

  private FrontTerms terms() {
    return Front.termsWithModel("open", bundles, new Publications());
  }

  private void bundle(String version) {
    bundles.folders.put(
        version, PublishedBundles.Loaded.of(Front.model(version, Front.FEATURES, bear(0.1))));
  }

  private Command publish(String version, Long effectiveAtUs) {
    return publish("teller", version, version, effectiveAtUs);
  }

  private Command publish(String model, String version, String folder, Long effectiveAtUs) {
    return publish("c-" + ++commands, model, version, folder, effectiveAtUs);
  }

  private Command publish(
      String id, String model, String version, String folder, Long effectiveAtUs) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("model", model).put("version", version).put("bundle", folder).put("sha256", DIGEST);
    return new Command(
        id,
        "PUBLISH_MODEL",
        "firm",
        body,
        "ann",
        "trained anew",
        START,
        effectiveAtUs,
        null,
        JsonNodeFactory.instance.arrayNode(),
        null);
  }

  private long nowUs() {
    return START + seconds * SECOND;
  }

  private void give(Command command) {
    front.at(nowUs(), command);
  }

  /** A trade a second, each of which closes the second before; prices rise and fall. */
  private void trades(int count) {
    for (int i = 0; i < count; i++) {
      seconds++;
      front.at(nowUs(), trade(nowUs(), String.valueOf(1_000 + seconds * 7 % 11)));
    }
  }

  private static long endUs(String score) {
    return Long.parseLong(score.replaceAll(".*\"event_time_us\":(\\d+).*", "$1"));
  }

  private static String version(String score) {
    return score.replaceAll(".*\"model_version\":\"([^\"]*)\".*", "$1");
  }

  private List<String> versions() {
    return front.scores.stream().map(PublishedModelTest::version).toList();
  }

  private static List<String> repeated(String version, int times) {
    return Stream.generate(() -> version).limit(times).toList();
  }

  private Event event() {
    assertThat(front.events).hasSize(1);
    return front.events.get(0);
  }

  private static String detail(Event event) {
    return new String(event.detail(), StandardCharsets.UTF_8);
  }

  /** A market that has seen the same trades, and no command. */
  private Front undisturbed() {
    Front other = new Front(BTC);
    other.market = new InstrumentMarket(BTC, terms());
    for (int i = 1; i <= seconds; i++) {
      long time = START + i * SECOND;
      other.at(time, trade(time, String.valueOf(1_000 + i * 7 % 11)));
    }
    return other;
  }

  @Test
  void itTakesOverBetweenTwoRowsAtItsTime() {
    bundle("2");
    trades(3);
    give(publish("2", nowUs() + 7 * SECOND));
    assertThat(bundles.asked).containsExactly("2");
    trades(12);
    // The first trade closes no second. That of its time closes the second before it.
    List<String> expected = new ArrayList<>(repeated("1", 8));
    expected.addAll(repeated("2", 6));
    assertThat(versions()).isEqualTo(expected);
    assertThat(endUs(front.scores.get(8))).isEqualTo(START + 10 * SECOND);
    assertThat(front.scores.get(13)).contains("\"side\":\"SELL\",\"confidence\":0.9");
    assertThat(event().type()).isEqualTo(Event.Type.MODEL_IN_FORCE);
    assertThat(event().scope()).isEqualTo("instrument:" + BTC);
    assertThat(event().eventTimeUs()).isEqualTo(START + 10 * SECOND);
    assertThat(detail(event()))
        .isEqualTo(
            "{\"command_id\":\"c-1\",\"model\":\"teller\",\"version\":\"2\",\"bundle\":\"2\","
                + "\"sha256\":\""
                + DIGEST
                + "\",\"replaced\":\"1\"}");
    assertThat(front.entries)
        .filteredOn(entry -> entry.input() instanceof Intent)
        .isNotEmpty()
        .allSatisfy(
            entry -> assertThat(((Intent) entry.input()).expectedReturn()).isGreaterThan(0));
  }

  @Test
  void aCommandIsNoRowOfTheMarket() {
    bundles.folders.put("2", PublishedBundles.Loaded.refused("no"));
    front.at(START, Front.buy("i", "a", null, TimeInForce.IOC));
    Front other = new Front(BTC);
    other.market = new InstrumentMarket(BTC, terms());
    other.at(START, Front.buy("i", "a", null, TimeInForce.IOC));
    for (int i = 1; i < 40; i++) {
      long time = START + i * 700_000;
      front.at(time, trade(time, String.valueOf(1_000 + i % 3)));
      front.at(time + 650_000, publish("2", null));
      other.at(time, trade(time, String.valueOf(1_000 + i % 3)));
    }
    assertThat(front.entries).extracting(entry -> entry.input().toString()).isNotEmpty();
    assertThat(front.entries.stream().map(entry -> entry.input()).toList())
        .isEqualTo(other.entries.stream().map(entry -> entry.input()).toList());
    assertThat(front.scores).isEqualTo(other.scores);
  }

  @Test
  void oneWithoutATimeTakesOverAtOnce() {
    bundle("2");
    trades(3);
    give(publish("2", null));
    assertThat(event().eventTimeUs()).isEqualTo(nowUs());
    trades(2);
    assertThat(versions()).containsExactly("1", "1", "2", "2");
  }

  @Test
  void aBadOneIsRefusedAndTheOldOneGoesOnAsIfNothingHadBeen() {
    bundles.folders.put("2", PublishedBundles.Loaded.refused("the probe row scores 0.3"));
    trades(3);
    give(publish("2", nowUs() + 3 * SECOND));
    trades(10);
    assertThat(front.scores).isEqualTo(undisturbed().scores);
    assertThat(event().type()).isEqualTo(Event.Type.MODEL_REFUSED);
    assertThat(event().severity()).isEqualTo(Event.Severity.ERROR);
    assertThat(detail(event()))
        .contains("\"version\":\"2\"")
        .endsWith("\"kept\":\"1\",\"why\":\"the probe row scores 0.3\"}");
  }

  @Test
  void oneOfAnotherVersionOrOfOtherFeaturesOrForNoModelIsRefused() {
    bundle("2");
    bundles.folders.put(
        "3", PublishedBundles.Loaded.of(Front.model("3", List.of("made_up@1s"), bear(0.1))));
    give(publish("teller", "4", "2", null));
    give(publish("3", null));
    give(publish("seer", "2", "2", null));
    assertThat(front.events)
        .extracting(Event::type)
        .containsExactly(
            Event.Type.MODEL_REFUSED, Event.Type.MODEL_REFUSED, Event.Type.MODEL_REFUSED);
    assertThat(detail(front.events.get(0))).contains("has the version 2, expected 4");
    assertThat(detail(front.events.get(1))).contains("wants the feature made_up@1s");
    assertThat(detail(front.events.get(2)))
        .contains("no model seer is configured, expected one of [teller]");
    trades(3);
    assertThat(versions()).containsExactly("1", "1");
  }

  @Test
  void ofTwoEachTakesOverAtItsTimeInWhateverOrderTheyCame() {
    bundle("2");
    bundle("3");
    bundle("4");
    trades(2);
    give(publish("3", START + 8 * SECOND));
    give(publish("2", START + 5 * SECOND));
    trades(9);
    assertThat(versions()).containsExactly("1", "1", "1", "2", "2", "2", "3", "3", "3", "3");
    give(publish("2", START + 13 * SECOND));
    give(publish("4", START + 13 * SECOND));
    trades(3);
    assertThat(versions().subList(10, 13)).containsExactly("3", "4", "4");
  }

  @Test
  void anIdCountsOnce() {
    bundle("2");
    bundle("3");
    give(publish("c", "teller", "2", "2", null));
    give(publish("teller", "3", "3", null));
    give(publish("c", "teller", "2", "2", null));
    trades(2);
    assertThat(versions()).containsExactly("3");
    assertThat(front.events).hasSize(2);
  }

  @Test
  void oneWithoutTheAuthorityChangesNothing() {
    bundle("2");
    front.market =
        new InstrumentMarket(BTC, Front.termsWithModel("tighten", bundles, new Publications()));
    give(publish("2", null));
    trades(3);
    assertThat(versions()).containsExactly("1", "1");
    assertThat(front.events).isEmpty();
    assertThat(bundles.asked).isEmpty();
  }

  @Test
  void whileItIsNotKnownWhetherOneThatIsDueCanBeUsedNothingIsSaid() {
    bundle("2");
    bundles.unread.add("2");
    trades(3);
    give(publish("2", nowUs() + 2 * SECOND));
    assertThat(front.market.nextClockUs()).isEqualTo(nowUs() + 2 * SECOND);
    trades(5);
    assertThat(front.market.isLoadingModel()).isTrue();
    assertThat(versions()).containsExactly("1", "1", "1");
    assertThat(front.events).isEmpty();
    bundles.unread.clear();
    trades(2);
    assertThat(front.market.isLoadingModel()).isFalse();
    assertThat(versions()).containsExactly("1", "1", "1", "2", "2");
    assertThat(event().eventTimeUs()).isEqualTo(START + 5 * SECOND);
  }

  @Test
  void anOldOneThatHadToBeSilentGoesOnWithAllItHasSeen() {
    bundles.folders.put("2", PublishedBundles.Loaded.refused("no"));
    bundles.unread.add("2");
    trades(3);
    give(publish("2", nowUs() + SECOND));
    trades(20);
    bundles.unread.clear();
    trades(40);
    List<String> all = undisturbed().scores;
    assertThat(front.scores.subList(0, 2)).isEqualTo(all.subList(0, 2));
    assertThat(front.scores.subList(2, 42)).isEqualTo(all.subList(22, 62));
  }

  @Test
  void restartedAtAnyRowItGoesOnAsOneThatNeverWas() {
    bundle("2");
    bundle("3");
    bundles.folders.put("4", PublishedBundles.Loaded.refused("no"));
    Map<String, byte[]> stored = new TreeMap<>();
    Front straight = new Front(BTC);
    straight.market = new InstrumentMarket(BTC, terms());
    for (int i = 0; i < 40; i++) {
      trades(1);
      straight.at(nowUs(), trade(nowUs(), String.valueOf(1_000 + seconds * 7 % 11)));
      Command command =
          switch (i) {
            case 3 -> publish("3", START + 20 * SECOND);
            case 5 -> publish("2", START + 10 * SECOND);
            case 7 -> publish("4", START + 12 * SECOND);
            case 25 -> publish("2", null);
            default -> null;
          };
      if (command != null) {
        front.at(nowUs(), command);
        straight.at(nowUs(), command);
      }
      MarketParts.takeChanged(front.market).forEach(stored::put);
      front.market = MarketParts.read(BTC, terms(), stored);
    }
    assertThat(front.scores).isEqualTo(straight.scores);
    assertThat(front.events.stream().map(PublishedModelTest::detail).toList())
        .hasSize(4)
        .isEqualTo(straight.events.stream().map(PublishedModelTest::detail).toList());
    assertThat(versions().stream().distinct().toList()).containsExactly("1", "2", "3");
    assertThat(versions().get(38)).isEqualTo("2");
  }

  @Test
  void whatCannotBeLoadedAfterARestartIsReplacedByNothing() {
    bundle("2");
    trades(3);
    give(publish("2", null));
    trades(2);
    Map<String, byte[]> stored = new TreeMap<>(MarketParts.takeChanged(front.market));
    bundles.folders.put("2", PublishedBundles.Loaded.refused("the folder is gone"));
    front.market = MarketParts.read(BTC, terms(), stored);
    assertThat(bundles.lost).containsExactly("2: the folder is gone");
    trades(5);
    assertThat(front.scores).hasSize(4);
    bundle("3");
    give(publish("3", null));
    assertThat(detail(front.events.get(1))).endsWith("\"replaced\":null}");
    trades(1);
    assertThat(versions().get(4)).isEqualTo("3");
  }

  @Test
  void aMarketOfWhichNothingElseIsKnownRemembersIt() {
    bundle("2");
    assertThat(front.market.isBlank()).isTrue();
    give(publish("2", nowUs() + SECOND));
    assertThat(front.market.isBlank()).isFalse();
    Map<String, byte[]> stored = new TreeMap<>(MarketParts.takeChanged(front.market));
    front.market = MarketParts.read(BTC, terms(), stored);
    trades(3);
    assertThat(versions()).containsExactly("2", "2");
  }

  @Test
  void aNewMarketScoresByWhatWasPublishedBefore() {
    bundle("2");
    bundle("3");
    Publications before = new Publications();
    ControlTerms open = terms().control();
    before.take(open, publish("b", "teller", "3", "3", null), START - 2);
    before.take(open, publish("c", "teller", "2", "2", null), START - 1);
    front.market = new InstrumentMarket(BTC, Front.termsWithModel("open", bundles, before));
    assertThat(front.market.isBlank()).isTrue();
    trades(3);
    // The commands are read once more, by a front that begins a little earlier.
    give(publish("b", "teller", "3", "3", null));
    give(publish("c", "teller", "2", "2", null));
    trades(1);
    assertThat(versions()).containsExactly("2", "2", "2");
    assertThat(event().type()).isEqualTo(Event.Type.MODEL_IN_FORCE);
  }

  /** What was refused when it was published is refused now, and what it did not replace goes on. */
  @Test
  void aNewMarketScoresByTheNewestThatCanBeUsed() {
    bundle("2");
    bundle("3");
    bundles.folders.put("4", PublishedBundles.Loaded.refused("no"));
    Publications before = new Publications();
    ControlTerms open = terms().control();
    before.take(open, publish("b", "teller", "3", "3", null), START - 4);
    before.take(open, publish("c", "teller", "2", "2", null), START - 3);
    before.take(open, publish("d", "teller", "4", "4", null), START - 2);
    before.take(open, publish("e", "teller", "5", "2", null), START - 1);
    before.take(open, publish("f", "teller", "3", "3", START + 5 * SECOND), START - 1);
    bundles.unread.add("4");
    front.market = new InstrumentMarket(BTC, Front.termsWithModel("open", bundles, before));
    trades(2);
    assertThat(versions()).as("until it is known").isEmpty();
    Map<String, byte[]> stored = new TreeMap<>(MarketParts.takeChanged(front.market));
    front.market = MarketParts.read(BTC, terms(), stored);
    bundles.unread.clear();
    trades(3);
    assertThat(versions()).containsExactly("2", "2", "3");
    assertThat(front.events.stream().map(event -> event.type() + detail(event)).toList())
        .hasSize(4)
        .satisfiesExactly(
            other -> assertThat(other).contains("MODEL_REFUSED", "\"e\"", "expected 5"),
            bad -> assertThat(bad).contains("MODEL_REFUSED", "\"d\"", "\"kept\":\"1\""),
            good -> assertThat(good).contains("MODEL_IN_FORCE", "\"c\"", "\"replaced\":\"1\""),
            later -> assertThat(later).contains("MODEL_IN_FORCE", "\"f\"", "\"replaced\":\"2\""));
  }

  @Test
  void noMoreMayWaitThanAreKept() {
    bundle("2");
    for (int i = 0; i < 101; i++) {
      give(publish("2", nowUs() + (i + 1) * SECOND));
    }
    assertThat(event().type()).isEqualTo(Event.Type.MODEL_REFUSED);
    assertThat(detail(event())).contains("\"command_id\":\"c-101\"", "100 publications wait");
  }
}
