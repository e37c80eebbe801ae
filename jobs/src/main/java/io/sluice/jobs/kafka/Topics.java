package io.sluice.jobs.kafka;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topics as they are in Kafka: makes those that are missing and says what is wrong with those
 * that are there. Every method throws {@link TopicsException} when Kafka does not answer or
 * refuses.
 */
public final class Topics implements AutoCloseable {
  private static final Duration KNOWN = Duration.ofSeconds(30);
  private static final long AGAIN_S = 1;
  private static final Logger LOG = LoggerFactory.getLogger(Topics.class);

  private final KafkaSettings settings;
  private final Admin admin;
  private final Answers answers;

  private Topics(KafkaSettings settings, Admin admin) {
    this.settings = settings;
    this.admin = admin;
    this.answers = new Answers(settings.bootstrap());
  }

  /**
   * Does not ask Kafka anything yet.
   *
   * @throws io.sluice.domain.config.ConfigurationException when a secret that the settings refer to
   *     is not there
   */
  public static Topics open(KafkaSettings settings) {
    settings.requireSecrets();
    Properties client = settings.client();
    client.putIfAbsent("request.timeout.ms", "10000");
    client.putIfAbsent("default.api.timeout.ms", "20000");
    try {
      return new Topics(settings, Admin.create(client));
    } catch (KafkaException | IllegalArgumentException e) {
      throw new TopicsException(
          "Kafka's client cannot be made for "
              + settings.bootstrap()
              + ": "
              + Answers.innermost(e)
              + "; correct kafka.properties in the configuration");
    }
  }

  /**
   * Waits for as long as it takes until Kafka answers: a job manager that takes over while Kafka is
   * away has nothing better to do.
   */
  public static void awaitKafka(KafkaSettings settings) throws InterruptedException {
    while (true) {
      try (Topics topics = open(settings)) {
        topics.hasBroker();
        return;
      } catch (TopicsException e) {
        if (!e.isForNow()) {
          throw e;
        }
        LOG.warn("{}; waiting for it", e.getMessage());
        TimeUnit.SECONDS.sleep(AGAIN_S);
      }
    }
  }

  /** Whether a broker answers and has taken its place in the cluster. */
  public boolean hasBroker() {
    return !answers.to(admin.describeCluster().nodes()).isEmpty();
  }

  /**
   * Makes the topics that are missing and checks the others.
   *
   * @return those made
   * @throws TopicsException when a topic does not fit, naming all problems
   */
  public List<Topic> createMissing() {
    Map<Topic, TopicDescription> existing = describe();
    List<Topic> missing =
        Arrays.stream(Topic.values()).filter(topic -> !existing.containsKey(topic)).toList();
    for (var created :
        admin.createTopics(missing.stream().map(this::fresh).toList()).values().values()) {
      create(created);
    }
    requireNone(problems(await(missing)));
    awaitLeaders();
    return missing;
  }

  private NewTopic fresh(Topic topic) {
    return new NewTopic(settings.nameOf(topic), Optional.of(topic.partitions()), Optional.empty())
        .configs(topic.configuration());
  }

  private void create(KafkaFuture<Void> created) {
    try {
      answers.orThrow(created);
    } catch (TopicExistsException madeMeanwhile) {
      // By somebody else; it is checked like any other.
    } catch (KafkaException e) {
      throw answers.explained(e);
    }
  }

  /** A topic just made is not at once known to every broker. */
  private Map<Topic, TopicDescription> await(List<Topic> made) {
    long deadline = System.nanoTime() + KNOWN.toNanos();
    Map<Topic, TopicDescription> existing = describe();
    while (!existing.keySet().containsAll(made) && System.nanoTime() - deadline < 0) {
      existing = describe();
    }
    return existing;
  }

  /**
   * Waits until every partition's leader answers for it. A partition that is known may not be taken
   * over yet: of a producer's first batches it could refuse the first and take the second, which
   * are then out of order, and the first is tried again for ever.
   */
  private void awaitLeaders() {
    contents();
  }

  /**
   * Checks that every topic is there and fits.
   *
   * @throws TopicsException naming all problems
   */
  public void check() {
    requireNone(problems(describe()));
  }

  private void requireNone(List<String> problems) {
    if (!problems.isEmpty()) {
      throw new TopicsException(
          "the topics at " + settings.bootstrap() + " do not fit: " + String.join("; ", problems));
    }
  }

  private List<String> problems(Map<Topic, TopicDescription> existing) {
    Map<Topic, Integer> partitions = new EnumMap<>(Topic.class);
    existing.forEach(
        (topic, description) -> partitions.put(topic, description.partitions().size()));
    return new TopicRequirements(settings).unmet(partitions, configurations(existing.keySet()));
  }

  /** What keeps a topic from being read or written, in words with what to do. */
  static String troubleWith(KafkaSettings settings, Topic topic) {
    try (Topics topics = open(settings)) {
      TopicDescription description = topics.describe().get(topic);
      if (description == null) {
        return missing(settings, topic).getMessage();
      }
      String least = topics.configurations(List.of(topic)).get(topic).get("min.insync.replicas");
      String trouble = TopicHealth.trouble(description, Integer.parseInt(least));
      return trouble == null
          ? "Kafka at "
              + settings.bootstrap()
              + " is slow to answer for "
              + settings.nameOf(topic)
              + ": see how its brokers are"
          : trouble;
    } catch (TopicsException e) {
      return e.getMessage();
    }
  }

  /** How many partitions a topic has. */
  public int partitions(Topic topic) {
    TopicDescription description = describe().get(topic);
    if (description == null) {
      throw missing(settings, topic);
    }
    return description.partitions().size();
  }

  static TopicsException missing(KafkaSettings settings, Topic topic) {
    return new TopicsException(
        "topic "
            + settings.nameOf(topic)
            + " is missing at "
            + settings.bootstrap()
            + ", create it (docs/kafka.md says with what)");
  }

  /**
   * What is in a topic.
   *
   * @param partitions from 1 on
   * @param records that can still be read
   */
  public record Content(int partitions, long records) {}

  /** What is in the topics that are there. */
  public Map<Topic, Content> contents() {
    Map<Topic, TopicDescription> existing = describe();
    Map<TopicPartition, OffsetSpec> first = new HashMap<>();
    Map<TopicPartition, OffsetSpec> last = new HashMap<>();
    for (TopicDescription description : existing.values()) {
      for (TopicPartition partition : partitions(description)) {
        first.put(partition, OffsetSpec.earliest());
        last.put(partition, OffsetSpec.latest());
      }
    }
    Map<TopicPartition, ListOffsetsResultInfo> from = answers.to(admin.listOffsets(first).all());
    Map<TopicPartition, ListOffsetsResultInfo> to = answers.to(admin.listOffsets(last).all());
    Map<Topic, Content> contents = new EnumMap<>(Topic.class);
    existing.forEach(
        (topic, description) -> {
          long records = 0;
          for (TopicPartition partition : partitions(description)) {
            records += to.get(partition).offset() - from.get(partition).offset();
          }
          contents.put(topic, new Content(description.partitions().size(), records));
        });
    return contents;
  }

  /** When the newest record of each topic that has any was written, epoch milliseconds. */
  public Map<Topic, Long> newestMs() {
    Map<Topic, TopicDescription> existing = describe();
    Map<TopicPartition, OffsetSpec> newest = new HashMap<>();
    existing
        .values()
        .forEach(
            description ->
                partitions(description)
                    .forEach(partition -> newest.put(partition, OffsetSpec.maxTimestamp())));
    Map<TopicPartition, ListOffsetsResultInfo> found = answers.to(admin.listOffsets(newest).all());
    Map<Topic, Long> newestMs = new EnumMap<>(Topic.class);
    existing.forEach(
        (topic, description) -> {
          for (TopicPartition partition : partitions(description)) {
            long writtenMs = found.get(partition).timestamp();
            if (writtenMs >= 0) {
              newestMs.merge(topic, writtenMs, Math::max);
            }
          }
        });
    return newestMs;
  }

  /**
   * How many records the gate has not read as far as it has said, which it does at its checkpoints;
   * of the topics it reads and has said so of.
   */
  public Map<Topic, Long> unread() {
    Map<TopicPartition, OffsetAndMetadata> committed =
        answers.to(
            admin.listConsumerGroupOffsets(settings.group()).partitionsToOffsetAndMetadata());
    Map<String, Topic> byName = new HashMap<>();
    describe().keySet().forEach(topic -> byName.put(settings.nameOf(topic), topic));
    Map<TopicPartition, OffsetSpec> last = new HashMap<>();
    committed.forEach(
        (partition, read) -> {
          if (read != null && byName.containsKey(partition.topic())) {
            last.put(partition, OffsetSpec.latest());
          }
        });
    Map<Topic, Long> unread = new EnumMap<>(Topic.class);
    answers
        .to(admin.listOffsets(last).all())
        .forEach(
            (partition, end) ->
                unread.merge(
                    byName.get(partition.topic()),
                    end.offset() - committed.get(partition).offset(),
                    Long::sum));
    return unread;
  }

  /**
   * Checks that nothing of a topic has been deleted: who folds it from its beginning needs all of
   * it.
   *
   * @throws TopicsException naming the partition that begins later
   */
  public void requireFromFirst(Topic topic) {
    first(topic).forEach((partition, found) -> requireFirst(partition, found.offset()));
  }

  /** Whether nothing of a topic has been deleted. */
  public boolean isWhole(Topic topic) {
    return first(topic).values().stream().allMatch(found -> found.offset() == 0);
  }

  private Map<TopicPartition, ListOffsetsResultInfo> first(Topic topic) {
    Map<TopicPartition, OffsetSpec> first = new HashMap<>();
    for (TopicPartition partition : partitions(describe().get(topic))) {
      first.put(partition, OffsetSpec.earliest());
    }
    return answers.to(admin.listOffsets(first).all());
  }

  /**
   * @param offset of the first record that is left
   * @throws TopicsException where some have been deleted
   */
  static void requireFirst(TopicPartition partition, long offset) {
    if (offset > 0) {
      throw new TopicsException(
          partition
              + " begins at offset "
              + offset
              + ": what came before has been deleted, and without it the books would be"
              + " wrong; go on from the newest checkpoint or savepoint");
    }
  }

  private static List<TopicPartition> partitions(TopicDescription description) {
    return description.partitions().stream()
        .map(partition -> new TopicPartition(description.name(), partition.partition()))
        .toList();
  }

  private Map<Topic, TopicDescription> describe() {
    Map<String, KafkaFuture<TopicDescription>> asked =
        admin
            .describeTopics(Arrays.stream(Topic.values()).map(settings::nameOf).toList())
            .topicNameValues();
    Map<Topic, TopicDescription> existing = new EnumMap<>(Topic.class);
    for (Topic topic : Topic.values()) {
      try {
        existing.put(topic, answers.orThrow(asked.get(settings.nameOf(topic))));
      } catch (UnknownTopicOrPartitionException missing) {
        // Then it is not among them.
      } catch (KafkaException e) {
        throw answers.explained(e);
      }
    }
    return existing;
  }

  private Map<Topic, Map<String, String>> configurations(Collection<Topic> topics) {
    Map<Topic, ConfigResource> resources = new EnumMap<>(Topic.class);
    for (Topic topic : topics) {
      resources.put(topic, new ConfigResource(ConfigResource.Type.TOPIC, settings.nameOf(topic)));
    }
    Map<ConfigResource, Config> found = answers.to(admin.describeConfigs(resources.values()).all());
    Map<Topic, Map<String, String>> configurations = new EnumMap<>(Topic.class);
    resources.forEach(
        (topic, resource) -> {
          Map<String, String> values = new HashMap<>();
          found.get(resource).entries().forEach(entry -> values.put(entry.name(), entry.value()));
          configurations.put(topic, values);
        });
    return configurations;
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }
}
