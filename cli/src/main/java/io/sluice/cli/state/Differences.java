package io.sluice.cli.state;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.account.AccountBook;
import io.sluice.domain.account.Holding;
import io.sluice.domain.account.Position;
import io.sluice.domain.json.Decimals;
import io.sluice.domain.wire.AccountSnapshot;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * In what an account's books differ from a statement. Where a position has the right quantity its
 * price is left alone: brokers average otherwise.
 *
 * @param cash null where it is right
 */
public record Differences(String account, long asOfUs, Cash cash, List<Quantity> positions) {

  /** Cash as booked and as the statement has it. */
  public record Cash(BigDecimal booked, BigDecimal correct) {}

  /** A position as booked and as the statement has it. */
  public record Quantity(
      String instrument, BigDecimal booked, BigDecimal correct, BigDecimal avgPrice) {}

  /** Holds an account's books against what the statement says of it. */
  public static Differences of(AccountBook book, AccountSnapshot statement) {
    Map<String, AccountSnapshot.Holding> stated = new TreeMap<>();
    statement.positions().forEach(holding -> stated.put(holding.instrument(), holding));
    for (Holding holding : book.holdings()) {
      stated.computeIfAbsent(
          holding.instrument(),
          id -> new AccountSnapshot.Holding(id, BigDecimal.ZERO, BigDecimal.ZERO));
    }
    List<Quantity> positions = new ArrayList<>();
    stated.forEach(
        (instrument, holding) -> {
          Holding booked = book.holding(instrument);
          BigDecimal qty = (booked == null ? Position.FLAT : booked.position()).qty();
          if (qty.compareTo(holding.qty()) != 0) {
            positions.add(new Quantity(instrument, qty, holding.qty(), holding.avgPrice()));
          }
        });
    Cash cash =
        book.cash().compareTo(statement.cash()) == 0
            ? null
            : new Cash(book.cash(), statement.cash());
    return new Differences(statement.account(), statement.eventTimeUs(), cash, positions);
  }

  public boolean areNone() {
    return cash == null && positions.isEmpty();
  }

  /** The body of the command that puts them right. */
  public ObjectNode body() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("as_of_us", asOfUs);
    if (cash != null) {
      put(body.putObject("cash"), cash.booked(), cash.correct());
    }
    ArrayNode list = body.putArray("positions");
    for (Quantity quantity : positions) {
      ObjectNode position = list.addObject().put("instrument", quantity.instrument());
      put(position, quantity.booked(), quantity.correct());
      position.put("avg_price", Decimals.plain(quantity.avgPrice()));
    }
    return body;
  }

  private static void put(ObjectNode node, BigDecimal booked, BigDecimal correct) {
    node.put("booked", Decimals.plain(booked)).put("correct", Decimals.plain(correct));
  }

  /** A line for each difference, for a person. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (cash != null) {
      lines.add(line("cash", cash.booked(), cash.correct()));
    }
    positions.forEach(
        position -> lines.add(line(position.instrument(), position.booked(), position.correct())));
    return lines;
  }

  private String line(String what, BigDecimal booked, BigDecimal correct) {
    return account
        + "  "
        + what
        + "  booked "
        + Decimals.plain(booked)
        + ", statement "
        + Decimals.plain(correct);
  }
}
