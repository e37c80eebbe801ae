package io.sluice.domain.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.account.AccountBook;
import io.sluice.domain.account.Holding;
import io.sluice.domain.account.Position;
import io.sluice.domain.group.GroupState;
import io.sluice.domain.json.Decimals;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.wire.Fields;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/** What of one account does not stand in its books: open round trips, and the profit of days. */
final class AccountLedger {
  private static final int DAYS_BEFORE = 6;

  private final Map<String, OpenTrade> open = new TreeMap<>();
  private final Map<String, ApprovedOrder> orders = new TreeMap<>();
  private final TreeMap<Long, BigDecimal> pnlByDay = new TreeMap<>();
  private BigDecimal realised = BigDecimal.ZERO;
  private BigDecimal fees = BigDecimal.ZERO;
  private Multipliers multipliers = Multipliers.NONE;
  private long newestRisk;

  /** A decision on the account let an order through. */
  void approved(String instrument, ApprovedOrder order) {
    orders.put(instrument, order);
  }

  /** An order was asked for, and sized. */
  void sized(Multipliers newest) {
    multipliers = newest;
  }

  /**
   * Looks at what a line has made of a holding.
   *
   * @param isTold whether positions were set by a snapshot, which is no trade
   * @return whether its position has changed
   */
  boolean see(
      GroupState state, AccountBook book, Holding holding, boolean isTold, Ledger.Changes changes) {
    OpenTrade trade = open.get(holding.instrument());
    Position before = trade == null ? Position.FLAT : trade.position();
    Position after = holding.position();
    if (before.qty().compareTo(after.qty()) == 0 && before.cost().compareTo(after.cost()) == 0) {
      return false;
    }
    BigDecimal profit = book.realised().subtract(realised);
    BigDecimal fee = book.fees().subtract(fees);
    ApprovedOrder order = orders.getOrDefault(holding.instrument(), ApprovedOrder.NONE);
    long nowUs = state.gateTimeUs();
    OpenTrade next;
    if (trade == null || isTold) {
      next = OpenTrade.at(after, order.strategy(), nowUs);
      next = isTold ? next : next.paid(fee);
    } else {
      BigDecimal price =
          OpenTrade.price(before, after, Decimals.divide(profit, holding.multiplier()));
      if (after.qty().signum() == before.qty().signum()) {
        next = trade.filled(after, price, profit, fee);
      } else {
        OpenTrade.Place place =
            new OpenTrade.Place(
                state.group(), book.account().id(), holding.instrument(), changes.seq());
        changes.closed(trade.closedBy(price, profit, fee, place, nowUs));
        next = OpenTrade.at(after, order.strategy(), nowUs);
      }
    }
    if (after.isFlat()) {
      open.remove(holding.instrument());
    } else {
      open.put(holding.instrument(), next);
    }
    changes.position(
        new PositionChange(
            state.group(),
            book.account().id(),
            holding.instrument(),
            nowUs,
            changes.seq(),
            after.qty(),
            after.cost(),
            after.averagePrice(),
            holding.mark(),
            holding.unrealised(),
            order));
    return true;
  }

  /** The books have been looked at: what is realised from here on belongs to a later line. */
  void seen(AccountBook book) {
    realised = book.realised();
    fees = book.fees();
  }

  /** A UTC day is over. */
  void endDay(long day, BigDecimal pnl) {
    pnlByDay.put(day, pnl);
    pnlByDay.headMap(day - DAYS_BEFORE, false).clear();
  }

  /** The account at the end of a minute; null where it is as at the end of the one before. */
  AccountRisk risk(GroupState state, AccountBook book, long minuteUs, long day) {
    BigDecimal before =
        pnlByDay.subMap(day - DAYS_BEFORE, day).values().stream()
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    AccountRisk risk = AccountRisk.of(state, book, minuteUs, before, multipliers);
    long digest = risk.digest();
    if (digest == newestRisk) {
      return null;
    }
    newestRisk = digest;
    return risk;
  }

  byte[] toJson() {
    JsonWriter json = new JsonWriter();
    json.beginObject().name("open").beginObject();
    open.forEach((instrument, trade) -> trade.write(json.name(instrument)));
    json.endObject().name("orders").beginObject();
    orders.forEach((instrument, order) -> order.write(json.name(instrument)));
    json.endObject().name("pnl_by_day").beginObject();
    pnlByDay.forEach((day, pnl) -> json.name(String.valueOf(day)).value(pnl));
    json.endObject().name("realised").value(realised).name("fees").value(fees);
    multipliers.write(json.name("multipliers"));
    json.name("newest_risk").value(newestRisk);
    return json.endObject().toBytes();
  }

  static AccountLedger read(ObjectNode node) throws UnreadableException {
    AccountLedger ledger = new AccountLedger();
    for (Map.Entry<String, JsonNode> trade : node.path("open").properties()) {
      ledger.open.put(trade.getKey(), OpenTrade.read(trade.getValue()));
    }
    for (Map.Entry<String, JsonNode> order : node.path("orders").properties()) {
      ledger.orders.put(order.getKey(), ApprovedOrder.read(order.getValue()));
    }
    Fields days = Ledger.fields(node.path("pnl_by_day"));
    for (Map.Entry<String, JsonNode> day : node.path("pnl_by_day").properties()) {
      ledger.pnlByDay.put(Long.parseLong(day.getKey()), days.amount(day.getKey()));
    }
    Fields fields = new Fields(node);
    ledger.realised = fields.amount("realised");
    ledger.fees = fields.amount("fees");
    ledger.multipliers = Multipliers.read(node.path("multipliers"));
    ledger.newestRisk = node.path("newest_risk").longValue();
    return ledger;
  }
}
