package io.sluice.domain.json;

/** Texts that are put together with line breaks to keys. */
public final class Delimited {
  private Delimited() {}

  /**
   * A text that is not empty, so that what follows it after a line break can be told from it: one
   * that has line breaks itself begins with one, and its length.
   */
  public static String text(String text) {
    return text.indexOf('\n') < 0 ? text : "\n" + text.length() + "\n" + text;
  }
}
