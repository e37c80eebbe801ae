package io.sluice.sinks.files;

/**
 * The bytes of a part file, all numbers big-endian.
 *
 * <pre>
 * part  = header frame*
 * header= "SLUICEP" version(1)
 * frame = type(1) key length(4) line length(4) key line crc(4)
 * mark  = a frame of type 7F without key whose line is its own position in the part (8)
 * </pre>
 *
 * <p>The CRC-32 covers the frame before it. The type of a line's frame is its file's code. A mark
 * is written once everything before it is on disk, so damage in front of a mark is never the tail
 * that a killed process left.
 */
final class PartFormat {
  static final byte[] MAGIC = {'S', 'L', 'U', 'I', 'C', 'E', 'P'};
  static final byte VERSION = 1;
  static final int HEADER_BYTES = MAGIC.length + 1;

  static final byte MARK = 0x7F;
  static final int FRAME_HEAD_BYTES = 9;
  static final int CRC_BYTES = 4;

  static final String PREFIX = "part-";
  static final String SUFFIX = ".bin";

  private PartFormat() {}
}
