package io.sluice.cli;

import io.sluice.cli.stack.KafkaBroker;
import java.io.IOException;

/**
 * The broker of all tests of this JVM that neither stop it nor count what is on it: each has topics
 * with a prefix of its own. It ends with the JVM.
 */
public final class SharedBroker {
  private static KafkaBroker broker;

  private SharedBroker() {}

  /** It is not to be closed. */
  public static synchronized KafkaBroker get() throws IOException, InterruptedException {
    if (broker == null) {
      broker = KafkaBroker.start();
    }
    return broker;
  }
}
