package io.sluice.jobs.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.sluice.domain.config.Configuration;
import io.sluice.domain.config.ConfigurationException;
import io.sluice.domain.config.Section;
import io.sluice.jobs.archive.ArchiveSettings;
import io.sluice.jobs.kafka.KafkaSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads configuration from YAML and, for keys with a single value, from the environment. A key that
 * a file and the environment set differently is an error; what is packaged is only a default.
 */
public final class ConfigurationFile {
  private static final ObjectMapper YAML =
      new ObjectMapper(
              YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  static final String KAFKA = "kafka";
  static final String CLICKHOUSE = "clickhouse";

  private ConfigurationFile() {}

  /**
   * @throws ConfigurationException where it is not valid, naming file, key, value and what was
   *     expected
   */
  public static Configuration read(Path file) {
    return risk(given(file));
  }

  /**
   * The configuration of a live run, which says how Kafka is reached, and ClickHouse where there is
   * an archive.
   *
   * @throws ConfigurationException where it is not valid, or has no section {@code kafka}
   */
  public static JobConfiguration readJob(Path file) {
    Given given = given(file);
    KafkaSettings kafka = kafka(given);
    return new JobConfiguration(risk(given), kafka, archive(given));
  }

  /** The packaged configuration of demo and replay. */
  public static Configuration packaged() {
    return risk(packaged("demo.yaml"));
  }

  /** The packaged configuration of the demo's live part. */
  public static JobConfiguration packagedLive() {
    Given given = packaged("live.yaml");
    return new JobConfiguration(risk(given), kafka(given));
  }

  private static Given packaged(String name) {
    EnvironmentOverrides environment = environment();
    try (InputStream in = ConfigurationFile.class.getResourceAsStream("/io/sluice/jobs/" + name)) {
      JsonNode tree = environment.over(tree(name, in.readAllBytes()));
      return new Given(environment.describe(name), tree);
    } catch (IOException e) {
      throw new IllegalStateException("the packaged configuration reads", e);
    }
  }

  /**
   * How Kafka is reached where no file says it.
   *
   * @param source what {@code kafka} comes from, for messages
   * @param kafka what is known of the section; the environment may know more
   * @return empty where nobody says {@code bootstrap}
   */
  public static Optional<KafkaSettings> kafkaWithoutFile(String source, ObjectNode kafka) {
    ObjectNode tree = YAML.createObjectNode();
    tree.set(KAFKA, kafka);
    Given given = withEnvironment(source, tree);
    return given.tree().path(KAFKA).has("bootstrap") ? Optional.of(kafka(given)) : Optional.empty();
  }

  /** The names of the environment variables that set a key, under the first of their prefixes. */
  public static List<String> environmentVariables() {
    return EnvironmentOverrides.variables();
  }

  /**
   * The environment variables that set a key, with their values.
   *
   * @throws ConfigurationException where one with a prefix of theirs names no key
   */
  public static Map<String, String> variablesIn(Map<String, String> environment) {
    return EnvironmentOverrides.of(environment).values();
  }

  /** A configuration as it is written, with where from. */
  private record Given(String source, JsonNode tree) {}

  private static Given given(Path file) {
    String name = file.getFileName().toString();
    try {
      return withEnvironment(name, tree(name, Files.readAllBytes(file)));
    } catch (IOException e) {
      throw new ConfigurationException(
          "the configuration "
              + file
              + " cannot be read ("
              + e.getClass().getSimpleName()
              + "): name a YAML file");
    }
  }

  private static Given withEnvironment(String source, JsonNode tree) {
    EnvironmentOverrides environment = environment();
    return new Given(environment.describe(source), environment.addedTo(source, tree));
  }

  private static EnvironmentOverrides environment() {
    return EnvironmentOverrides.of(System.getenv());
  }

  private static KafkaSettings kafka(Given given) {
    Section root = Section.root(given.source(), given.tree());
    if (!root.has(KAFKA)) {
      throw root.wrong(KAFKA, "a mapping with at least bootstrap, host:port of the brokers");
    }
    return KafkaSettings.parse(root.section(KAFKA));
  }

  private static Optional<ArchiveSettings> archive(Given given) {
    Section root = Section.root(given.source(), given.tree());
    return root.has(CLICKHOUSE)
        ? Optional.of(ArchiveSettings.parse(root.section(CLICKHOUSE)))
        : Optional.empty();
  }

  /** What says how services are reached is no part of what decides. */
  private static Configuration risk(Given given) {
    return Configuration.parse(given.source(), riskPart(given.tree()));
  }

  /** What decides of a configuration, packaged profiles that it names included. */
  static JsonNode riskPart(JsonNode tree) {
    if (!(tree instanceof ObjectNode object)) {
      return tree;
    }
    ObjectNode own = object.deepCopy().without(List.of(KAFKA, CLICKHOUSE));
    PackagedProfiles.addTo(own);
    return own;
  }

  static JsonNode tree(String source, byte[] yaml) throws IOException {
    try (JsonParser parser = YAML.createParser(yaml)) {
      JsonNode tree = YAML.readTree(parser);
      if (parser.nextToken() != null) {
        throw new ConfigurationException(
            source
                + ": a second document begins at line "
                + parser.currentTokenLocation().getLineNr()
                + ", expected one; nothing of it would count, so join them or give it a file");
      }
      return tree == null ? MissingNode.getInstance() : tree;
    } catch (JsonProcessingException e) {
      String message = e.getOriginalMessage();
      String first = message.contains("\n") ? message.substring(0, message.indexOf('\n')) : message;
      throw new ConfigurationException(
          source
              + ": not valid YAML at line "
              + (e.getLocation() == null ? "?" : e.getLocation().getLineNr())
              + ": "
              + first);
    }
  }
}
