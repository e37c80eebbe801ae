package io.sluice.sinks.files;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.zip.CRC32;

/** Appends lines to one new part file. */
final class PartWriter implements Closeable {
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final byte[] NO_KEY = {};

  private final FileChannel channel;
  private final CRC32 crc = new CRC32();
  private ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
  private long written;
  private boolean unsynced = true;

  private PartWriter(FileChannel channel) {
    this.channel = channel;
    buffer.put(PartFormat.MAGIC).put(PartFormat.VERSION);
  }

  /**
   * @throws IOException also when the file exists: a part is never written over
   */
  static PartWriter create(Path file) throws IOException {
    return new PartWriter(FileChannel.open(file, CREATE_NEW, WRITE));
  }

  void append(OutputLine line) throws IOException {
    frame(line.file().code(), line.key(), line.line());
    unsynced = true;
  }

  /** Hands what is buffered to the operating system: it survives this process, not a power cut. */
  void flush() throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      written += channel.write(buffer);
    }
    buffer.clear();
  }

  /** Returns once everything appended so far is on disk. */
  void sync() throws IOException {
    if (!unsynced) {
      return;
    }
    flush();
    channel.force(false);
    // Only now: a mark vouches for what stands before it.
    frame(PartFormat.MARK, NO_KEY, ByteBuffer.allocate(Long.BYTES).putLong(written).array());
    flush();
    unsynced = false;
  }

  /** Closes the file; what was not flushed is lost. */
  @Override
  public void close() throws IOException {
    channel.close();
  }

  private void frame(byte type, byte[] key, byte[] line) throws IOException {
    int size = PartFormat.FRAME_HEAD_BYTES + key.length + line.length + PartFormat.CRC_BYTES;
    if (buffer.remaining() < size) {
      flush();
      if (buffer.capacity() < size) {
        buffer = ByteBuffer.allocate(size);
      }
    }
    int start = buffer.position();
    buffer.put(type).putInt(key.length).putInt(line.length).put(key).put(line);
    crc.reset();
    crc.update(buffer.array(), start, buffer.position() - start);
    buffer.putInt((int) crc.getValue());
  }
}
