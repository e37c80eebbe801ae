package io.sluice.operators;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.sluice.domain.journal.Cause;
import io.sluice.domain.json.Times;
import io.sluice.domain.market.Liquidity;
import io.sluice.domain.market.Regime;
import io.sluice.domain.market.Snapshot;
import io.sluice.domain.market.crash.CrashRule;
import io.sluice.domain.wire.AccountSnapshot;
import io.sluice.domain.wire.Action;
import io.sluice.domain.wire.Aggressor;
import io.sluice.domain.wire.ClockTick;
import io.sluice.domain.wire.Command;
import io.sluice.domain.wire.ConfigChunk;
import io.sluice.domain.wire.Defect;
import io.sluice.domain.wire.Fill;
import io.sluice.domain.wire.Intent;
import io.sluice.domain.wire.Mark;
import io.sluice.domain.wire.Message;
import io.sluice.domain.wire.OrderStatus;
import io.sluice.domain.wire.OrderType;
import io.sluice.domain.wire.PaperTick;
import io.sluice.domain.wire.Quote;
import io.sluice.domain.wire.Side;
import io.sluice.domain.wire.TimeInForce;
import io.sluice.domain.wire.Trade;
import io.sluice.domain.wire.VenueStatus;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;

/**
 * Every kind of message with every kind of content: nulls, astral characters, 38 digits, 63-bit
 * times.
 */
public final class RandomMessages {
  private final Random random;

  public RandomMessages(long seed) {
    this.random = new Random(seed);
  }

  public Message message() {
    return switch (random.nextInt(12)) {
      case 0 ->
          new Trade(
              text(),
              maybe(text()),
              positive(),
              decimal().abs(),
              one(Aggressor.values()),
              time(),
              maybe(time()));
      case 1 ->
          new Quote(
              text(),
              maybe(positive()),
              maybe(positive()),
              maybe(positive()),
              maybe(positive()),
              time(),
              maybe(time()),
              maybe(decimal()));
      case 2 ->
          new Mark(
              text(),
              positive(),
              positive(),
              positive(),
              time(),
              maybe(time()),
              random.nextBoolean(),
              time(),
              random.nextInt(1_000),
              maybe(0.0312));
      case 3 ->
          new Intent(
              text(),
              Action.NEW,
              maybe(text()),
              text(),
              text(),
              text(),
              Side.SELL,
              OrderType.LIMIT,
              positive(),
              positive(),
              one(TimeInForce.values()),
              random.nextBoolean(),
              maybe(0.25),
              maybe(-0.5),
              time(),
              null);
      case 4 ->
          new Intent(
              text(),
              null,
              null,
              text(),
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              false,
              null,
              null,
              null,
              new Defect("action", maybe("\"" + text() + "\""), "NEW, AMEND or CANCEL"));
      case 5 ->
          new Fill(
              text(),
              maybe(text()),
              text(),
              maybe(text()),
              text(),
              Side.BUY,
              positive(),
              positive(),
              decimal(),
              maybe(text()),
              time());
      case 6 ->
          new OrderStatus(
              text(),
              text(),
              text(),
              one(OrderStatus.Status.values()),
              positive(),
              positive(),
              time());
      case 7 ->
          new AccountSnapshot(
              text(),
              text(),
              decimal(),
              List.of(new AccountSnapshot.Holding(text(), decimal(), positive())),
              time() % Times.YEAR_2100_US);
      case 8 -> new VenueStatus(text(), one(VenueStatus.Status.values()), time());
      case 9 -> random.nextBoolean() ? command() : defectiveCommand();
      case 10 ->
          new PaperTick(
              text(),
              text(),
              text(),
              one(PaperTick.Status.values()),
              maybe(positive()),
              maybe(positive()),
              time());
      default ->
          random.nextBoolean()
              ? new ClockTick(time())
              : new ConfigChunk(
                  "00ff", 1, 2, 3, JsonNodeFactory.instance.objectNode().put("k", text()));
    };
  }

  public Snapshot snapshot() {
    boolean isTraded = random.nextBoolean();
    boolean isQuoted = random.nextBoolean();
    boolean hasRegime = random.nextBoolean();
    return new Snapshot(
        isTraded ? positive() : null,
        isTraded ? time() : null,
        isTraded ? maybe(time()) : null,
        isQuoted ? maybe(positive()) : null,
        isQuoted ? maybe(positive()) : null,
        isQuoted ? time() : null,
        isQuoted ? maybe(time()) : null,
        maybe(0.012345678901),
        random.nextBoolean() ? List.of() : List.of(rule(), rule()),
        random.nextBoolean(),
        random.nextBoolean(),
        time(),
        maybe(
            new Liquidity(
                maybe(decimal().abs()), maybe(decimal().abs()), decimal().abs(), positive())),
        maybe(decimal()),
        hasRegime ? Regime.VOLATILE : null,
        hasRegime ? maybe(0.25) : null);
  }

  public CrashRule rule() {
    return new CrashRule(
        1 + random.nextInt(86_400_000), new BigDecimal("0.%03d1".formatted(random.nextInt(999))));
  }

  public Cause cause() {
    return new Cause(text(), random.nextInt(), random.nextLong(), random.nextInt());
  }

  public String text() {
    return one(
            new String[] {
              "a",
              "BINANCE:BTCUSDT",
              "\uD83D\uDE80\u00e9\u4e2d",
              "line\nand \"quote\"\\",
              "\u0000\u001f"
            })
        + random.nextInt(100);
  }

  public BigDecimal decimal() {
    BigInteger unscaled =
        random.nextInt(3) == 0
            ? new BigInteger(110, random)
            : BigInteger.valueOf(random.nextInt(1_000_000));
    return new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), random.nextInt(19));
  }

  public BigDecimal positive() {
    return decimal().abs().add(new BigDecimal("0.01"));
  }

  public long time() {
    return random.nextInt(4) == 0
        ? Long.MAX_VALUE - random.nextInt(9)
        : random.nextInt(Integer.MAX_VALUE);
  }

  public <T> T maybe(T value) {
    return random.nextInt(3) == 0 ? null : value;
  }

  private <T> T one(T[] values) {
    return values[random.nextInt(values.length)];
  }

  private Command command() {
    return new Command(
        text(),
        text(),
        text(),
        JsonNodeFactory.instance.objectNode().put(text(), text()),
        maybe(text()),
        maybe(text()),
        time(),
        maybe(time()),
        maybe(time()),
        JsonNodeFactory.instance.arrayNode(),
        null);
  }

  private Command defectiveCommand() {
    return new Command(
        text(),
        maybe(text()),
        maybe(text()),
        JsonNodeFactory.instance.objectNode(),
        maybe(text()),
        maybe(text()),
        null,
        null,
        null,
        JsonNodeFactory.instance.arrayNode(),
        text());
  }
}
