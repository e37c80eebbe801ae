package io.sluice.jobs.input;

import io.sluice.domain.wire.DeadLetter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The lines of a file as ranges of a buffer that is used again, so that reading costs no memory per
 * line. FileLines end in {@code \n} or {@code \r\n}; the last one needs no end; a UTF-8 byte order
 * mark at the start of the file is no part of the first.
 */
final class FileLines implements Lines {
  private static final int MAX_BYTES = DeadLetter.MAX_KEPT_BYTES;

  private final FileBytes file;
  private final byte[] buffer = new byte[2 * MAX_BYTES];
  private int position;
  private int limit;
  private long bufferOffset;

  private byte[] bytes = buffer;
  private int from;
  private int to;
  private boolean tooLong;
  private long number;

  private FileLines(FileBytes file, long number, long offset) {
    this.file = file;
    this.number = number;
    this.bufferOffset = offset;
  }

  /**
   * Opens a file behind some of its lines.
   *
   * @param lines how many lines lie before, at least 0
   * @param offset how many unpacked bytes these are, as {@link #offset()} said
   */
  static FileLines open(Path path, long lines, long offset) throws InputException {
    FileLines opened = new FileLines(FileBytes.open(path, offset), lines, offset);
    if (offset == 0) {
      opened.passByteOrderMark();
    }
    return opened;
  }

  @Override
  public boolean next() throws InputException {
    int scan = position;
    while (true) {
      while (scan < limit && buffer[scan] != '\n') {
        scan++;
      }
      if (scan < limit) {
        take(scan, scan + 1);
        return true;
      }
      int length = scan - position;
      if (length > MAX_BYTES + 1) {
        takeOverlong();
        return true;
      }
      if (!fill()) {
        if (length > 0) {
          take(limit, limit);
        }
        return length > 0;
      }
      scan = position + length;
    }
  }

  @Override
  public byte[] bytes() {
    return bytes;
  }

  @Override
  public int from() {
    return from;
  }

  @Override
  public int to() {
    return to;
  }

  @Override
  public boolean isTooLong() {
    return tooLong;
  }

  /** The number of the line, from 1; 0 before the first. */
  @Override
  public long number() {
    return number;
  }

  @Override
  public long taken() {
    return number;
  }

  /** How many unpacked bytes of the file lie before the next line. */
  @Override
  public long offset() {
    return bufferOffset + position;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private void take(int end, int next) {
    bytes = buffer;
    from = position;
    to = end > from && buffer[end - 1] == '\r' ? end - 1 : end;
    tooLong = to - from > MAX_BYTES;
    if (tooLong) {
      to = from + MAX_BYTES;
    }
    position = next;
    number++;
  }

  private void takeOverlong() throws InputException {
    bytes = Arrays.copyOfRange(buffer, position, position + MAX_BYTES);
    from = 0;
    to = MAX_BYTES;
    tooLong = true;
    number++;
    do {
      while (position < limit) {
        if (buffer[position++] == '\n') {
          return;
        }
      }
    } while (fill());
  }

  private void passByteOrderMark() throws InputException {
    while (limit < 3 && fill()) {
      // A packed file may give its first bytes one by one.
    }
    if (limit >= 3
        && buffer[0] == (byte) 0xef
        && buffer[1] == (byte) 0xbb
        && buffer[2] == (byte) 0xbf) {
      position = 3;
    }
  }

  /** Moves what is left to the front and reads behind it; false at the end of the file. */
  private boolean fill() throws InputException {
    System.arraycopy(buffer, position, buffer, 0, limit - position);
    bufferOffset += position;
    limit -= position;
    position = 0;
    int read = file.read(buffer, limit, buffer.length - limit);
    if (read < 0) {
      return false;
    }
    limit += read;
    return true;
  }
}
