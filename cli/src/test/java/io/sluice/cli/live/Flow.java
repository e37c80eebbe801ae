package io.sluice.cli.live;

import io.sluice.cli.stack.KafkaBroker;
import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.kafka.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Everything around a gate at work: what comes in, the venue that answers, and the audit after. */
final class Flow implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(180);

  private final Load load;
  private final Venue venue;
  private final Audit audit;

  private Flow(Load load, Venue venue, Audit audit) {
    this.load = load;
    this.venue = venue;
    this.audit = audit;
  }

  /** The topics of a gate under test, made. */
  static KafkaSettings topics(KafkaBroker broker, String prefix) {
    KafkaSettings kafka = broker.settings().withPrefix(prefix);
    try (Topics topics = Topics.open(kafka)) {
      topics.createMissing();
    }
    return kafka;
  }

  static Flow start(KafkaSettings kafka, long seed) {
    return start(kafka, seed, List.of());
  }

  /** Around a gate whose models trade. */
  static Flow startWithModels(KafkaSettings kafka, long seed) {
    return start(kafka, seed, List.of(Firm.MODELLED));
  }

  private static Flow start(KafkaSettings kafka, long seed, List<String> modelled) {
    Venue venue = Venue.open(kafka);
    Load load = Load.start(kafka, seed, modelled, venue::decisions);
    return new Flow(load, venue, new Audit(kafka, load, !modelled.isEmpty()));
  }

  void awaitDecisions(int more) {
    awaitDecisions(more, () -> {});
  }

  /**
   * @param alive fails when that cannot be waited for any more
   */
  void awaitDecisions(int more, Runnable alive) {
    int count = venue.decisions() + more;
    await(
        () -> {
          alive.run();
          load.requireNoFailure();
          return venue.decisions() >= count;
        },
        more + " more decisions");
  }

  /** Waits until the load has gone on for so many hundredths of a second. */
  void awaitSteps(int more) {
    int count = load.steps() + more;
    await(
        () -> {
          load.requireNoFailure();
          return load.steps() >= count;
        },
        more + " more steps");
  }

  /** Ends the flow, and waits until all of it is folded. */
  void settle() throws InterruptedException {
    load.stop();
    await(() -> venue.decisions() >= load.readable().size(), "every intent answered");
    venue.stop();
    await(() -> audit.missing().isEmpty(), "every record folded");
    await(() -> audit.unanswered().isEmpty(), "every wish of a model answered");
  }

  /** How many distinct decisions there are. */
  int decisions() {
    return venue.decisions();
  }

  /** Lets something be killed, and watches how long no decision comes. */
  Outage outage(Outage.Fault fault, Duration atLeast) throws Exception {
    return Outage.of(fault, venue::decisions, atLeast);
  }

  /**
   * Checks all that must hold after gates with these folders were stopped.
   *
   * @return how many journal lines came more than once
   */
  long audit(Path... gateFolders) throws Exception {
    return audit.check(gateFolders);
  }

  private static void await(BooleanSupplier condition, String what) {
    Desk.awaitThat(condition, what, PATIENCE);
  }

  @Override
  public void close() {
    load.close();
    venue.close();
  }
}
