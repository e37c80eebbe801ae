package io.sluice.cli.deployment;

import io.sluice.cli.stack.StackException;
import io.sluice.jobs.config.ConfigurationFile;
import io.sluice.jobs.config.JobConfiguration;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What was deployed with a state folder, in order: {@code deployments/0001/deployment.json} with
 * the configuration beside it, and each jar once, {@code deployments/jars/SHA256.jar}. Nothing of
 * it is ever changed.
 */
public final class Deployments {
  private static final Pattern NUMBER = Pattern.compile("\\d{4,}");
  private static final String RECORD = "deployment.json";
  private static final String CONFIGURATION = "configuration.yaml";

  private final Path folder;

  private Deployments(Path folder) {
    this.folder = folder;
  }

  /**
   * @param state a gate's state folder
   */
  public static Deployments in(Path state) {
    return new Deployments(state.resolve("deployments"));
  }

  /**
   * All of them, in order.
   *
   * @throws StackException where a record does not read
   */
  public List<Deployment> all() throws IOException {
    List<Path> records = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> folders = Files.list(folder)) {
        folders
            .filter(each -> NUMBER.matcher(each.getFileName().toString()).matches())
            .map(each -> each.resolve(RECORD))
            .sorted()
            .forEach(records::add);
      }
    }
    List<Deployment> all = new ArrayList<>();
    for (Path each : records) {
      try {
        all.add(Deployment.read(Files.readString(each)));
      } catch (IOException | IllegalArgumentException | DateTimeException e) {
        throw new StackException(
            each
                + " does not read as the record of a deployment ("
                + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
                + "): put it back as it was, or move its folder away");
      }
    }
    return all;
  }

  /** The copy of a deployment's configuration, which may be missing by now. */
  public Path configurationOf(Deployment deployment) {
    return folderOf(deployment.number()).resolve(CONFIGURATION);
  }

  /** The copy of a deployment's jar, which may be missing by now; empty where it had none. */
  public Optional<Path> jarOf(Deployment deployment) {
    return Optional.ofNullable(deployment.build().jarSha256()).map(this::jar);
  }

  private Path jar(String sha256) {
    return folder.resolve("jars").resolve(sha256 + ".jar");
  }

  private Path folderOf(int number) {
    return folder.resolve(String.format(Locale.ROOT, "%04d", number));
  }

  /**
   * What is about to be deployed, copied before it is: whatever becomes of the files, a record of
   * it tells the truth.
   */
  public final class Prepared {
    private final Path configuration;
    private final byte[] yaml;
    private final JobConfiguration read;
    private final Build build;

    private Prepared(Path configuration, Build build) throws IOException {
      this.configuration = configuration;
      this.yaml = Files.readAllBytes(configuration);
      this.read = ConfigurationFile.readJob(configuration);
      this.build = build;
    }

    /**
     * Keeps the record of it, when it is deployed.
     *
     * @param by the command that did it
     * @param from what it went on from
     */
    public Deployment deployed(String by, int parallelism, Optional<Path> from, boolean isArchived)
        throws IOException {
      List<Deployment> before = all();
      Deployment deployment =
          new Deployment(
              before.isEmpty() ? 1 : before.get(before.size() - 1).number() + 1,
              Instant.now(),
              by,
              System.getProperty("user.name"),
              build,
              configuration.toAbsolutePath().normalize().toString(),
              HexFormat.of().formatHex(sha256().digest(yaml)),
              ConfigurationFile.variablesIn(System.getenv()),
              read.kafka().topicPrefix(),
              parallelism,
              from.map(path -> path.toAbsolutePath().normalize().toString()).orElse(null),
              isArchived);
      Path whole = folderOf(deployment.number());
      Path next = Files.createDirectories(folder.resolve(whole.getFileName() + ".next"));
      Files.write(next.resolve(CONFIGURATION), yaml);
      Files.writeString(next.resolve(RECORD), deployment.toJson());
      Files.move(next, whole, StandardCopyOption.ATOMIC_MOVE);
      return deployment;
    }
  }

  /** Of a build that runs from this checkout. */
  public Prepared prepare(Path configuration) throws IOException {
    return new Prepared(configuration, Build.current(null));
  }

  /** Of this build, by its jar. */
  public Prepared prepare(Path configuration, Path jar) throws IOException {
    return new Prepared(configuration, Build.current(keep(jar)));
  }

  /** Of what was deployed before, once more. */
  public Prepared prepare(Deployment again) throws IOException {
    return new Prepared(configurationOf(again), again.build());
  }

  private String keep(Path jar) throws IOException {
    String sha256 = sha256Of(jar);
    Path kept = jar(sha256);
    if (!Files.exists(kept)) {
      Files.createDirectories(kept.getParent());
      Path next =
          Files.copy(
              jar, kept.resolveSibling(sha256 + ".next"), StandardCopyOption.REPLACE_EXISTING);
      Files.move(next, kept, StandardCopyOption.ATOMIC_MOVE);
    }
    return sha256;
  }

  static String sha256Of(Path file) throws IOException {
    MessageDigest digest = sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
