package io.sluice.cli.live;

import io.sluice.domain.config.ConfigurationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;

/**
 * A configuration profile of Flink: a folder of {@code flink-conf/} beside the launcher. As in a
 * Flink distribution, its {@code masters} and {@code workers} have a line for each job manager and
 * task manager.
 *
 * @param folder with its {@code config.yaml}
 */
public record FlinkProfile(Path folder) {
  /** Further configuration, YAML, as Flink's own container image takes it: for secrets. */
  public static final String VARIABLE = "FLINK_PROPERTIES";

  /**
   * The profile of that name.
   *
   * @throws ConfigurationException where there is none
   */
  public static FlinkProfile named(String name) {
    return new FlinkProfile(folder(name));
  }

  /**
   * The folder of a profile, with its {@code config.yaml}.
   *
   * @throws ConfigurationException where there is none of that name
   */
  public static Path folder(String name) {
    Path folder =
        Path.of(System.getProperty("sluice.home", ".")).resolve("flink-conf").resolve(name);
    if (!Files.isRegularFile(folder.resolve("config.yaml"))) {
      throw new ConfigurationException(
          "there is no Flink profile "
              + name
              + " ("
              + folder.resolve("config.yaml")
              + "), expected a folder of flink-conf/ such as local, low-latency, durable, staging or production");
    }
    return folder;
  }

  /**
   * What it tells Flink, under what the environment and {@code given} say.
   *
   * @param given values by key
   */
  public Configuration configuration(Map<String, String> given) {
    Configuration flink = GlobalConfiguration.loadConfiguration(folder.toString());
    flink.addAll(ofEnvironment(System.getenv(VARIABLE)));
    flink.addAll(Configuration.fromMap(given));
    return flink;
  }

  private static Configuration ofEnvironment(String yaml) {
    if (yaml == null || yaml.isBlank()) {
      return new Configuration();
    }
    try {
      Path folder = Files.createTempDirectory("sluice-flink-");
      Path file = folder.resolve("config.yaml");
      try {
        // The folder is its owner's alone.
        Files.writeString(file, yaml);
        return GlobalConfiguration.loadConfiguration(folder.toString());
      } finally {
        Files.deleteIfExists(file);
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      throw new ConfigurationException(
          VARIABLE + " is not Flink configuration, expected YAML: a key and its value a line");
    }
  }

  /** How many job managers it asks for. */
  public int jobManagers() {
    return lines("masters");
  }

  /** How many task managers it asks for. */
  public int taskManagers() {
    return lines("workers");
  }

  private int lines(String name) {
    Path file = folder.resolve(name);
    if (!Files.exists(file)) {
      return 1;
    }
    try {
      return (int)
          Files.readAllLines(file).stream()
              .map(line -> line.replaceAll("#.*", ""))
              .filter(line -> !line.isBlank())
              .count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
