package io.sluice.sinks.files;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Files written under temporary names and renamed together. Until {@link #publish} nothing changes
 * under a final name, and {@link #close} without it leaves no trace.
 *
 * <p>Each rename is atomic, all of them are not: a process killed between two leaves some files new
 * and some old, each of them whole.
 */
final class StagedFiles implements Closeable {
  private static final int BUFFER_BYTES = 256 * 1024;

  private final Folder folder;

  /** Final path by temporary path, in the order of writing, which is the order of renaming. */
  private final Map<Path, Path> staged = new LinkedHashMap<>();

  StagedFiles(Path folder) {
    this.folder = new Folder(folder);
  }

  /** Writes a file's content; everything it throws passes through. */
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Returns once the content is on disk under a temporary name. */
  void write(String name, Content content) throws IOException {
    // Always the same name, so that what a killed process left is written over, not piled up.
    Path temporary = folder.path().resolve("." + name + ".tmp");
    if (staged.put(temporary, folder.path().resolve(name)) != null) {
      throw new IllegalStateException(name + " was written already");
    }
    try (FileChannel channel = FileChannel.open(temporary, CREATE, TRUNCATE_EXISTING, WRITE)) {
      OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES);
      content.writeTo(out);
      out.flush();
      channel.force(true);
    }
  }

  /**
   * Renames every file to its final name, in the order of writing, and returns once that is on
   * disk.
   *
   * @throws IOException before any rename, if a folder stands where a file should
   */
  void publish() throws IOException {
    for (Path target : staged.values()) {
      if (Files.isDirectory(target)) {
        throw new IOException("cannot write " + target + ": there is a folder of that name");
      }
    }
    for (Map.Entry<Path, Path> file : staged.entrySet()) {
      Files.move(file.getKey(), file.getValue(), StandardCopyOption.ATOMIC_MOVE);
    }
    staged.clear();
    folder.force();
  }

  @Override
  public void close() throws IOException {
    for (Path temporary : staged.keySet()) {
      Files.deleteIfExists(temporary);
    }
  }
}
