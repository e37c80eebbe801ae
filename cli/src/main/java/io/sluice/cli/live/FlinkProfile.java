package io.sluice.cli.live;

import io.sluice.domain.config.ConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Flink's configuration profiles: folders of {@code flink-conf/} beside the launcher. */
public final class FlinkProfile {
  private FlinkProfile() {}

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
              + "), expected a folder of flink-conf/ such as local, low-latency or durable");
    }
    return folder;
  }
}
