package io.sluice.cli.stack;

/** What is done if this JVM exits before it is closed. */
public final class OnExit implements AutoCloseable {
  private final Thread hook;

  /**
   * @param name of the thread that does it
   */
  public OnExit(String name, Runnable act) {
    this.hook = new Thread(act, name);
    Runtime.getRuntime().addShutdownHook(hook);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException exiting) {
      // Then it is done now.
    }
  }
}
