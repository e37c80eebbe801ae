package io.sluice.jobs.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.sluice.domain.config.Configuration;
import io.sluice.domain.config.ConfigurationException;
import io.sluice.domain.config.Section;
import io.sluice.jobs.kafka.KafkaSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads configuration from YAML. */
public final class ConfigurationFile {
  private static final ObjectMapper YAML =
      new ObjectMapper(
              YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private static final String KAFKA = "kafka";

  private ConfigurationFile() {}

  /**
   * @throws ConfigurationException where it is not valid, naming file, key, value and what was
   *     expected
   */
  public static Configuration read(Path file) {
    return parse(file.getFileName().toString(), tree(file));
  }

  private static JsonNode tree(Path file) {
    try {
      return tree(file.getFileName().toString(), Files.readAllBytes(file));
    } catch (IOException e) {
      throw new ConfigurationException(
          "the configuration "
              + file
              + " cannot be read ("
              + e.getClass().getSimpleName()
              + "): name a YAML file");
    }
  }

  /**
   * The configuration of a live run, which says how Kafka is reached.
   *
   * @throws ConfigurationException where it is not valid, or has no section {@code kafka}
   */
  public static JobConfiguration readJob(Path file) {
    return job(file.getFileName().toString(), tree(file));
  }

  private static JobConfiguration job(String source, JsonNode tree) {
    Section root = Section.root(source, tree);
    if (!root.has(KAFKA)) {
      throw root.wrong(KAFKA, "a mapping with at least bootstrap, host:port of the brokers");
    }
    KafkaSettings kafka = KafkaSettings.parse(root.section(KAFKA));
    return new JobConfiguration(parse(source, tree), kafka);
  }

  /** The packaged configuration of demo and replay. */
  public static Configuration packaged() {
    return parse("demo.yaml", packaged("demo.yaml"));
  }

  /** The packaged configuration of the demo's live part. */
  public static JobConfiguration packagedLive() {
    return job("live.yaml", packaged("live.yaml"));
  }

  private static JsonNode packaged(String name) {
    try (InputStream in = ConfigurationFile.class.getResourceAsStream("/io/sluice/jobs/" + name)) {
      return tree(name, in.readAllBytes());
    } catch (IOException e) {
      throw new IllegalStateException("the packaged configuration reads", e);
    }
  }

  /** What says how services are reached is no part of what decides. */
  private static Configuration parse(String source, JsonNode tree) {
    if (tree instanceof ObjectNode object) {
      ObjectNode risk = object.deepCopy();
      risk.remove(KAFKA);
      return Configuration.parse(source, risk);
    }
    return Configuration.parse(source, tree);
  }

  private static JsonNode tree(String source, byte[] yaml) throws IOException {
    try {
      return YAML.readTree(yaml);
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
