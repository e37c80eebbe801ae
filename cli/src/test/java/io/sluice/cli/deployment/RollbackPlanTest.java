package io.sluice.cli.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.cli.stack.StackException;
import io.sluice.cli.state.StoredOperators;
import io.sluice.jobs.Uids;
import io.sluice.operators.state.StoredForms;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was deployed is kept together, and what rules a way back out is said with what to do. */
class RollbackPlanTest {
  private static final Path SAVEPOINT =
      Path.of("src/test/resources/savepoints/state-1-rules-1-hashmap");

  @TempDir Path folder;
  private Path state;
  private Deployments deployments;

  @BeforeEach
  void anEmptyStateFolder() {
    state = folder.resolve("gate");
    deployments = Deployments.in(state);
  }

  private Path configuration(String skewMs, String prefix) throws IOException {
    return Files.writeString(
        folder.resolve("live.yaml"),
        "max_clock_skew_ms: "
            + skewMs
            + "\nkafka: {bootstrap: \"kafka:1\", topic_prefix: \""
            + prefix
            + "\"}\n");
  }

  private Path jar(String content) throws IOException {
    return Files.writeString(folder.resolve("job.jar"), content);
  }

  private Deployment deploy(String jar, String skewMs) throws IOException {
    return deployments
        .prepare(configuration(skewMs, ""), jar(jar))
        .deployed("job submit", 2, Optional.of(SAVEPOINT), true);
  }

  private RollbackPlan plan(Integer to) throws IOException {
    return RollbackPlan.of(deployments, to, Map.of());
  }

  /** As a record of a build that calls it otherwise. */
  private void rename(Deployment deployment, String from, String to) throws IOException {
    Path record = deployments.configurationOf(deployment).resolveSibling("deployment.json");
    String json = Files.readString(record);
    Files.writeString(record, json.replace("\"" + from + "\"", "\"" + to + "\""));
  }

  /** As a record of another build has it. */
  private void rewrite(Deployment deployment, String field, int value) throws IOException {
    Path record = deployments.configurationOf(deployment).resolveSibling("deployment.json");
    String json = Files.readString(record);
    Files.writeString(
        record, json.replaceFirst("\"" + field + "\" : \\d+", "\"" + field + "\" : " + value));
  }

  @Test
  void whatWasDeployedIsKeptAsItWas() throws IOException {
    Deployment first = deploy("one", "1000");
    deploy("two", "2000");
    assertThat(deployments.all()).hasSize(2).first().isEqualTo(first);
    assertThat(first.number()).isEqualTo(1);
    assertThat(first.from()).endsWith("state-1-rules-1-hashmap");
    assertThat(deployments.configurationOf(first)).content().contains("max_clock_skew_ms: 1000");
    assertThat(deployments.jarOf(first).orElseThrow()).hasContent("one");
    Deployment again =
        deployments.prepare(first).deployed("rollback to 1", 2, Optional.empty(), true);
    assertThat(again.number()).isEqualTo(3);
    assertThat(again.isAs(first)).isTrue();
    assertThat(again.from()).isNull();
  }

  @Test
  void theWayBackIsToTheLastThatWasAnother() throws IOException {
    deploy("one", "1000");
    Deployment good = deploy("one", "2000");
    deploy("two", "2000");
    deploy("two", "2000");
    RollbackPlan plan = plan(null);
    assertThat(plan.to()).isEqualTo(good);
    assertThat(plan.now().number()).isEqualTo(4);
    assertThat(plan.refusals()).isEmpty();
    assertThat(plan.configuration().orElseThrow().risk().maxClockSkewUs()).isEqualTo(2_000_000);
    assertThat(plan(1).to().number()).isEqualTo(1);
  }

  @Test
  void whereThereIsNoneBeforeThereIsNoWayBack() throws IOException {
    assertThatThrownBy(() -> plan(null))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("nothing was deployed with this state folder");
    deploy("one", "1000");
    deploy("one", "1000");
    assertThatThrownBy(() -> plan(null))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("there is nothing to go back to")
        .hasMessageContaining("./sluice job resume");
    assertThatThrownBy(() -> plan(7)).hasMessageContaining("--to is 7, expected one of [1, 2]");
  }

  @Test
  void aJarOrAConfigurationThatIsNotWhatItWasIsRefused() throws IOException {
    Deployment good = deploy("one", "1000");
    deploy("two", "2000");
    Path jar = deployments.jarOf(good).orElseThrow();
    Files.writeString(jar, "something else");
    assertThat(plan(null).refusals())
        .singleElement()
        .asString()
        .contains(jar.toString(), "has sha256", "expected " + good.build().jarSha256(), "put back");
    Files.delete(jar);
    Files.writeString(deployments.configurationOf(good), "clock: wall\n");
    assertThat(plan(null).refusals())
        .hasSize(2)
        .anyMatch(refusal -> refusal.contains(jar + " is missing: put it back, sha256 "))
        .anyMatch(refusal -> refusal.contains("its configuration") && refusal.contains("put back"));
    assertThat(plan(null).configuration()).isEmpty();
  }

  @Test
  void aBuildThatCannotReadWhatCameSinceIsRefused() throws IOException {
    Deployment old = deploy("one", "1000");
    deploy("two", "1000");
    Deployment now = deploy("three", "1000");
    rewrite(now, "group_state", 2);
    assertThat(plan(1).refusals())
        .singleElement()
        .asString()
        .contains(
            "state of the versions 1", "deployment 3 may have written a newer one", "go forward");
    rewrite(now, "group_state", 1);
    rewrite(now, "rule_set", 3);
    assertThat(plan(1).refusals())
        .singleElement()
        .asString()
        .contains("deployment 3 has the rule set 3", "go forward");
    assertThat(old.number()).isEqualTo(1);
  }

  @Test
  void stateThatIsNotThereOrIsNewerIsRefused() throws IOException {
    Deployment old = deploy("one", "1000");
    deploy("two", "1000");
    assertThat(plan(1).refusalOf(Optional.empty()))
        .contains("no checkpoint and no savepoint to go on from", "./sluice job submit");
    assertThat(plan(1).refusalOf(Optional.of(SAVEPOINT))).isNull();
    rewrite(old, "group_state", 0);
    assertThat(plan(1).refusalOf(Optional.of(SAVEPOINT)))
        .contains("is of version 1", "deployment 1 reads versions up to 0", "go forward");
  }

  /**
   * The version of the state may be the same, and a record in it be one that nobody there reads.
   */
  @Test
  void recordsOfASerializerThatAnOlderBuildDoesNotReadAreRefused() throws IOException {
    Deployment old = deploy("one", "1000");
    Deployment now = deploy("two", "1000");
    assertThat(plan(1).refusals()).isEmpty();
    rewrite(now, "CrashCandidateSerializer", 2);
    assertThat(plan(1).refusals())
        .singleElement()
        .asString()
        .contains(
            "deployment 2 stores by CrashCandidateSerializer in the form 2",
            "reads forms up to 1",
            "go forward");
    rename(old, "CrashCandidateSerializer", "AnotherSerializer");
    assertThat(plan(1).refusals()).singleElement().asString().contains("does not have it");
    rename(old, "serializers", "something");
    assertThat(plan(1).refusals())
        .singleElement()
        .asString()
        .contains("its record does not say which serializers", "go forward");
  }

  /** Flink would refuse it, when the gate is stopped already. */
  @Test
  void stateOfAnOperatorThatAnOlderBuildDoesNotHaveIsRefused() throws IOException {
    Deployment old = deploy("one", "1000");
    deploy("two", "1000");
    rename(old, "flash-crash", "slow-crash");
    assertThat(plan(1).refusals()).isEmpty();
    assertThat(plan(1).refusalOf(Optional.of(SAVEPOINT)))
        .contains(SAVEPOINT.toString(), "which deployment 1 does not have", "go forward");
    assertThat(StoredOperators.in(SAVEPOINT).unknownTo(Uids.deployed())).isEmpty();
    assertThat(StoredOperators.in(SAVEPOINT).unknownTo(Set.of("risk-gate")))
        .hasSizeGreaterThanOrEqualTo(5);
  }

  /** What is not in the list, no record of a deployment tells of. */
  @Test
  void everySerializerInSavepointsIsOneThatRecordsTellOf() throws IOException {
    Set<String> found = new TreeSet<>();
    try (Stream<Path> stored = Files.list(SAVEPOINT.getParent())) {
      for (Path each : stored.toList()) {
        String bytes = Files.readString(each.resolve("_metadata"), StandardCharsets.ISO_8859_1);
        Matcher name = Pattern.compile("io\\.sluice\\.[a-z.]+\\.(\\w+)").matcher(bytes);
        while (name.find()) {
          found.add(name.group(1));
        }
      }
    }
    assertThat(found).isEqualTo(new TreeSet<>(StoredForms.versions().keySet()));
  }

  @Test
  void anotherEnvironmentOtherTopicsAndACheckoutAreRefused() throws IOException {
    deploy("one", "1000");
    deployments
        .prepare(configuration("1000", "other."), jar("two"))
        .deployed("job submit", 1, Optional.empty(), false);
    assertThat(RollbackPlan.of(deployments, null, Map.of("SLUICE_CLOCK", "wall")).refusals())
        .hasSize(2)
        .anyMatch(
            refusal ->
                refusal.contains(
                    "SLUICE_CLOCK is 'wall', and was not set then: make it what it was"))
        .anyMatch(refusal -> refusal.contains("have the prefix ''") && refusal.contains("--state"));
    deployments.prepare(configuration("5", "other.")).deployed("run", 1, Optional.empty(), false);
    assertThat(plan(3).refusals())
        .singleElement()
        .asString()
        .contains("from a checkout, which keeps no jar", "./sluice run --config");
  }

  @Test
  void aRecordThatDoesNotReadIsNamed() throws IOException {
    Deployment first = deploy("one", "1000");
    Path record = deployments.configurationOf(first).resolveSibling("deployment.json");
    Files.writeString(record, "{}");
    assertThatThrownBy(() -> deployments.all())
        .isInstanceOf(StackException.class)
        .hasMessageContaining(record.toString())
        .hasMessageContaining("put it back as it was");
  }
}
