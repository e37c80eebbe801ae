package io.sluice.benchmarks.live;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;

/** A process that is stopped nine tenths of the time, by signals; when closed it runs again. */
final class SlowedProcess implements AutoCloseable {
  private static final long STOPPED_NANOS = 1_800_000_000L;
  private static final long RUNNING_NANOS = 200_000_000L;

  private final long pid;
  private final Thread thread;
  private volatile boolean isClosed;

  private SlowedProcess(long pid) {
    this.pid = pid;
    this.thread = new Thread(this::slow, "slowed-" + pid);
  }

  static SlowedProcess of(long pid) {
    SlowedProcess slowed = new SlowedProcess(pid);
    slowed.thread.setDaemon(true);
    slowed.thread.start();
    return slowed;
  }

  private void slow() {
    while (!isClosed) {
      signal("STOP");
      LockSupport.parkNanos(STOPPED_NANOS);
      signal("CONT");
      LockSupport.parkNanos(RUNNING_NANOS);
    }
  }

  private void signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, String.valueOf(pid)).start().waitFor();
    } catch (IOException e) {
      isClosed = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      isClosed = true;
    }
  }

  @Override
  public void close() throws InterruptedException {
    isClosed = true;
    thread.join();
    signal("CONT");
  }
}
