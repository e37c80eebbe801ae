package io.sluice.jobs.input;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/**
 * The unpacked bytes of a file. What it is packed with is told by its first bytes, because names
 * lie. Every failure is an {@link InputException} that names the file.
 */
final class FileBytes implements Closeable {
  private static final int PACKED_BUFFER = 64 * 1024;
  private static final String FETCH_AGAIN = "copy or download it again";

  private final Path path;
  private final FileChannel channel;
  private final InputStream unpacked;

  private FileBytes(Path path, FileChannel channel, InputStream unpacked) {
    this.path = path;
    this.channel = channel;
    this.unpacked = unpacked;
  }

  /**
   * Opens a file so that the next byte read is the one at {@code offset} of its unpacked bytes. A
   * plain file is sought, a packed one is unpacked from its start.
   *
   * @param offset from 0, at most the length of the unpacked bytes
   */
  static FileBytes open(Path path, long offset) throws InputException {
    check(path);
    FileChannel channel = null;
    try {
      channel = FileChannel.open(path);
      return new FileBytes(path, channel, unpacked(path, channel, offset));
    } catch (IOException e) {
      closeQuietly(channel);
      throw explained(path, e);
    }
  }

  /** The size of the file as it lies on disk, in bytes. */
  static long size(Path path) throws InputException {
    check(path);
    try {
      return Files.size(path);
    } catch (IOException e) {
      throw explained(path, e);
    }
  }

  /** Fills a part of the buffer and returns how many bytes that were, or -1 at the end. */
  int read(byte[] buffer, int from, int length) throws InputException {
    try {
      return unpacked.read(buffer, from, length);
    } catch (IOException e) {
      throw explained(path, e);
    }
  }

  @Override
  public void close() throws IOException {
    unpacked.close();
    channel.close();
  }

  private static void check(Path path) throws InputException {
    if (Files.isDirectory(path)) {
      throw new InputException(path, "is a directory", "name the files in it");
    }
    if (!Files.exists(path)) {
      throw new InputException(path, "does not exist", "check the path");
    }
    if (!Files.isRegularFile(path)) {
      // It is opened more than once, to recognise it and to resume.
      throw new InputException(path, "is not a regular file", "write its content to a file first");
    }
  }

  private static InputStream unpacked(Path path, FileChannel channel, long offset)
      throws IOException {
    ByteBuffer first = ByteBuffer.allocate(4);
    channel.read(first, 0);
    byte[] magic = first.array();
    InputStream raw = Channels.newInputStream(channel);
    boolean gzip = magic[0] == 0x1f && magic[1] == (byte) 0x8b;
    boolean zip = magic[0] == 'P' && magic[1] == 'K' && (magic[2] == 3 || magic[2] == 5);
    if (!gzip && !zip) {
      channel.position(offset);
      return raw;
    }
    InputStream unpacked = gzip ? new GZIPInputStream(raw, PACKED_BUFFER) : onlyEntry(path, raw);
    unpacked.skipNBytes(offset);
    return unpacked;
  }

  /** The directory at the end of the zip is asked first; the stream then checks the CRC. */
  private static InputStream onlyEntry(Path path, InputStream raw) throws IOException {
    long files;
    try (ZipFile zip = new ZipFile(path.toFile())) {
      files = zip.stream().filter(entry -> !entry.isDirectory()).count();
    }
    if (files != 1) {
      throw new InputException(
          path, "is a zip of " + files + " files where one was expected", "unpack it");
    }
    ZipInputStream stream = new ZipInputStream(new BufferedInputStream(raw, PACKED_BUFFER));
    for (ZipEntry entry = stream.getNextEntry(); entry != null; entry = stream.getNextEntry()) {
      if (!entry.isDirectory()) {
        return stream;
      }
    }
    throw new ZipException("its entry is missing");
  }

  private static InputException explained(Path path, IOException e) {
    if (e instanceof InputException explained) {
      return explained;
    }
    if (e instanceof AccessDeniedException) {
      return new InputException(path, "may not be read", "check its permissions", e);
    }
    if (e instanceof EOFException) {
      return new InputException(path, "is truncated: its packed data stop early", FETCH_AGAIN, e);
    }
    if (e instanceof ZipException) {
      return new InputException(path, "is corrupt or truncated: " + said(e), FETCH_AGAIN, e);
    }
    return new InputException(path, "cannot be read: " + said(e), "check the disk", e);
  }

  private static String said(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static void closeQuietly(FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // What went wrong first is what the user has to know.
    }
  }
}
