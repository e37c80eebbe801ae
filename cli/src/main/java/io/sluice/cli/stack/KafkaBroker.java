package io.sluice.cli.stack;

import io.sluice.jobs.kafka.KafkaSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A real Kafka broker in a process of its own, which ends with this one however that ends.
 *
 * <pre>{@code
 * try (KafkaBroker kafka = KafkaBroker.start()) {
 *   run(kafka.settings());
 * }
 * }</pre>
 */
public final class KafkaBroker implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(120);
  private static final int ATTEMPTS = 3;

  private final BrokerOptions options;
  private final Folder folder;
  private final Path log;
  private final Thread onExit = new Thread(this::end, "kafka-broker-end");
  private BrokerProcess process;
  private boolean isClosed;

  private KafkaBroker(BrokerOptions options, Folder folder, Path log) {
    this.options = options;
    this.folder = folder;
    this.log = log;
  }

  /** With free ports and a temporary data folder. */
  public static KafkaBroker start() throws IOException, InterruptedException {
    return start(BrokerOptions.temporary());
  }

  /**
   * Starts a broker and waits until it answers. It logs to {@code broker.log} in its data folder.
   *
   * @throws StackException when it does not start: what is wrong and the end of its log
   */
  public static KafkaBroker start(BrokerOptions given) throws IOException, InterruptedException {
    boolean isAnyPort = given.port() == 0 || given.controllerPort() == 0;
    for (int attempt = 1; ; attempt++) {
      Folder folder = Folder.of(given.data());
      BrokerOptions options = given.in(folder.path()).resolved();
      KafkaBroker broker = new KafkaBroker(options, folder, folder.path().resolve("broker.log"));
      Runtime.getRuntime().addShutdownHook(broker.onExit);
      try {
        broker.launch();
        return broker;
      } catch (StackException e) {
        broker.close();
        // Somebody may have taken a free port between its choice and its use.
        boolean isRetried = isAnyPort && attempt < ATTEMPTS && e.getMessage().contains("in use");
        if (!isRetried) {
          throw e;
        }
      } catch (IOException | InterruptedException | RuntimeException e) {
        broker.close();
        throw e;
      }
    }
  }

  private void launch() throws IOException, InterruptedException {
    begin().awaitAnswer(START);
  }

  private synchronized BrokerProcess begin() throws IOException {
    if (isClosed) {
      throw new IllegalStateException("the broker is closed; start another one");
    }
    Life life = folder.isTemporary() ? Life.TEMPORARY : Life.BOUND;
    process = BrokerProcess.start(options, log, life);
    return process;
  }

  /** {@code host:port} for clients; the same after a restart. */
  public String bootstrap() {
    return options.bootstrap();
  }

  /** How clients reach it, under the plain topic names. */
  public KafkaSettings settings() {
    return new KafkaSettings(bootstrap(), "", "sluice", options.client());
  }

  public long pid() {
    return process.handle().pid();
  }

  /** Where it logs warnings and worse. */
  public Path log() {
    return log;
  }

  /** Ends it in good order; its data stays. */
  public synchronized void stop() {
    if (process != null) {
      process.stop();
    }
  }

  /** Ends it at once, as kill -9 does; its data stays. */
  public synchronized void kill() {
    process.kill();
  }

  /**
   * Starts it again after {@link #stop} or {@link #kill}, with the same ports and data, and waits
   * until it answers.
   */
  public void restart() throws IOException, InterruptedException {
    if (process.handle().isAlive()) {
      throw new IllegalStateException("the broker runs; stop() or kill() it before restart()");
    }
    launch();
  }

  /** Ends it and deletes its data if that was temporary. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(onExit);
    } catch (IllegalStateException alreadyExiting) {
      return;
    }
    end();
  }

  private synchronized void end() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    stop();
    try {
      folder.deleteIfTemporary();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
