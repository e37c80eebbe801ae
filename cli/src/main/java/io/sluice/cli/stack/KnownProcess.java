package io.sluice.cli.stack;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A process as it is remembered in a file: a process id alone may have gone to a stranger since.
 *
 * @param startedAt when it started, as the system tells it
 */
public record KnownProcess(long pid, Instant startedAt) {
  /** The system derives a start from the time since boot, which clock corrections move a little. */
  private static final Duration SAME_START = Duration.ofSeconds(5);

  public static KnownProcess of(ProcessHandle process) {
    return new KnownProcess(process.pid(), process.info().startInstant().orElseGet(Instant::now));
  }

  /** The process, if it still runs. */
  public Optional<ProcessHandle> running() {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(this::isSameStart);
  }

  private boolean isSameStart(ProcessHandle process) {
    return process
        .info()
        .startInstant()
        .map(at -> Duration.between(at, startedAt).abs().compareTo(SAME_START) < 0)
        .orElse(false);
  }
}
