package io.sluice.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.cli.SharedBroker;
import io.sluice.domain.config.Configuration;
import io.sluice.domain.config.ModelChoice;
import io.sluice.domain.group.GroupState;
import io.sluice.domain.market.FrontTerms;
import io.sluice.domain.scoring.BundleException;
import io.sluice.domain.scoring.Model;
import io.sluice.domain.scoring.Publication;
import io.sluice.domain.scoring.Publications;
import io.sluice.domain.scoring.PublishedBundles;
import io.sluice.jobs.Checkpoints;
import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.kafka.Topic;
import io.sluice.jobs.live.LiveJob;
import io.sluice.scoring.BundleLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same as {@link StoredSavepointsTest} for a gate with everything on that keeps state: every
 * kind of part of groups and of instruments is there, comes back whole, and is gone on from.
 */
class StoredEverythingTest {
  static final Path BUNDLES = Path.of("src/test/resources/bundles");

  /** The part of an instrument that says what commands have published. */
  private static final String PUBLICATIONS = "publications";

  @TempDir Path folder;

  /** All of them, or the newest: those before it hold less. */
  static Stream<StoredSavepoint> stored() throws IOException {
    List<StoredSavepoint> all = StoredSavepoint.all(true);
    return all.stream().skip(Boolean.getBoolean("sluice.long") ? 0 : all.size() - 1);
  }

  @ParameterizedTest
  @MethodSource("stored")
  void isRestored(StoredSavepoint stored) throws Exception {
    KafkaSettings kafka = SharedBroker.get().settings().withPrefix(stored.prefix());
    EmbeddedGate.Options options =
        EverythingScenario.options(
            folder,
            StoreSavepointTest.profile(folder, stored.otherBackend()),
            Files.readString(stored.configuration()),
            kafka,
            stored.otherParallelism());
    FrontTerms terms =
        new FrontTerms(
            options.configuration().risk(),
            StoredEverythingTest::model,
            new Bundles(),
            new Publications());

    Map<String, GroupState> before = new TreeMap<>();
    Map<String, Map<String, String>> parts = GateStates.read(stored.folder().toAbsolutePath());
    parts.forEach((group, of) -> before.put(group, StoredParts.readWhole(group, of)));
    everyKindIsThere(parts);
    everythingIsThere(before.get("first"));
    Map<String, Map<String, byte[]>> markets = GateStates.markets(stored.folder().toAbsolutePath());
    markets.forEach((instrument, of) -> StoredParts.requireWhole(instrument, terms, of));
    everyKindOfMarketIsThere(markets);
    String version = published(markets.get(EverythingScenario.A), options.configuration().risk());

    try (Desk desk = Desk.open(kafka)) {
      stored.fill(kafka);
      stored.putInto(options.folder());
      boolean wentOn;
      try (EmbeddedGate gate = EmbeddedGate.unbounded(options)) {
        EverythingScenario scenario = new EverythingScenario(desk);
        wentOn = scenario.after(before.get("first").gateTimeUs());
        if (wentOn) {
          assertThat(scenario.scores(version)).as("the version that scored before").isNotEmpty();
        }
        gate.stop();
      }
      Path savepoint = Checkpoints.newestIn(LiveJob.checkpointsIn(options.folder())).orElseThrow();
      Map<String, Map<String, String>> after = GateStates.read(savepoint);
      itWentOn(desk, wentOn);
      for (String group : parts.keySet()) {
        assertThat(after.get(group).keySet())
            .as("what commands have said and others have estimated is kept")
            .containsAll(named(parts.get(group).keySet(), "command:", "correlation:"));
      }
      Map<String, Map<String, byte[]>> marketsAfter = GateStates.markets(savepoint);
      marketsAfter.forEach((instrument, of) -> StoredParts.requireWhole(instrument, terms, of));
      assertThat(marketsAfter.get(EverythingScenario.A).get(PUBLICATIONS))
          .as("what was published and waits")
          .isEqualTo(markets.get(EverythingScenario.A).get(PUBLICATIONS));
      StoredParts.requireAsOneThatNeverStopped(after, before, kafka, desk);
    }
  }

  private static Model model(ModelChoice choice) {
    return model(choice.bundle());
  }

  private static Model model(String folder) {
    BundleLoader loader =
        new BundleLoader(folder, name -> Files.readAllBytes(Path.of(folder).resolve(name)));
    return loader.load(loader.bundle());
  }

  /** Those that commands have published, where they were then. */
  private static final class Bundles implements PublishedBundles {
    @Override
    public void ask(Publication publication) {
      // They are read when they are wanted.
    }

    @Override
    public Loaded due(Publication publication) {
      return Loaded.of(model(publication.bundle()));
    }

    @Override
    public Loaded restored(Publication publication) {
      return due(publication);
    }

    @Override
    public void lost(Publication publication, BundleException why) {
      throw why;
    }
  }

  /** The version that scores for the account: what was published, or the configuration's. */
  private static String published(Map<String, byte[]> market, Configuration configured) {
    if (!market.containsKey(PUBLICATIONS)) {
      return model(configured.models().get(0)).bundle().version();
    }
    JsonNode publications = Desk.json(market.get(PUBLICATIONS));
    assertThat(publications.path("waiting").path(0).path("command_id").asText()).isEqualTo("later");
    return publications.path("in_force").path(0).path("version").textValue();
  }

  private static List<String> named(Set<String> parts, String... prefixes) {
    return parts.stream().filter(name -> Stream.of(prefixes).anyMatch(name::startsWith)).toList();
  }

  /** What stands before the colon of their names, over all groups or instruments. */
  private static Set<String> kinds(Map<String, ? extends Map<String, ?>> parts) {
    Set<String> kinds = new TreeSet<>();
    parts.values().forEach(of -> of.keySet().forEach(name -> kinds.add(name.split(":")[0])));
    return kinds;
  }

  private static void everyKindIsThere(Map<String, Map<String, String>> parts) {
    assertThat(kinds(parts))
        .contains("head", "control", "sums", "config", "book", "order", "twin", "twin-order")
        .contains("mark", "ids", "high", "command", "flow", "user-rules", "correlation");
    Set<String> flow = new TreeSet<>();
    named(parts.get("first").keySet(), "flow:").forEach(name -> flow.add(name.split(":")[1]));
    assertThat(flow).hasSizeGreaterThanOrEqualTo(5);
    JsonNode control = StoredParts.json(parts.get("first").get("control"));
    for (String said : List.of("halts", "limits", "restrictions", "overrides", "parameters")) {
      assertThat(control.path(said)).as(said).isNotEmpty();
    }
    assertThat(control.path("rollout").path("plan").isMissingNode()).isFalse();
    JsonNode ofQuiet = StoredParts.json(parts.get("second").get("control"));
    assertThat(ofQuiet.path("signs_of_life")).isNotEmpty();
    assertThat(StoredParts.json(parts.get("first").get("user-rules")).path("commands")).hasSize(2);
  }

  private static void everythingIsThere(GroupState first) {
    assertThat(first.book("a").holding(EverythingScenario.A).position().qty())
        .isEqualByComparingTo("3");
    assertThat(first.book("a").holding(EverythingScenario.IN_EUROS).position().qty())
        .isEqualByComparingTo("1");
    assertThat(first.book("a").lossesInARow()).isEqualTo(1);
    assertThat(first.view().estimatedCorrelation("AAA", "DDD")).isEqualByComparingTo("0.4");
  }

  private static void everyKindOfMarketIsThere(Map<String, Map<String, byte[]>> markets) {
    assertThat(markets.keySet()).containsAll(EverythingScenario.INSTRUMENTS);
    assertThat(kinds(markets)).contains("head", "watches", "guard", "prices", "receive-lag");
    assertThat(markets.get(EverythingScenario.A).keySet())
        .contains("volatility", "volume", "bars", "features:tick", "features:peers")
        .contains("features:1s", "features:1m", "model:direction", "model:shadow")
        .contains("watch:volatility", "watch:regime", "watch:anomalies");
    JsonNode head = Desk.json(markets.get(EverythingScenario.A).get("head"));
    assertThat(head.path("strategies")).hasSize(2);
    JsonNode watches = Desk.json(markets.get(EverythingScenario.A).get("watches"));
    assertThat(watches.toString()).contains("a-rests");
  }

  private static void itWentOn(Desk desk, boolean wentOn) {
    Map<String, JsonNode> decisions = new TreeMap<>();
    for (byte[] line : desk.all(Topic.RISK_DECISIONS)) {
      JsonNode decision = Desk.json(line);
      decisions.put(decision.path("intent_id").asText(), decision);
    }
    JsonNode large = decisions.get("after-2");
    assertThat(large.path("reasons").toString()).contains("R03", "U01");
    assertThat(outcome(large, "R03").path("limit").asText())
        .as("the limit that a command has set")
        .isEqualTo("3");
    assertThat(outcome(large, "U01").path("why").asText())
        .as("the rule that a command has set, and not the one that another has taken away")
        .contains("large")
        .doesNotContain("taken away");
    assertThat(decisions.get("after-3").path("reasons").toString()).contains("R33");
    assertThat(decisions.get("after-4").path("verdict").asText()).isEqualTo("HALT");
    assertThat(decisions.get("after-5").path("approved_qty").asText()).isEqualTo("0");
    if (wentOn) {
      assertThat(decisions.get("after-1").path("verdict").asText()).isEqualTo("ALLOW");
      assertThat(desk.all(Topic.MARKET_SCORES)).isNotEmpty();
    }
  }

  private static JsonNode outcome(JsonNode decision, String rule) {
    for (JsonNode outcome : decision.path("outcomes")) {
      if (outcome.path("rule").asText().equals(rule)) {
        return outcome;
      }
    }
    throw new AssertionError("no " + rule + " in " + decision);
  }
}
