package io.sluice.cli.deployment;

import io.sluice.cli.stack.StackException;
import io.sluice.cli.state.StoredOperators;
import io.sluice.cli.state.StoredState;
import io.sluice.domain.config.ConfigurationException;
import io.sluice.jobs.config.ConfigurationFile;
import io.sluice.jobs.config.JobConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What it would take to deploy together once more what was deployed together before, and what rules
 * that out. It goes on from the newest state, never from an older one: to fold again what was
 * decided decides nothing anew, but to forget what came since does.
 *
 * @param now what is deployed
 * @param to what would be
 * @param later what was deployed after {@code to}: all of it may have written to the state
 * @param configuration of {@code to}; empty where it does not read
 * @param refusals why it cannot be, each with what to do; none where it can
 */
public record RollbackPlan(
    Deployment now,
    Deployment to,
    List<Deployment> later,
    Optional<JobConfiguration> configuration,
    List<String> refusals) {
  private static final String GO_FORWARD =
      "go forward with a build that reads it and mends what is wrong";

  public RollbackPlan {
    later = List.copyOf(later);
    refusals = List.copyOf(refusals);
  }

  /**
   * @param number which deployment; null for the last one before that was another build or another
   *     configuration
   * @param environment the environment variables
   * @throws StackException where there is none of that number, or none before
   */
  public static RollbackPlan of(
      Deployments deployments, Integer number, Map<String, String> environment) throws IOException {
    List<Deployment> all = deployments.all();
    Deployment to = number == null ? before(all) : numbered(number, all);
    Deployment now = all.get(all.size() - 1);
    List<String> refusals = new ArrayList<>();
    jar(deployments, to, refusals);
    Optional<JobConfiguration> configuration = configuration(deployments, to, refusals);
    variables(to, ConfigurationFile.variablesIn(environment), refusals);
    if (!to.topicPrefix().equals(now.topicPrefix())) {
      refusals.add(
          "its topics have the prefix '"
              + to.topicPrefix()
              + "', and the state has folded those with '"
              + now.topicPrefix()
              + "': another gate's state folder belongs to those; name it with --state");
    }
    List<Deployment> later = all.stream().filter(each -> each.number() > to.number()).toList();
    versions(to, later, refusals);
    return new RollbackPlan(now, to, later, configuration, refusals);
  }

  private static Deployment before(List<Deployment> all) {
    if (all.isEmpty()) {
      throw new StackException(
          "nothing was deployed with this state folder: name the right one with --state");
    }
    Deployment now = all.get(all.size() - 1);
    for (int i = all.size() - 2; i >= 0; i--) {
      if (!all.get(i).isAs(now)) {
        return all.get(i);
      }
    }
    throw new StackException(
        "no other build and no other configuration was deployed before: there is nothing to go back"
            + " to; to start the same again use  ./sluice job resume");
  }

  private static Deployment numbered(int number, List<Deployment> all) {
    return all.stream()
        .filter(each -> each.number() == number)
        .findFirst()
        .orElseThrow(
            () ->
                new StackException(
                    "--to is "
                        + number
                        + ", expected one of "
                        + all.stream().map(Deployment::number).toList()));
  }

  private static void jar(Deployments deployments, Deployment to, List<String> refusals)
      throws IOException {
    Optional<Path> jar = deployments.jarOf(to);
    if (jar.isEmpty()) {
      refusals.add(
          "it was  ./sluice "
              + to.by()
              + "  from a checkout, which keeps no jar: stop the gate, check that build out, and start"
              + " it with  ./sluice run --config "
              + deployments.configurationOf(to)
              + "; it goes on from the newest savepoint");
    } else {
      unchanged("jar", jar.get(), to.build().jarSha256(), refusals);
    }
  }

  /** Whether a file that was kept is there as it was. */
  private static boolean unchanged(String what, Path file, String sha256, List<String> refusals)
      throws IOException {
    if (!Files.isRegularFile(file)) {
      refusals.add("its " + what + " " + file + " is missing: put it back, sha256 " + sha256);
      return false;
    }
    String is = Deployments.sha256Of(file);
    if (!is.equals(sha256)) {
      refusals.add(
          "its "
              + what
              + " "
              + file
              + " has sha256 "
              + is
              + ", expected "
              + sha256
              + ": it was changed since; put back the one that was deployed");
      return false;
    }
    return true;
  }

  private static Optional<JobConfiguration> configuration(
      Deployments deployments, Deployment to, List<String> refusals) throws IOException {
    Path file = deployments.configurationOf(to);
    if (!unchanged("configuration", file, to.configurationSha256(), refusals)) {
      return Optional.empty();
    }
    try {
      return Optional.of(ConfigurationFile.readJob(file));
    } catch (ConfigurationException e) {
      refusals.add("its configuration is not valid here: " + e.getMessage());
      return Optional.empty();
    }
  }

  private static void variables(
      Deployment to, Map<String, String> environment, List<String> refusals) {
    Map<String, String> all = new TreeMap<>(environment);
    to.variables().forEach(all::putIfAbsent);
    for (String name : all.keySet()) {
      String then = to.variables().get(name);
      if (!Objects.equals(then, environment.get(name))) {
        refusals.add(
            "the environment variable "
                + name
                + " is "
                + said(environment.get(name))
                + ", and was "
                + said(then)
                + " then: make it what it was");
      }
    }
  }

  private static String said(String value) {
    return value == null ? "not set" : "'" + value + "'";
  }

  private static void versions(Deployment to, List<Deployment> later, List<String> refusals) {
    Build old = to.build();
    for (Deployment each : later) {
      Build wrote = each.build();
      if (wrote.groupState() > old.groupState() || wrote.marketState() > old.marketState()) {
        refusals.add(newerState(each.number() + " may have written", old));
        break;
      }
    }
    serializers(old, later).ifPresent(refusals::add);
    for (Deployment each : later) {
      if (each.build().ruleSet() != old.ruleSet()) {
        refusals.add(
            "deployment "
                + each.number()
                + " has the rule set "
                + each.build().ruleSet()
                + " and this one "
                + old.ruleSet()
                + ", and a build stops at entries for rules that it does not have: go forward with a"
                + " build of the newer rule set that mends what is wrong, under the older"
                + " configuration if that helps");
        break;
      }
    }
  }

  /** A build reads only records of the serializers that it has, in their forms up to its own. */
  private static Optional<String> serializers(Build old, List<Deployment> later) {
    if (old.serializers().isEmpty()) {
      return Optional.of(
          "its record does not say which serializers and operators its build has, as records of"
              + " earlier builds do not: whether it reads the state is not known; "
              + GO_FORWARD);
    }
    for (Deployment each : later) {
      for (var wrote : each.build().serializers().entrySet()) {
        int reads = old.serializers().getOrDefault(wrote.getKey(), 0);
        if (wrote.getValue() > reads) {
          return Optional.of(
              "deployment "
                  + each.number()
                  + " stores by "
                  + wrote.getKey()
                  + " in the form "
                  + wrote.getValue()
                  + ", and this one "
                  + (reads == 0 ? "does not have it" : "reads forms up to " + reads)
                  + ": "
                  + GO_FORWARD);
        }
      }
    }
    return Optional.empty();
  }

  private static String newerState(String whose, Build old) {
    return "it reads state of the versions "
        + old.groupState()
        + " (risk groups) and "
        + old.marketState()
        + " (instruments), and deployment "
        + whose
        + " a newer one: "
        + GO_FORWARD
        + "; what was decided since is never forgotten";
  }

  /**
   * Why the state to go on from rules it out, or null.
   *
   * @param newest the newest checkpoint or savepoint; empty where there is none
   */
  public String refusalOf(Optional<Path> newest) throws IOException {
    if (newest.isEmpty()) {
      return "there is no checkpoint and no savepoint to go on from: where the gate's state is lost,"
          + " it folds risk.inputs from its first record, which  ./sluice job submit  does knowingly";
    }
    long version = StoredState.versionIn(newest.get());
    if (version > to.build().groupState()) {
      return "the state in "
          + newest.get()
          + " is of version "
          + version
          + ", and deployment "
          + to.number()
          + " reads versions up to "
          + to.build().groupState()
          + ": "
          + GO_FORWARD;
    }
    return refusalOfOperators(newest.get());
  }

  /**
   * Why the state to go on from rules out that its operators are those of that deployment, or null:
   * Flink does not start a job that leaves state behind.
   *
   * @param savepoint of the gate or of the archive
   */
  public String refusalOfOperators(Path savepoint) throws IOException {
    Set<String> unknown = StoredOperators.in(savepoint).unknownTo(to.build().operators());
    return unknown.isEmpty()
        ? null
        : "the state in "
            + savepoint
            + " holds some of the operators "
            + unknown
            + ", which deployment "
            + to.number()
            + " does not have: it would be lost; "
            + GO_FORWARD;
  }
}
