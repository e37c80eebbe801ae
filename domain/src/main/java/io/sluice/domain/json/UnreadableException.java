package io.sluice.domain.json;

/**
 * A line that cannot be read: one dead letter. The message says what was found and what was
 * expected.
 */
public final class UnreadableException extends Exception {
  private static final long serialVersionUID = 1L;
  private final String field;

  /**
   * @param reason what is wrong, in one line
   * @param field the field at fault, or null where the line as a whole is
   */
  public UnreadableException(String reason, String field) {
    super(reason, null, false, false);
    this.field = field;
  }

  public String field() {
    return field;
  }
}
