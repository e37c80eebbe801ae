package io.sluice.operators;

import io.sluice.domain.scoring.Model;
import io.sluice.scoring.BundleLoader;
import java.io.IOException;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.Path;

/** Model bundles on whatever file system Flink knows. */
final class BundleFolder {
  private BundleFolder() {}

  /**
   * The model in a folder, for one task.
   *
   * @throws io.sluice.domain.scoring.BundleException where it cannot be used
   */
  static Model load(String folder) {
    BundleLoader loader = new BundleLoader(folder, name -> read(new Path(folder, name)));
    return loader.load(loader.bundle());
  }

  private static byte[] read(Path file) throws IOException {
    try (FSDataInputStream in = file.getFileSystem().open(file)) {
      return in.readAllBytes();
    }
  }
}
