package io.sluice.domain.market.feature;

/**
 * A feature that a user composes of others.
 *
 * @param name none of the catalogue's
 * @param input a number of each bar, a feature that is on, one of trades or quotes with {@code
 *     @tick} behind its name, or a composition before it
 * @param window how many values of it
 */
public record Composition(String name, String input, TransformKind transform, int window) {
  /** The most compositions that may be made of each other. */
  public static final int MAX_DEPTH = 3;

  /** The longest window. */
  public static final int MAX_WINDOW = 1_000;

  /** What it is stored under: one that is composed otherwise begins anew. */
  String key() {
    return name + " " + input + " " + transform.key() + " " + window;
  }
}
