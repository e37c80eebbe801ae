package io.sluice.cli.stack;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Runs another main class, whose name is the first argument, in a JVM that ends when its standard
 * input does: that is when the process that started it has ended.
 */
public final class WithParent {
  private static final long SHUTDOWN_SECONDS = 10;

  private WithParent() {}

  public static void main(String[] arguments) throws Throwable {
    // From the first moment on: the parent may die while this one starts.
    start("parent-watch", WithParent::endWithParent);
    try {
      Class.forName(arguments[0])
          .getMethod("main", String[].class)
          .invoke(null, (Object) Arrays.copyOfRange(arguments, 1, arguments.length));
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static void endWithParent() {
    try {
      while (System.in.read() >= 0) {
        continue;
      }
    } catch (IOException closed) {
      // The same as its end.
    }
    start("halt", WithParent::haltSoon);
    System.exit(0);
  }

  private static void haltSoon() {
    try {
      TimeUnit.SECONDS.sleep(SHUTDOWN_SECONDS);
    } catch (InterruptedException e) {
      // Then now.
    }
    Runtime.getRuntime().halt(1);
  }

  private static void start(String name, Runnable body) {
    Thread thread = new Thread(body, name);
    thread.setDaemon(true);
    thread.start();
  }
}
