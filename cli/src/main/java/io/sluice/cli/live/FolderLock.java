package io.sluice.cli.live;

import io.sluice.cli.stack.StackException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A gate's folder in the hands of one process: two gates that go on from the same checkpoints would
 * delete them under each other. The lock is the operating system's, which lets go of it however the
 * process ends; the file stays, and says who held it last.
 */
public final class FolderLock implements AutoCloseable {
  private static final String FILE = "lock";

  /**
   * The folders that this process holds. They are asked before the file is opened: to close it
   * again would let go of the lock of the one who has it.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel file;

  private FolderLock(Path folder, FileChannel file) {
    this.folder = folder;
    this.file = file;
  }

  /**
   * Takes a folder, which is made where it is missing.
   *
   * @throws StackException where another gate has it
   */
  public static FolderLock take(Path folder) throws IOException {
    Path real = Files.createDirectories(folder).toRealPath();
    if (!HELD.add(real)) {
      throw taken(folder, "this process");
    }
    try {
      FileChannel file =
          FileChannel.open(
              real.resolve(FILE),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      FileLock lock = file.tryLock();
      if (lock == null) {
        String holder = Files.readString(real.resolve(FILE)).strip();
        file.close();
        throw taken(folder, holder.isEmpty() ? "another process" : "process " + holder);
      }
      file.truncate(0);
      file.write(
          ByteBuffer.wrap(
              (ProcessHandle.current().pid() + System.lineSeparator())
                  .getBytes(StandardCharsets.UTF_8)));
      return new FolderLock(real, file);
    } catch (IOException | RuntimeException e) {
      HELD.remove(real);
      throw e;
    }
  }

  private static StackException taken(Path folder, String holder) {
    return new StackException(
        "the gate in "
            + holder
            + " has the state folder "
            + folder
            + ": stop that one first, or give this one a folder of its own with --state");
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      // The system lets go of it when the process ends.
    } finally {
      HELD.remove(folder);
    }
  }
}
