package io.sluice.jobs.input;

import java.util.ArrayList;
import java.util.List;

/** The merge as its description reads, over whole files in memory: what the real one is held to. */
final class OrderModel {
  private static final long DAY = 86_400_000_000L;
  private static final long NONE = -1;

  /**
   * A line: its text, and where it is readable its wire name, rank and capped stamp (-1 for none).
   */
  record Line(String text, String name, int rank, long stampUs) {
    boolean isReadable() {
      return name != null;
    }
  }

  private record Timed(Line line, int number, long orderUs) {}

  private final List<List<Line>> lines;
  private final List<List<Timed>> files = new ArrayList<>();
  private final List<Integer> next = new ArrayList<>();

  private OrderModel(List<List<Line>> lines) {
    this.lines = lines;
    for (List<Line> file : lines) {
      files.add(timed(file));
      next.add(0);
    }
  }

  /** What comes out, as {@link Given#place} writes it; file number i is called {@code f<i>}. */
  static List<String> places(List<List<Line>> lines) {
    return new OrderModel(lines).merged();
  }

  private List<String> merged() {
    List<String> places = new ArrayList<>();
    long clock = 0;
    long number = 0;
    for (int file = first(); file >= 0; file = first()) {
      Timed head = head(file);
      next.set(file, next.get(file) + 1);
      if (!head.line.isReadable()) {
        places.add("dead f" + file + " " + head.number);
        continue;
      }
      boolean moves = head.line.name.equals("trade") || head.line.name.equals("quote");
      Line follower = readableFrom(lines.get(file), next.get(file));
      boolean confirmed = follower != null && follower.stampUs - clock > DAY;
      if (moves && (clock == 0 || head.orderUs - clock <= DAY || confirmed)) {
        clock = Math.max(clock, head.orderUs);
      }
      number++;
      places.add(
          "%d: f%d %d %s order %d clock %d"
              .formatted(number, file, head.number, head.line.name, head.orderUs, clock));
    }
    return places;
  }

  private int first() {
    int best = -1;
    for (int file = 0; file < files.size(); file++) {
      if (next.get(file) < files.get(file).size()
          && (best < 0 || isBefore(head(file), head(best)))) {
        best = file;
      }
    }
    return best;
  }

  private Timed head(int file) {
    return files.get(file).get(next.get(file));
  }

  private static boolean isBefore(Timed a, Timed b) {
    if (!a.line.isReadable() || !b.line.isReadable()) {
      return b.line.isReadable();
    }
    return a.orderUs != b.orderUs ? a.orderUs < b.orderUs : a.line.rank < b.line.rank;
  }

  private static List<Timed> timed(List<Line> lines) {
    List<Timed> timed = new ArrayList<>();
    long previous = NONE;
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      Line follower = readableFrom(lines, i + 1);
      long order = Math.max(previous, 0);
      if (line.isReadable() && line.stampUs != NONE) {
        order = orderOf(line, previous, follower);
        previous = order;
      }
      timed.add(new Timed(line, i + 1, order));
    }
    return timed;
  }

  private static long orderOf(Line line, long previous, Line follower) {
    if (previous == NONE) {
      boolean wild =
          follower != null && follower.stampUs != NONE && line.stampUs > follower.stampUs + DAY;
      return wild ? follower.stampUs : line.stampUs;
    }
    boolean wild =
        line.stampUs > previous + DAY && follower != null && follower.stampUs <= previous + DAY;
    return wild ? previous : Math.max(previous, line.stampUs);
  }

  private static Line readableFrom(List<Line> lines, int from) {
    return lines.stream().skip(from).filter(Line::isReadable).findFirst().orElse(null);
  }
}
