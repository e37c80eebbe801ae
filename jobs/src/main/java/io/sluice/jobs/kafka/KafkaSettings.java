package io.sluice.jobs.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.domain.config.ConfigurationException;
import io.sluice.domain.config.Section;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigTransformer;
import org.apache.kafka.common.config.provider.ConfigProvider;
import org.apache.kafka.common.config.provider.DirectoryConfigProvider;
import org.apache.kafka.common.config.provider.EnvVarConfigProvider;
import org.apache.kafka.common.config.provider.FileConfigProvider;

/**
 * How Kafka is reached: the {@code kafka} section of the configuration. Secrets stand in it only by
 * reference, {@code ${env:NAME}}, {@code ${file:/path:key}} or {@code ${directory:/path:file}};
 * Kafka's clients look them up themselves, where they run, so that none is in a job graph or a log
 * line.
 *
 * @param bootstrap {@code host:port} of brokers, separated by commas
 * @param topicPrefix stands before every topic's name; empty for none
 * @param group consumer group under which progress is committed, for display
 * @param properties further properties of all clients
 */
public record KafkaSettings(
    String bootstrap, String topicPrefix, String group, Map<String, String> properties)
    implements Serializable {

  private static final String[] KEYS = {"bootstrap", "topic_prefix", "group", "properties"};
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{(env|file|directory):[^}]+}");
  private static final Pattern BOOTSTRAP =
      Pattern.compile("[^\\s,:]+:[0-9]{1,5}(,[^\\s,:]+:[0-9]{1,5})*");
  private static final Pattern PREFIX = Pattern.compile("[a-zA-Z0-9._-]{0,100}");
  private static final Pattern SECRET =
      Pattern.compile(".*(password|passphrase|secret|jaas\\.config|keystore\\.key)");

  /** What gathers while a request is in flight goes out with the next one, journal lines too. */
  private static final String BATCH_BYTES = String.valueOf(256 << 10);

  /** What Sluice sets itself, because its promises rest on it. */
  private static final List<String> OWN =
      List.of(
          "bootstrap.servers",
          "group.id",
          "acks",
          "enable.idempotence",
          "max.in.flight.requests.per.connection",
          "transactional.id",
          "auto.offset.reset",
          "enable.auto.commit",
          "isolation.level",
          "config.providers",
          "delivery.timeout.ms",
          "key.serializer",
          "value.serializer",
          "key.deserializer",
          "value.deserializer");

  public KafkaSettings {
    properties = Map.copyOf(properties);
  }

  /** A broker without any security, as the local stack has it. */
  public static KafkaSettings local(String bootstrap) {
    return new KafkaSettings(bootstrap, "", "sluice", Map.of());
  }

  /**
   * @throws ConfigurationException naming the key, its value and what was expected
   */
  public static KafkaSettings parse(Section section) {
    section.allow(KEYS);
    String bootstrap = section.text("bootstrap");
    if (!BOOTSTRAP.matcher(bootstrap).matches()) {
      section.fault(section.wrong("bootstrap", "host:port, or several separated by commas"));
    }
    String prefix = section.has("topic_prefix") ? section.node("topic_prefix").asText() : "";
    if (!PREFIX.matcher(prefix).matches()) {
      section.fault(
          section.wrong("topic_prefix", "at most 100 letters, digits, dots, dashes, underscores"));
    }
    return new KafkaSettings(
        bootstrap,
        prefix,
        section.text("group", "sluice"),
        properties(section.section("properties")));
  }

  private static Map<String, String> properties(Section section) {
    Map<String, String> properties = new TreeMap<>();
    for (String key : section.keys()) {
      section.attempt(() -> properties.put(key, property(section, key)));
    }
    return properties;
  }

  private static String property(Section section, String key) {
    if (OWN.contains(key)) {
      throw section.wrong(key, "nothing: Sluice sets it itself, take it out");
    }
    JsonNode value = section.node(key);
    if (SECRET.matcher(key).matches() && !REFERENCE.matcher(value.asText()).matches()) {
      // The value is not shown: it may be the secret itself.
      throw section.refused(
          key
              + " is a secret, expected a reference to it: ${env:NAME}, ${file:/path:key} or"
              + " ${directory:/path:file}");
    }
    if (!value.isValueNode() || value.isNull()) {
      throw section.wrong(key, "a text, a number, true or false");
    }
    return value.asText();
  }

  /** A topic's full name. */
  public String nameOf(Topic topic) {
    return topicPrefix + topic.wireName();
  }

  /** What every client is made with. */
  public Properties client() {
    Properties client = new Properties();
    client.putAll(properties);
    client.put("bootstrap.servers", bootstrap);
    client.put("config.providers", "env,file,directory");
    client.put(
        "config.providers.env.class",
        "org.apache.kafka.common.config.provider.EnvVarConfigProvider");
    client.put(
        "config.providers.file.class",
        "org.apache.kafka.common.config.provider.FileConfigProvider");
    client.put(
        "config.providers.directory.class",
        "org.apache.kafka.common.config.provider.DirectoryConfigProvider");
    return client;
  }

  /**
   * What every consumer is made with: it sees no record of a transaction that is open or was
   * aborted, and commits nothing by itself.
   */
  public Properties consumer() {
    Properties consumer = client();
    consumer.put("isolation.level", "read_committed");
    consumer.put("enable.auto.commit", "false");
    return consumer;
  }

  /**
   * What every producer is made with: nothing waits to be sent with something else, nothing is
   * taken as written before all replicas have it, and nothing is ever given up.
   */
  public Properties producer() {
    Properties producer = client();
    producer.putIfAbsent("linger.ms", "0");
    producer.putIfAbsent("max.request.size", String.valueOf(Topic.MAX_RECORD_BYTES));
    producer.putIfAbsent("batch.size", BATCH_BYTES);
    producer.put("acks", "all");
    producer.put("enable.idempotence", "true");
    // With several in flight, a leader that changes may take the second batch of a new producer and
    // then refuse the first for ever; and nothing here gives up.
    producer.put("max.in.flight.requests.per.connection", "1");
    producer.put("delivery.timeout.ms", String.valueOf(Integer.MAX_VALUE));
    return producer;
  }

  /**
   * Looks up every reference, as the clients will.
   *
   * @throws ConfigurationException naming the property whose reference leads nowhere
   */
  public void requireSecrets() {
    Map<String, ConfigProvider> providers = new HashMap<>();
    providers.put("env", new EnvVarConfigProvider());
    providers.put("file", new FileConfigProvider());
    providers.put("directory", new DirectoryConfigProvider());
    providers.values().forEach(provider -> provider.configure(Map.of()));
    ConfigTransformer transformer = new ConfigTransformer(providers);
    properties.forEach(
        (key, value) -> {
          if (!REFERENCE.matcher(value).matches()) {
            return;
          }
          String found;
          try {
            found = transformer.transform(Map.of(key, value)).data().get(key);
          } catch (ConfigException unreadable) {
            found = value;
          }
          if (found == null || found.isEmpty() || found.equals(value)) {
            throw new ConfigurationException(
                "kafka.properties."
                    + key
                    + " is "
                    + value
                    + ", which leads to nothing: set that variable, or write that file");
          }
        });
  }

  /** The same under other topic names. */
  public KafkaSettings withPrefix(String prefix) {
    return new KafkaSettings(bootstrap, prefix, group, properties);
  }
}
