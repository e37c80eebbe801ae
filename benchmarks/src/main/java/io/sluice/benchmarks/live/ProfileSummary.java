package io.sluice.benchmarks.live;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/**
 * Says where a recording of the gate's JVM spent its processor time: by thread, by who asked for
 * the work and by the method at the top; what was allocated and how long collections stopped it.
 *
 * <pre>
 * ProfileSummary gate.jfr [skipped-seconds]
 * </pre>
 */
public final class ProfileSummary {
  private static final int ROWS = 25;

  private final Map<String, Double> threads = new HashMap<>();
  private final Map<String, Double> owners = new HashMap<>();
  private final Map<String, Double> methods = new HashMap<>();
  private final Map<String, Double> lines = new HashMap<>();
  private final Map<String, Double> allocated = new HashMap<>();
  private double pauseMs;
  private double longestPauseMs;
  private int pauses;

  private ProfileSummary() {}

  public static void main(String[] args) throws IOException {
    Path file = Path.of(args[0]);
    long skippedS = args.length > 1 ? Long.parseLong(args[1]) : 0;
    new ProfileSummary().summarise(RecordingFile.readAllEvents(file), skippedS);
  }

  private void summarise(List<RecordedEvent> events, long skippedS) {
    var first = events.stream().map(RecordedEvent::getStartTime).min(java.time.Instant::compareTo);
    if (first.isEmpty()) {
      throw new IllegalStateException("the recording is empty: let the gate run longer");
    }
    var from = first.get().plusSeconds(skippedS);
    events.stream().filter(event -> !event.getStartTime().isBefore(from)).forEach(this::add);
    print("samples by thread", threads, false);
    print("samples by who asked for the work", owners, false);
    print("samples by method at the top", methods, false);
    print("samples with this method of Sluice on the stack", lines, true);
    print("allocated by who asked", allocated, false);
    System.out.printf(
        Locale.ROOT,
        "%npauses of the collector: %d, %.0f ms in all, longest %.1f ms%n",
        pauses,
        pauseMs,
        longestPauseMs);
  }

  private void add(RecordedEvent event) {
    switch (event.getEventType().getName()) {
      case "jdk.ExecutionSample" -> sample(event);
      case "jdk.ObjectAllocationSample" ->
          allocated.merge(owner(event.getStackTrace()), event.getDouble("weight"), Double::sum);
      case "jdk.GCPhasePause" -> {
        double ms = event.getDuration().toNanos() / 1e6;
        pauses++;
        pauseMs += ms;
        longestPauseMs = Math.max(longestPauseMs, ms);
      }
      default -> {
        // Not asked for.
      }
    }
  }

  private void sample(RecordedEvent event) {
    RecordedThread thread = event.getThread("sampledThread");
    threads.merge(thread == null ? "?" : thread.getJavaName(), 1.0, Double::sum);
    RecordedStackTrace stack = event.getStackTrace();
    owners.merge(owner(stack), 1.0, Double::sum);
    methods.merge(name(stack.getFrames().get(0)), 1.0, Double::sum);
    stack.getFrames().stream()
        .map(ProfileSummary::name)
        .filter(name -> name.startsWith("io.sluice."))
        .collect(Collectors.toSet())
        .forEach(name -> lines.merge(name, 1.0, Double::sum));
  }

  /** The first frame that belongs to Sluice or to a library, not to the JDK. */
  private static String owner(RecordedStackTrace stack) {
    if (stack == null) {
      return "?";
    }
    for (RecordedFrame frame : stack.getFrames()) {
      String type = frame.getMethod().getType().getName();
      if (type.startsWith("io.sluice.")) {
        return name(frame);
      }
      if (!type.startsWith("java.") && !type.startsWith("jdk.") && !type.startsWith("sun.")) {
        String[] parts = type.split("\\.");
        return String.join(".", List.of(parts).subList(0, Math.min(5, parts.length)));
      }
    }
    return "JDK alone";
  }

  private static String name(RecordedFrame frame) {
    return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
  }

  private static void print(String title, Map<String, Double> weights, boolean isOverlapping) {
    double all = weights.values().stream().mapToDouble(Double::doubleValue).sum();
    System.out.printf("%n%s%s%n", title, isOverlapping ? ", in samples" : ", % of all");
    weights.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .limit(ROWS)
        .forEach(
            entry ->
                System.out.printf(
                    Locale.ROOT,
                    "  %7.1f  %s%n",
                    isOverlapping ? entry.getValue() : 100 * entry.getValue() / all,
                    entry.getKey()));
  }
}
