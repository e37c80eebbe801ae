package io.sluice.sinks.files;

/**
 * The line files a bounded run leaves, in the order they are assembled.
 *
 * <p>Parts and serialized lines name a file by its position here: constants may be added at the
 * end, never moved or removed.
 */
public enum OutputFile {
  DECISIONS("decisions.jsonl"),
  EVENTS("events.jsonl"),
  JOURNAL("journal.jsonl"),
  DEADLETTER("deadletter.jsonl"),
  /** Only where there are bars. */
  BARS("bars.jsonl"),
  /** Only where there are models. */
  SCORES("scores.jsonl");

  private static final OutputFile[] BY_CODE = values();

  private final String fileName;

  OutputFile(String fileName) {
    this.fileName = fileName;
  }

  /** The file's name inside the output folder. */
  public String fileName() {
    return fileName;
  }

  /** Whether a run without lines for it leaves it empty, and not away. */
  boolean isAlwaysThere() {
    return this != BARS && this != SCORES;
  }

  byte code() {
    return (byte) ordinal();
  }

  static boolean isCode(int code) {
    return code >= 0 && code < BY_CODE.length;
  }

  /**
   * @throws IllegalArgumentException for a code no file has
   */
  static OutputFile ofCode(int code) {
    if (!isCode(code)) {
      throw new IllegalArgumentException("no output file has code " + code);
    }
    return BY_CODE[code];
  }
}
