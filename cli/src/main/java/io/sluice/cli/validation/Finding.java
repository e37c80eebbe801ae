package io.sluice.cli.validation;

/**
 * One thing that was looked at.
 *
 * @param area what it is about: health, probes, latency, freshness, resources
 * @param check what was looked at
 * @param observed what there is
 * @param expected what there should be
 * @param advice what to do; empty where it is well
 */
public record Finding(
    String area, String check, Grade grade, String observed, String expected, String advice) {
  /** How well it is. */
  public enum Grade {
    OK,
    /** Worth a look, and no reason to go back. */
    WARN,
    FAIL,
    /** Not looked at. */
    SKIPPED
  }

  static Finding ok(String area, String check, String observed, String expected) {
    return new Finding(area, check, Grade.OK, observed, expected, "");
  }

  /** Well where it holds, else of this grade with this advice. */
  static Finding of(
      boolean holds,
      Grade otherwise,
      String area,
      String check,
      String observed,
      String expected,
      String advice) {
    return holds
        ? ok(area, check, observed, expected)
        : new Finding(area, check, otherwise, observed, expected, advice);
  }
}
