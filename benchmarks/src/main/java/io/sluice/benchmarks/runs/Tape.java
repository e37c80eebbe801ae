package io.sluice.benchmarks.runs;

import io.sluice.benchmarks.TradeTape;
import io.sluice.domain.wire.Action;
import io.sluice.domain.wire.Intent;
import io.sluice.domain.wire.OrderType;
import io.sluice.domain.wire.Side;
import io.sluice.domain.wire.TimeInForce;
import java.io.BufferedWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * Writes the files of the whole runs: made-up trades in the form of Binance's spot trades, and
 * intents of eight accounts, one to every hundred trades. The same seed gives the same bytes.
 *
 * <pre>
 * Tape folder trades
 * </pre>
 */
public final class Tape {
  private static final long SEED = 20_250_615;
  private static final long START_US = 1_749_945_600_000_000L;
  private static final int TRADES_PER_INTENT = 100;
  private static final String INSTRUMENT = "BINANCE:BTCUSDT";
  private static final String[] ACCOUNTS = {
    "alpha-1", "alpha-2", "beta-1", "beta-2", "gamma-1", "gamma-2", "delta-1", "delta-2"
  };

  private final Random random = new Random(SEED + 1);
  private long intents;

  private Tape() {}

  public static void main(String[] args) throws IOException {
    Path folder = Files.createDirectories(Path.of(args[0]));
    new Tape().write(folder, Long.parseLong(args[1]));
  }

  private void write(Path folder, long count) throws IOException {
    TradeTape tape = new TradeTape(SEED, START_US);
    Path trades = folder.resolve("BTCUSDT-trades-2025-06-15.csv");
    Path orders = folder.resolve("intents.jsonl");
    try (BufferedWriter csv = Files.newBufferedWriter(trades, StandardCharsets.US_ASCII);
        BufferedWriter jsonl = Files.newBufferedWriter(orders, StandardCharsets.UTF_8)) {
      for (long n = 0; n < count; n++) {
        tape.advance();
        csv.write(row(tape));
        if (n % TRADES_PER_INTENT == TRADES_PER_INTENT - 1) {
          jsonl.write(new String(intent(tape).toJson(), StandardCharsets.UTF_8));
          jsonl.write('\n');
        }
      }
    }
  }

  private static String row(TradeTape tape) {
    BigDecimal price = BigDecimal.valueOf(tape.cents(), 2);
    BigDecimal qty = BigDecimal.valueOf(tape.qtyLots(), 5);
    return 5_000_000_000L
        + tape.number()
        + ","
        + price.setScale(8)
        + ","
        + qty.setScale(8)
        + ","
        + price.multiply(qty).setScale(8)
        + ","
        + tape.timeUs()
        + ","
        + (tape.buyerIsMaker() ? "True" : "False")
        + ",True\n";
  }

  /** Mostly small orders that pass; one in twenty is far too large or far off the market. */
  private Intent intent(TradeTape tape) {
    long n = intents++;
    Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
    boolean isMarket = random.nextInt(3) > 0;
    long lots = 50 + random.nextInt(5_000);
    double away = (random.nextDouble() - 0.3) * 0.001;
    if (random.nextInt(20) == 0) {
      lots *= 100;
      away = -0.08;
    }
    long limit = StrictMath.round(tape.cents() * (side == Side.BUY ? 1 - away : 1 + away));
    return new Intent(
        "run-" + n,
        Action.NEW,
        null,
        ACCOUNTS[(int) (n % ACCOUNTS.length)],
        n % 3 == 0 ? "trend" : "carry",
        INSTRUMENT,
        side,
        isMarket ? OrderType.MARKET : OrderType.LIMIT,
        BigDecimal.valueOf(lots, 5),
        isMarket ? null : BigDecimal.valueOf(limit, 2),
        isMarket || random.nextBoolean() ? TimeInForce.IOC : TimeInForce.GTC,
        false,
        random.nextInt(1_000) / 1_000.0,
        null,
        tape.timeUs(),
        null);
  }
}
