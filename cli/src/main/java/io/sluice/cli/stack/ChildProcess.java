package io.sluice.cli.stack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A process that this one has started: how it is ended, and what it logged last. */
public final class ChildProcess {
  private static final int TAIL_LINES = 15;
  private static final String CAUSE = "Caused by: ";
  private static final int POLL_MS = 50;
  private static final Duration STOP = Duration.ofSeconds(25);

  private final String name;
  private final Process process;
  private final Path log;

  /**
   * @param name for messages, with its article
   * @param log where its output goes
   */
  ChildProcess(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /** Keeps the process of a command from ending with the terminal it is started in. */
  static void outliving(List<String> command) {
    for (String program : List.of("/usr/bin/nohup", "/bin/nohup")) {
      if (Files.isExecutable(Path.of(program))) {
        command.add(program);
        return;
      }
    }
  }

  /**
   * Lets a moment pass in which its start may come to an end.
   *
   * @param deadlineNanos by {@link System#nanoTime}
   * @param missing what is waited for, for the message
   * @throws StackException when it has ended, or the time is over; with what it logged last
   */
  void awaitStart(long deadlineNanos, String missing) throws InterruptedException {
    if (process.waitFor(POLL_MS, TimeUnit.MILLISECONDS)) {
      throw new StackException(
          name + " ended while it started (exit code " + process.exitValue() + ")" + tail());
    }
    if (System.nanoTime() - deadlineNanos > 0) {
      throw new StackException(name + " " + missing + tail());
    }
  }

  /** The end of its log, and the last cause that it gives, to follow a message. */
  public String tail() {
    String logged;
    try {
      List<String> lines =
          new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList();
      int end = Math.max(0, lines.size() - TAIL_LINES);
      logged =
          Stream.concat(lastCause(lines.subList(0, end)), lines.subList(end, lines.size()).stream())
              .map(line -> System.lineSeparator() + "  " + line)
              .collect(Collectors.joining());
    } catch (IOException unreadable) {
      return "; its log " + log + " cannot be read";
    }
    return logged.isEmpty()
        ? "; it logged nothing in " + log
        : "; the end of its log " + log + ":" + logged;
  }

  /** A process that fails may say much more while it shuts down. */
  private static Stream<String> lastCause(List<String> lines) {
    return lines.stream().filter(line -> line.startsWith(CAUSE)).reduce((a, b) -> b).stream();
  }

  public ProcessHandle handle() {
    return process.toHandle();
  }

  /** Ends it in good order, and when that takes too long, at once. */
  public void stop() {
    end(process.toHandle(), STOP);
  }

  /** Ends it at once, as kill -9 does. */
  public void kill() {
    process.destroyForcibly();
    await(process.toHandle(), STOP);
  }

  /** Ends a process in good order, and after that time at once. */
  static void end(ProcessHandle handle, Duration patience) {
    handle.destroy();
    if (!await(handle, patience)) {
      handle.destroyForcibly();
      await(handle, patience);
    }
  }

  private static boolean await(ProcessHandle handle, Duration patience) {
    try {
      handle.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException | TimeoutException e) {
      return !handle.isAlive();
    }
  }
}
