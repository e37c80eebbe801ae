package io.sluice.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.cli.stack.LocalStack;
import io.sluice.cli.stack.StackException;
import io.sluice.domain.config.Configuration;
import io.sluice.jobs.config.ConfigurationFile;
import io.sluice.jobs.config.JobConfiguration;
import io.sluice.jobs.kafka.KafkaSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which Kafka a command is about: that of a configuration, one that is named, or the local one. */
final class KafkaChoice {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The gate's configuration, which says how Kafka is reached.")
  private Path config;

  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT",
      description =
          "Kafka's brokers, where no configuration says it and it is not the local stack.")
  private String bootstrap;

  @Option(
      names = "--topic-prefix",
      paramLabel = "PREFIX",
      description = "What stands before the names of the topics, where no configuration says it.")
  private String topicPrefix;

  @Mixin private StackFolder folder;

  /**
   * The Kafka that was chosen.
   *
   * @param risk the rest of the configuration, where one was named
   * @param local the local stack, where it is that
   */
  record Chosen(
      KafkaSettings settings, Optional<Configuration> risk, Optional<LocalStack.Up> local) {}

  /**
   * @throws StackException where it is the local stack and that is not up
   */
  Chosen chosen() throws IOException {
    return ifUp()
        .orElseThrow(
            () ->
                new StackException(
                    "no Kafka is named, and the local stack in "
                        + folder.stack().folder()
                        + " is not up: name --config or --bootstrap, or start it:  ./sluice up"
                        + folder.option()));
  }

  /** Empty where it is the local stack and that is not up. */
  Optional<Chosen> ifUp() throws IOException {
    if (config != null) {
      requireAlone();
      JobConfiguration whole = ConfigurationFile.readJob(config);
      return Optional.of(new Chosen(whole.kafka(), Optional.of(whole.risk()), Optional.empty()));
    }
    ObjectNode given = JsonNodeFactory.instance.objectNode();
    if (bootstrap != null) {
      given.put("bootstrap", bootstrap);
    }
    if (topicPrefix != null) {
      given.put("topic_prefix", topicPrefix);
    }
    Optional<KafkaSettings> named = ConfigurationFile.kafkaWithoutFile("the arguments", given);
    if (named.isPresent()) {
      return Optional.of(new Chosen(named.get(), Optional.empty(), Optional.empty()));
    }
    return folder
        .stack()
        .running()
        .map(
            up ->
                new Chosen(
                    up.settings().withPrefix(topicPrefix == null ? "" : topicPrefix),
                    Optional.empty(),
                    Optional.of(up)));
  }

  private void requireAlone() {
    if (bootstrap != null || topicPrefix != null) {
      throw new ParameterException(
          spec.commandLine(),
          "--config says how Kafka is reached, expected no --bootstrap and no --topic-prefix beside it");
    }
  }

  /** Whether one was named. */
  boolean isGiven() {
    return config != null || bootstrap != null || topicPrefix != null;
  }

  /** The local stack, whether it is up or not. */
  StackFolder folder() {
    return folder;
  }
}
