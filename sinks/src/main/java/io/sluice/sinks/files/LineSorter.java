package io.sluice.sinks.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Sorts more lines than fit into memory: collects what fits, sorts it, spills it to a file, and in
 * the end merges the spilled runs with what is left. First all lines are added, then all taken.
 */
final class LineSorter implements Closeable {
  /** What a line costs on the heap beside its bytes: the record, two array headers, a reference. */
  private static final int LINE_OVERHEAD_BYTES = 72;

  private final Path folder;
  private final long memoryBytes;
  private final List<OutputLine> collected = new ArrayList<>();
  private long collectedBytes;
  private final List<SpilledRun> spilled = new ArrayList<>();
  private PriorityQueue<Run> merge;

  /**
   * @param folder where runs are spilled; they are gone after {@link #close}
   * @param memoryBytes how many bytes of lines to hold at most, give or take one line
   */
  LineSorter(Path folder, long memoryBytes) {
    this.folder = folder;
    this.memoryBytes = memoryBytes;
  }

  void add(OutputLine line) throws IOException {
    collected.add(line);
    collectedBytes += LINE_OVERHEAD_BYTES + line.key().length + line.line().length;
    if (collectedBytes >= memoryBytes) {
      spill();
    }
  }

  /** The next line in order, or null after the last; repeats come one after the other. */
  OutputLine next() throws IOException {
    if (merge == null) {
      startMerge();
    }
    Run run = merge.poll();
    if (run == null) {
      return null;
    }
    OutputLine line = run.head;
    queue(run);
    return line;
  }

  @Override
  public void close() throws IOException {
    for (SpilledRun run : spilled) {
      run.close();
    }
  }

  private void spill() throws IOException {
    Collections.sort(collected);
    Path file = folder.resolve("run-" + spilled.size() + ".tmp");
    // One that a killed assembly left.
    Files.deleteIfExists(file);
    spilled.add(new SpilledRun(file, collected.size()));
    try (PartWriter writer = PartWriter.create(file)) {
      for (OutputLine line : collected) {
        writer.append(line);
      }
      writer.flush();
    }
    collected.clear();
    collectedBytes = 0;
  }

  private void startMerge() throws IOException {
    merge = new PriorityQueue<>();
    Collections.sort(collected);
    Iterator<OutputLine> rest = collected.iterator();
    queue(new Run(() -> rest.hasNext() ? rest.next() : null));
    for (SpilledRun run : spilled) {
      queue(new Run(run));
    }
  }

  private void queue(Run run) throws IOException {
    if (run.advance()) {
      merge.add(run);
    }
  }

  /** Gives sorted lines, then null. */
  private interface Lines {
    OutputLine next() throws IOException;
  }

  /** Sorted lines and the first of them not yet taken. */
  private static final class Run implements Comparable<Run> {
    private final Lines lines;
    private OutputLine head;

    Run(Lines lines) {
      this.lines = lines;
    }

    boolean advance() throws IOException {
      head = lines.next();
      return head != null;
    }

    @Override
    public int compareTo(Run other) {
      return head.compareTo(other.head);
    }
  }

  private static final class SpilledRun implements Lines, Closeable {
    private final Path file;
    private long remaining;
    private PartReader reader;

    SpilledRun(Path file, long lines) {
      this.file = file;
      this.remaining = lines;
    }

    @Override
    public OutputLine next() throws IOException {
      if (remaining == 0) {
        return null;
      }
      if (reader == null) {
        reader = PartReader.open(file);
      }
      OutputLine line = reader.next();
      if (line == null) {
        // A reader forgives a torn tail. Here nobody has the lines a second time.
        throw new DamagedPartException(file, remaining + " lines less than were written");
      }
      remaining--;
      return line;
    }

    @Override
    public void close() throws IOException {
      if (reader != null) {
        reader.close();
      }
      Files.deleteIfExists(file);
    }
  }
}
