package io.sluice.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.slf4j.LoggerFactory;

/**
 * A Kafka broker and its controller on this machine, for development, the demo and tests: one node,
 * nothing replicated.
 *
 * <p>Arguments: data folder, client port, controller port, then further server properties as {@code
 * key=value}, in which {@code ${env:NAME}}, {@code ${file:/path:key}} and {@code
 * ${directory:/path:file}} are looked up. With {@code --with-parent} the broker ends when its
 * standard input does, so that it never outlives the process that started it; with {@code
 * --temporary} it then deletes its data folder too. It logs to standard error.
 */
public final class Broker {
  private static final String WITH_PARENT = "--with-parent";
  private static final String TEMPORARY = "--temporary";
  private static final long SHUTDOWN_SECONDS = 20;

  private final Path data;
  private volatile KafkaRaftServer server;
  private volatile boolean isParentGone;

  private Broker(Path data) {
    this.data = data;
  }

  public static void main(String[] arguments) throws Exception {
    List<String> given = new ArrayList<>(Arrays.asList(arguments));
    boolean isTemporary = given.remove(TEMPORARY);
    boolean endsWithParent = given.remove(WITH_PARENT) || isTemporary;
    if (given.size() < 3) {
      throw new IllegalArgumentException(
          "expected: data-folder client-port controller-port ["
              + WITH_PARENT
              + "] ["
              + TEMPORARY
              + "] [key=value ...], got "
              + given.size()
              + " arguments");
    }
    Path data = Path.of(given.get(0));
    Broker broker = new Broker(data);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> broker.end(isTemporary), "end"));
    if (endsWithParent) {
      // From the first moment on: the parent may die while the broker starts.
      startDaemon("parent-watch", broker::endWithParent);
    }
    broker.run(
        properties(
            data,
            Integer.parseInt(given.get(1)),
            Integer.parseInt(given.get(2)),
            given.subList(3, given.size())));
  }

  private void run(Properties properties) throws Exception {
    KafkaConfig config = KafkaConfig.fromProps(properties);
    format(data, config);
    KafkaRaftServer starting = new KafkaRaftServer(config, Time.SYSTEM);
    server = starting;
    try {
      starting.startup();
    } catch (Throwable cannotStart) {
      // Some of Kafka's threads keep the process alive after that.
      LoggerFactory.getLogger(Broker.class).error("cannot start", cannotStart);
      Runtime.getRuntime().halt(1);
    }
    starting.awaitShutdown();
  }

  private static Properties properties(
      Path data, int port, int controllerPort, List<String> further) {
    Properties properties = new Properties();
    properties.put("process.roles", "broker,controller");
    properties.put("node.id", "1");
    properties.put("log.dirs", data.toString());
    properties.put(
        "listeners", "CLIENT://localhost:" + port + ",CONTROLLER://localhost:" + controllerPort);
    properties.put("listener.security.protocol.map", "CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    properties.put("inter.broker.listener.name", "CLIENT");
    properties.put("controller.listener.names", "CONTROLLER");
    // Voters by configuration and not by stored state: the ports may change between starts.
    properties.put("controller.quorum.voters", "1@localhost:" + controllerPort);

    properties.put("default.replication.factor", "1");
    properties.put("min.insync.replicas", "1");
    for (String internal :
        List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
      properties.put(internal + ".replication.factor", "1");
      properties.put(internal + ".num.partitions", "1");
    }
    properties.put("transaction.state.log.min.isr", "1");
    properties.put("share.coordinator.state.topic.min.isr", "1");
    properties.put("auto.create.topics.enable", "false");
    properties.put("group.initial.rebalance.delay.ms", "0");
    properties.put("metric.reporters", "");
    // It shares a machine with those it serves: more threads would only take turns.
    properties.put("num.network.threads", "2");
    properties.put("num.io.threads", "4");
    // A start waits for a heartbeat, and one after a kill for the end of the old session.
    properties.put("broker.heartbeat.interval.ms", "500");
    properties.put("broker.session.timeout.ms", "5000");
    // 128 MB by default, a quarter of this process's heap, for compacting topics nobody has here.
    properties.put("log.cleaner.dedupe.buffer.size", String.valueOf(4 << 20));

    properties.put("config.providers", "env,file,directory");
    String providers = "org.apache.kafka.common.config.provider.";
    properties.put("config.providers.env.class", providers + "EnvVarConfigProvider");
    properties.put("config.providers.file.class", providers + "FileConfigProvider");
    properties.put("config.providers.directory.class", providers + "DirectoryConfigProvider");
    for (String property : further) {
      int equals = property.indexOf('=');
      if (equals < 1) {
        // Not shown whole: it may hold a secret.
        throw new IllegalArgumentException("a server property without =, expected key=value");
      }
      properties.put(property.substring(0, equals), property.substring(equals + 1));
    }
    return properties;
  }

  private static void format(Path data, KafkaConfig config) throws Exception {
    if (Files.exists(data.resolve("meta.properties"))) {
      return;
    }
    Files.createDirectories(data);
    new Formatter()
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .setClusterId(Uuid.randomUuid().toString())
        .setNodeId(config.nodeId())
        .setDirectories(List.of(data.toString()))
        .setMetadataLogDirectory(data.toString())
        .setControllerListenerName("CONTROLLER")
        .setHasDynamicQuorum(false)
        .run();
  }

  private void endWithParent() {
    try {
      while (System.in.read() >= 0) {
        continue;
      }
    } catch (IOException closed) {
      // The same as its end.
    }
    isParentGone = true;
    System.exit(0);
  }

  /** Runs when the process is asked to end, or its parent has gone. */
  private void end(boolean isTemporary) {
    startDaemon("halt", Broker::haltLater);
    if (server != null) {
      server.shutdown();
    }
    if (isTemporary && isParentGone) {
      try (Stream<Path> files = Files.walk(data)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      } catch (IOException e) {
        // It lies among the temporary files and is deleted with them.
      }
    }
  }

  private static void haltLater() {
    try {
      TimeUnit.SECONDS.sleep(SHUTDOWN_SECONDS);
    } catch (InterruptedException e) {
      // Then now.
    }
    Runtime.getRuntime().halt(1);
  }

  private static void startDaemon(String name, Runnable body) {
    Thread thread = new Thread(body, name);
    thread.setDaemon(true);
    thread.start();
  }
}
