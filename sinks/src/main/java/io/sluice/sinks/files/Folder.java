package io.sluice.sinks.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A folder that files are written to. */
record Folder(Path path) {

  /** Creates the folder, and those above it, unless it exists. */
  Folder create() throws IOException {
    // createDirectories refuses a link to a folder.
    if (!Files.isDirectory(path)) {
      Files.createDirectories(path);
    }
    return this;
  }

  /**
   * Creates the folder unless it exists, and tries whether files can be made in it.
   *
   * @throws IOException naming the folder and what is in the way
   */
  void checkWritable() throws IOException {
    Path standing = path.toAbsolutePath();
    while (standing != null && !Files.exists(standing)) {
      standing = standing.getParent();
    }
    if (standing != null && !Files.isDirectory(standing)) {
      throw new IOException("cannot write to " + path + ": " + standing + " is not a folder");
    }
    try {
      create();
      Files.delete(Files.createTempFile(path, ".writable", ".tmp"));
    } catch (IOException e) {
      throw new IOException("cannot write to " + path + ": " + e, e);
    }
  }

  /** Returns once the names of the folder's files are on disk; their contents are not its care. */
  void force() throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
