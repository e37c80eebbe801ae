package io.sluice.sinks.files;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * Reads the lines of a part file up to its end or the first byte that is not sound.
 *
 * <p>What follows the last mark may be torn or damaged: it was written after the last checkpoint
 * that this part took part in, so the resumed job emitted all of it again, and what is readable of
 * it is as good as the repeat. Damage in front of a mark is an error, because nobody emits those
 * lines again.
 *
 * <p>A file cut so short that marks are gone with it looks like one whose writer was killed there.
 */
final class PartReader implements Closeable {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final Path file;
  private final InputStream in;
  private final long size;
  private final byte[] head = new byte[PartFormat.FRAME_HEAD_BYTES];
  private final byte[] trailer = new byte[PartFormat.CRC_BYTES];
  private final CRC32 crc = new CRC32();
  private long position;
  private boolean ended;
  private byte[] key;
  private byte[] line;

  private PartReader(Path file) throws IOException {
    this.file = file;
    this.size = Files.size(file);
    this.in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
  }

  /**
   * @throws DamagedPartException if the file was written in a format this build does not read
   */
  static PartReader open(Path file) throws IOException {
    PartReader reader = new PartReader(file);
    try {
      reader.readHeader();
      return reader;
    } catch (IOException | RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  /**
   * The next line, or null at the end.
   *
   * @throws DamagedPartException if lines are lost that were safe on disk once
   */
  OutputLine next() throws IOException {
    while (!ended) {
      if (!readFrame()) {
        end();
      } else if (head[0] != PartFormat.MARK) {
        return new OutputLine(OutputFile.ofCode(head[0]), key, line);
      }
    }
    return null;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private void readHeader() throws IOException {
    byte[] header = new byte[PartFormat.HEADER_BYTES];
    if (!read(header)
        || !Arrays.equals(
            header, 0, PartFormat.MAGIC.length, PartFormat.MAGIC, 0, PartFormat.MAGIC.length)) {
      end();
      return;
    }
    byte version = header[PartFormat.MAGIC.length];
    if (version != PartFormat.VERSION) {
      throw new DamagedPartException(
          file, "its format is " + version + ", this build reads " + PartFormat.VERSION);
    }
    position = PartFormat.HEADER_BYTES;
  }

  /** Reads one frame and moves behind it; false, and no move, if there is none. */
  private boolean readFrame() throws IOException {
    if (!read(head)) {
      return false;
    }
    ByteBuffer lengths = ByteBuffer.wrap(head, 1, 2 * Integer.BYTES);
    int keyLength = lengths.getInt();
    int lineLength = lengths.getInt();
    if (!isPlausible(head[0], keyLength, lineLength)) {
      return false;
    }
    key = new byte[keyLength];
    line = new byte[lineLength];
    if (!read(key) || !read(line) || !read(trailer)) {
      return false;
    }
    crc.reset();
    crc.update(head);
    crc.update(key);
    crc.update(line);
    if ((int) crc.getValue() != ByteBuffer.wrap(trailer).getInt()) {
      return false;
    }
    position += head.length + keyLength + lineLength + trailer.length;
    return true;
  }

  /** Keeps a damaged length from asking for memory the file could not fill. */
  private boolean isPlausible(byte type, int keyLength, int lineLength) {
    return (type == PartFormat.MARK || OutputFile.isCode(type))
        && keyLength >= 0
        && keyLength <= OutputLine.MAX_KEY_BYTES
        && lineLength >= 0
        && lineLength <= OutputLine.MAX_LINE_BYTES
        && position + head.length + keyLength + lineLength + trailer.length <= size;
  }

  private boolean read(byte[] target) throws IOException {
    return in.readNBytes(target, 0, target.length) == target.length;
  }

  private void end() throws IOException {
    ended = true;
    if (position < size && isFollowedByMark()) {
      throw new DamagedPartException(
          file, "the bytes at " + position + " are not what was written to disk there");
    }
  }

  /** Whether a mark begins behind the current position, found by the position it carries. */
  private boolean isFollowedByMark() throws IOException {
    try (InputStream rest = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES)) {
      rest.skipNBytes(position);
      long before = 0;
      long last = 0;
      long end = position;
      for (int b = rest.read(); b >= 0; b = rest.read()) {
        before = before << 8 | last >>> 56;
        last = last << 8 | b;
        end++;
        long start = end - Long.BYTES - PartFormat.FRAME_HEAD_BYTES;
        // A mark's lengths are 0 and 8: as one number, 8. At the position itself it would be the
        // mark that is torn, with everything it vouches for already read.
        if (before == Long.BYTES && last == start && start > position) {
          return true;
        }
      }
      return false;
    }
  }
}
