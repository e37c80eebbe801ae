package io.sluice.benchmarks.live;

import java.time.Duration;

/** How many processors' time a process uses, on average from a moment on. */
final class Cores {
  private final String name;
  private final ProcessHandle process;
  private Duration before = Duration.ZERO;
  private long sinceNanos = System.nanoTime();

  private Cores(String name, ProcessHandle process) {
    this.name = name;
    this.process = process;
  }

  static Cores of(String name, ProcessHandle process) {
    return new Cores(name, process);
  }

  String name() {
    return name;
  }

  /** What has been used so far does not count. */
  void restart() {
    before = total();
    sinceNanos = System.nanoTime();
  }

  double used() {
    return (double) total().minus(before).toNanos() / (System.nanoTime() - sinceNanos);
  }

  private Duration total() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }
}
