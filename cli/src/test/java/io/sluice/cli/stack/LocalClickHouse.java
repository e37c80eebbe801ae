package io.sluice.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The real engine for tests; without Node they are skipped. */
public final class LocalClickHouse {
  private static ClickHouse shared;

  private LocalClickHouse() {}

  /**
   * That of all tests of this JVM that neither stop it nor count what is in it: each has databases
   * of its own. It ends with the JVM and is not to be closed.
   */
  public static synchronized ClickHouse shared() throws Exception {
    if (shared == null) {
      shared = start();
    }
    return shared;
  }

  public static ClickHouse start() throws Exception {
    return start(ClickHouseOptions.temporary());
  }

  public static ClickHouse start(ClickHouseOptions options) throws Exception {
    assumeTrue(ClickHousePackage.missing().isEmpty(), ClickHousePackage.missing().orElse(""));
    return ClickHouse.start(options, line -> {});
  }

  /** Ends it and sees that nothing of it is left. */
  public static void end(ClickHouse clickHouse) {
    if (clickHouse == null) {
      return;
    }
    clickHouse.close();
    assertThat(clickHouse.log().getParent()).doesNotExist();
    assertThat(ProcessHandle.of(clickHouse.pid())).isEmpty();
  }
}
