package io.sluice.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The books of paper accounts, kept a second time: orders from the decisions in a journal, fills of
 * strategies' orders from its ticks and of the gate's own from its marks, cash from the fills.
 */
final class PaperBooks {
  private static final BigDecimal SLIPPAGE = new BigDecimal("0.0007");
  private static final BigDecimal FEE = new BigDecimal("0.0011");

  private static final long LATENCY_US = 150_000;

  /** What a euro is worth in dollars. */
  private static final String RATE = "Z1:EURUSD";

  private static final class Order {
    String account;
    String instrument;
    boolean buys;
    boolean reduceOnly;
    BigDecimal qty;
    BigDecimal limit;
    String live;
    boolean ended;
  }

  private static final class Account {
    String group;
    String currency;
    boolean isMargin;
    BigDecimal cash;
    BigDecimal fees = BigDecimal.ZERO;
    BigDecimal realised = BigDecimal.ZERO;
    final Map<String, BigDecimal> qty = new TreeMap<>();
    final Map<String, BigDecimal> cost = new TreeMap<>();
  }

  private record Listed(String quote, BigDecimal tick, BigDecimal multiplier) {}

  private final Map<String, Listed> instruments = new HashMap<>();
  private final Map<String, Account> accounts = new TreeMap<>();
  private final Map<String, Order> orders = new HashMap<>();

  /** The gate's own orders that no mark has filled yet, with the time from which one does. */
  private final Map<Order, Long> closing = new LinkedHashMap<>();

  /** The slot of the newest mark, by risk group and instrument. */
  private final Map<String, Long> slots = new HashMap<>();

  /** The newest price by risk group and instrument, where it is a rate of a currency. */
  private final Map<String, BigDecimal> rates = new HashMap<>();

  private int fills;
  private int closed;

  static PaperBooks of(List<JsonNode> journal) {
    PaperBooks books = new PaperBooks();
    journal.forEach(books::fold);
    return books;
  }

  int fills() {
    return fills;
  }

  /** How many orders of the gate's own a mark has met. */
  int closed() {
    return closed;
  }

  private void fold(JsonNode line) {
    JsonNode input = line.path("input");
    String instrument = line.path("group").textValue() + "\n" + input.path("instrument").asText();
    switch (input.path("type").textValue()) {
      case "config" -> configure(input.path("content"));
      case "mark" -> {
        slots.put(instrument, input.path("slot_us").longValue());
        mark(line, Results.decimal(input, "last"));
      }
      case "intent" -> {
        JsonNode seen = line.path("snapshot");
        boolean isNewest =
            seen.path("front_time_us").longValue() >= slots.getOrDefault(instrument, 0L);
        if (isNewest && !seen.path("last").isNull()) {
          mark(line, Results.decimal(seen, "last"));
        }
      }
      case "paper_tick" -> tick(input);
      default -> {
        // Nothing that moves the books.
      }
    }
    for (JsonNode decision : line.path("decisions")) {
      if (Results.isAsked(decision)) {
        decide(input, decision);
      } else {
        close(decision);
      }
    }
  }

  /** An order that the gate makes itself is at work from the latency on. */
  private void close(JsonNode decision) {
    Order order = new Order();
    order.account = decision.path("account").textValue();
    order.instrument = decision.path("instrument").textValue();
    order.buys = decision.path("side").textValue().equals("BUY");
    order.reduceOnly = true;
    order.qty = Results.decimal(decision, "approved_qty");
    closing.put(order, decision.path("gate_time_us").longValue() + LATENCY_US);
  }

  /** The first mark from then on fills it, an intent's snapshot counted as one. */
  private void mark(JsonNode line, BigDecimal last) {
    String instrument = line.path("input").path("instrument").asText();
    if (instrument.equals(RATE)) {
      rates.put(line.path("group").textValue(), last);
    }
    long nowUs = line.path("gate_time_us").longValue();
    closing
        .entrySet()
        .removeIf(
            entry -> {
              Order order = entry.getKey();
              boolean isMet =
                  entry.getValue() <= nowUs
                      && order.instrument.equals(instrument)
                      && accounts.get(order.account).group.equals(line.path("group").textValue());
              if (isMet) {
                closed++;
                fill(accounts.get(order.account), order, last);
              }
              return isMet;
            });
  }

  private void configure(JsonNode content) {
    for (JsonNode instrument : content.path("instruments")) {
      instruments.put(
          instrument.path("id").textValue(),
          new Listed(
              instrument.path("quote").textValue(),
              Results.decimal(instrument, "tick"),
              Results.decimal(instrument, "multiplier")));
    }
    for (JsonNode configured : content.path("accounts")) {
      Account account = new Account();
      account.group = configured.path("group").textValue();
      account.currency = configured.path("currency").textValue();
      account.isMargin = configured.path("kind").textValue().equals("MARGIN");
      account.cash = Results.decimal(configured, "cash");
      accounts.put(configured.path("id").textValue(), account);
    }
  }

  private void decide(JsonNode intent, JsonNode decision) {
    if (Results.decimal(decision, "approved_qty").signum() == 0) {
      return;
    }
    String account = decision.path("account").textValue() + "\n";
    String id = decision.path("intent_id").textValue();
    boolean amends = decision.path("action").textValue().equals("AMEND");
    Order order =
        amends ? orders.get(account + intent.path("target_intent_id").textValue()) : new Order();
    order.instrument = decision.path("instrument").textValue();
    if (!amends) {
      order.reduceOnly =
          intent.path("reduce_only").booleanValue()
              || decision.path("verdict").textValue().equals("REDUCE_ONLY");
    }
    order.buys = decision.path("side").textValue().equals("BUY");
    order.qty = Results.decimal(decision, "approved_qty");
    String limit = decision.path("limit_price").textValue();
    order.limit = limit == null ? null : new BigDecimal(limit);
    order.live = id;
    orders.put(account + id, order);
  }

  private void tick(JsonNode tick) {
    String id = tick.path("intent_id").textValue();
    Order order = orders.get(tick.path("account").textValue() + "\n" + id);
    if (order == null || order.ended || !order.live.equals(id)) {
      return;
    }
    order.ended = true;
    if (tick.path("status").textValue().equals("FILLED")) {
      fill(accounts.get(tick.path("account").textValue()), order, Results.decimal(tick, "price"));
    }
  }

  private void fill(Account account, Order order, BigDecimal traded) {
    Listed listed = instruments.get(order.instrument);
    BigDecimal factor =
        order.buys ? BigDecimal.ONE.add(SLIPPAGE) : BigDecimal.ONE.subtract(SLIPPAGE);
    BigDecimal ticks = traded.multiply(factor).divide(listed.tick, 0, RoundingMode.HALF_EVEN);
    BigDecimal price = ticks.multiply(listed.tick);
    if (order.limit != null) {
      price = order.buys ? price.min(order.limit) : price.max(order.limit);
    }
    BigDecimal held = account.qty.getOrDefault(order.instrument, BigDecimal.ZERO);
    BigDecimal against = order.buys ? held.negate() : held;
    BigDecimal qty = order.reduceOnly ? order.qty.min(against) : order.qty;
    if (qty.signum() <= 0) {
      return;
    }
    BigDecimal signed = order.buys ? qty : qty.negate();
    BigDecimal multiplier =
        listed.quote.equals("EUR")
            ? listed.multiplier.multiply(rates.get(account.group))
            : listed.multiplier;
    BigDecimal cost = account.cost.getOrDefault(order.instrument, BigDecimal.ZERO);
    BigDecimal profit = BigDecimal.ZERO;
    if (held.signum() * signed.signum() >= 0) {
      cost = cost.add(signed.multiply(price));
    } else {
      BigDecimal closed = held.abs().min(signed.abs());
      BigDecimal released =
          closed.compareTo(held.abs()) == 0
              ? cost
              : cost.multiply(closed).divide(held.abs(), 18, RoundingMode.HALF_EVEN);
      BigDecimal signedClosed = held.signum() > 0 ? closed : closed.negate();
      profit = signedClosed.multiply(price).subtract(released).multiply(multiplier);
      BigDecimal opened = signed.add(signedClosed);
      cost = cost.subtract(released).add(opened.multiply(price));
    }
    BigDecimal value = signed.multiply(price).multiply(multiplier);
    // A fee in another currency than these has no rate.
    BigDecimal fee =
        listed.quote.equals(account.currency) || listed.quote.equals("EUR")
            ? value.abs().multiply(FEE)
            : BigDecimal.ZERO;
    account.qty.put(order.instrument, held.add(signed));
    account.cost.put(order.instrument, cost);
    account.realised = account.realised.add(profit);
    account.fees = account.fees.add(fee);
    account.cash = account.cash.add(account.isMargin ? profit : value.negate()).subtract(fee);
    fills++;
  }

  /** Cash, fees, profit and positions of an account as they should be. */
  String line(String id) {
    Account account = accounts.get(id);
    List<String> positions = new ArrayList<>();
    account.qty.forEach(
        (instrument, qty) -> {
          if (qty.signum() != 0) {
            positions.add(
                instrument + " " + plain(qty) + " for " + plain(account.cost.get(instrument)));
          }
        });
    return line(account.cash, account.fees, account.realised, positions);
  }

  /** The same as a summary has them. */
  static String line(JsonNode books) {
    List<String> positions = new ArrayList<>();
    for (JsonNode position : books.path("positions")) {
      positions.add(
          position.path("instrument").textValue()
              + " "
              + plain(Results.decimal(position, "qty"))
              + " for "
              + plain(Results.decimal(position, "cost")));
    }
    return line(
        Results.decimal(books, "cash"),
        Results.decimal(books, "fees"),
        Results.decimal(books, "realised_pnl"),
        positions);
  }

  private static String line(
      BigDecimal cash, BigDecimal fees, BigDecimal realised, List<String> positions) {
    return "cash "
        + plain(cash)
        + " fees "
        + plain(fees)
        + " realised "
        + plain(realised)
        + " "
        + positions;
  }

  private static String plain(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }
}
