package io.sluice.domain.config;

/**
 * One thing that is wrong with a configuration.
 *
 * @param source where the configuration comes from, such as a file's name
 * @param field the path of the key, such as {@code limits[0].max_qty}; empty for the whole
 * @param value what stands there, as JSON; null where nothing does
 * @param expected what may stand there
 * @param remedy what to do
 * @param message all of it in a sentence
 */
public record Fault(
    String source, String field, String value, String expected, String remedy, String message) {

  /** A fault that only its message tells of. */
  static Fault told(String message) {
    return new Fault("", "", null, "", "", message);
  }
}
