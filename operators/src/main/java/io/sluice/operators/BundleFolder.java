package io.sluice.operators;

import io.sluice.domain.scoring.Model;
import io.sluice.domain.scoring.ModelBundle;
import io.sluice.domain.scoring.Publication;
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
    BundleLoader loader = loader(folder);
    return loader.load(loader.bundle());
  }

  /**
   * The model that was published, and no other that lies in its folder by now.
   *
   * @throws io.sluice.domain.scoring.BundleException where it cannot be used
   */
  static Model load(Publication publication) {
    BundleLoader loader = loader(publication.bundle());
    ModelBundle bundle = loader.bundle(publication.sha256());
    publication.check(bundle);
    return loader.load(bundle);
  }

  private static BundleLoader loader(String folder) {
    return new BundleLoader(folder, name -> read(new Path(folder, name)));
  }

  private static byte[] read(Path file) throws IOException {
    try (FSDataInputStream in = file.getFileSystem().open(file)) {
      return in.readAllBytes();
    }
  }
}
