package io.sluice.cli.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the build makes for a Flink cluster: the class path of its processes, which are artifacts of
 * Maven, and the job's jar.
 *
 * @param folder {@code cluster/target}
 */
public record ClusterBuild(Path folder) {
  /** Names the folder. */
  static final String PROPERTY = "sluice.cluster";

  private static final String CLASS_PATH = "classpath.txt";

  /**
   * The one that this process was told of.
   *
   * @throws StackException where there is none
   */
  public static ClusterBuild found() {
    String folder = System.getProperty(PROPERTY);
    ClusterBuild build = new ClusterBuild(Path.of(folder == null ? "" : folder).toAbsolutePath());
    for (Path file : new Path[] {build.folder.resolve(CLASS_PATH), build.jobJar()}) {
      if (folder == null || !Files.exists(file)) {
        throw new StackException(
            "the cluster's class path and the job's jar are not known: system property "
                + PROPERTY
                + " is "
                + folder
                + ", expected the folder in which the build writes "
                + file.getFileName()
                + " (cluster/target); ./sluice builds it and passes it on");
      }
    }
    return build;
  }

  /** Flink, what it needs, and what has to lie beside it; nothing of Sluice. */
  public String classPath() throws IOException {
    return Files.readString(folder.resolve(CLASS_PATH)).strip();
  }

  /** Sluice's jobs with all that is not on the class path. */
  public Path jobJar() {
    return folder.resolve("sluice-job.jar");
  }
}
