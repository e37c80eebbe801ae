package io.sluice.cli;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Trades, as Bitstamp writes them, whose price swings and is pulled back to where it came from. */
final class SwingingTrades {
  static final long FIRST_S = 1_385_600_000L;

  private SwingingTrades() {}

  static Path write(Path file, int count, int secondsBetween) throws IOException {
    Random random = new Random(3);
    List<String> lines = new ArrayList<>();
    double away = 0;
    for (int i = 0; i < count; i++) {
      away = 0.98 * away + random.nextGaussian();
      BigDecimal price = BigDecimal.valueOf(800 + away).setScale(2, RoundingMode.HALF_EVEN);
      lines.add(
          FIRST_S + (long) secondsBetween * i + "," + price + ",0." + (1 + random.nextInt(9)));
    }
    return Files.write(file, lines);
  }
}
