package io.sluice.domain.risk.rule;

import io.sluice.domain.account.Order;
import io.sluice.domain.config.Instrument;
import io.sluice.domain.json.Decimals;
import io.sluice.domain.risk.Outcome;
import io.sluice.domain.risk.Outcome.Result;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.Rule;
import io.sluice.domain.wire.Action;
import io.sluice.domain.wire.Intent;
import java.math.BigDecimal;

/**
 * R01: the intent is complete, its account and instrument are known, its price, quantity and time
 * are ones the venue and the clock allow. It is asked first and of every intent, complete or not;
 * its explanation names the field at fault.
 */
public final class Validity extends Rule {
  public static final String CODE = "R01";

  public Validity() {
    super(CODE, "validity");
  }

  @Override
  public Outcome check(Proposal proposal) {
    String defect = defect(proposal);
    if (defect == null) {
      return new Outcome(CODE, Result.PASS, null, null, proposal.qty(), null, null);
    }
    return new Outcome(CODE, Result.REFUSED, null, null, BigDecimal.ZERO, defect, null);
  }

  private static String defect(Proposal proposal) {
    Intent intent = proposal.intent();
    if (intent.defect() != null) {
      return intent.defect().toString();
    }
    if (hasControl(intent.intentId())) {
      return "intent_id has a control character, expected none";
    }
    if (hasControl(intent.account())) {
      return "account has a control character, expected none";
    }
    if (hasControl(intent.strategy())) {
      return "strategy has a control character, expected none";
    }
    if (intent.intentId().startsWith(Intent.INTERNAL_PREFIX) && !proposal.market().fromFront()) {
      return "intent_id starts with "
          + Intent.INTERNAL_PREFIX
          + ", expected an id of the sender's own";
    }
    if (proposal.book() == null) {
      return "account " + intent.account() + " is not configured, expected a configured account";
    }
    if (proposal.instrument() == null) {
      return "instrument " + intent.instrument() + " is not listed, expected a listed instrument";
    }
    String time = time(proposal);
    if (time != null) {
      return time;
    }
    if (intent.action() == Action.CANCEL) {
      return cancelled(proposal);
    }
    if (proposal.book().orders().of(intent.intentId()) != null) {
      return "intent_id "
          + intent.intentId()
          + " is an order of this account already, expected a new id";
    }
    if (intent.action() == Action.AMEND) {
      String target = target(proposal);
      if (target != null) {
        return target;
      }
    }
    return terms(proposal, proposal.instrument());
  }

  /** Ids are joined by line breaks where decisions are named, and end up in logs and queries. */
  private static boolean hasControl(String id) {
    for (int i = 0; i < id.length(); i++) {
      if (Character.isISOControl(id.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  private static String time(Proposal proposal) {
    long skew = Math.abs(proposal.intent().eventTimeUs() - proposal.group().gateTimeUs());
    long bound = proposal.group().maxClockSkewUs();
    return skew <= bound
        ? null
        : "event_time_us is " + skew + " us from the gate's clock, expected at most " + bound;
  }

  private static String cancelled(Proposal proposal) {
    Intent intent = proposal.intent();
    Order order = proposal.book().orders().of(intent.targetIntentId());
    if (order == null) {
      return noOrder(intent);
    }
    return order.instrument().equals(intent.instrument())
        ? null
        : "instrument is not the one of the order cancelled, expected " + order.instrument();
  }

  private static String noOrder(Intent intent) {
    return "target_intent_id "
        + intent.targetIntentId()
        + " is no order of this account, expected one of its orders";
  }

  private static String target(Proposal proposal) {
    Order target = proposal.target();
    Intent intent = proposal.intent();
    if (target == null) {
      return noOrder(intent);
    }
    if (target.terminal()) {
      return "target_intent_id "
          + intent.targetIntentId()
          + " has ended, expected an order at work";
    }
    if (target.amendment() != null) {
      return "target_intent_id "
          + intent.targetIntentId()
          + " waits for an amendment, expected one amendment at a time";
    }
    if (!target.instrument().equals(intent.instrument())) {
      return "instrument is not the one of the order amended, expected " + target.instrument();
    }
    if (!intent.strategy().equals(target.strategy())) {
      return "strategy is not the one of the order amended, expected " + target.strategy();
    }
    if (intent.timeInForce() != null && intent.timeInForce() != target.timeInForce()) {
      return "time_in_force cannot be amended, expected " + target.timeInForce() + " or null";
    }
    if (intent.side() != null && intent.side() != target.side()) {
      return "side cannot be amended, expected " + target.side() + " or null";
    }
    if (intent.orderType() != null && intent.orderType() != target.type()) {
      return "order_type cannot be amended, expected " + target.type() + " or null";
    }
    if (intent.limitPrice() != null && target.limitPrice() == null) {
      return "limit_price of a market order cannot be amended, expected null";
    }
    return proposal.qty().compareTo(target.done()) <= 0
        ? "qty "
            + Decimals.plain(proposal.qty())
            + " is filled already, expected more than "
            + Decimals.plain(target.done())
        : null;
  }

  private static String terms(Proposal proposal, Instrument instrument) {
    BigDecimal qty = proposal.qty();
    if (!Decimals.isMultiple(qty, instrument.lot())) {
      return quantity(qty) + "a multiple of the lot " + Decimals.plain(instrument.lot());
    }
    if (qty.compareTo(instrument.minQty()) < 0) {
      return quantity(qty)
          + "at least the instrument's minimum "
          + Decimals.plain(instrument.minQty());
    }
    if (qty.compareTo(instrument.maxQty()) > 0) {
      return quantity(qty)
          + "at most the instrument's maximum "
          + Decimals.plain(instrument.maxQty());
    }
    BigDecimal limit = proposal.limitPrice();
    if (limit != null && !Decimals.isMultiple(limit, instrument.tick())) {
      return "limit_price is "
          + Decimals.plain(limit)
          + ", expected a multiple of the tick "
          + Decimals.plain(instrument.tick());
    }
    BigDecimal price = proposal.nominalPrice();
    if (price != null && instrument.isBelowMinNotional(qty, price)) {
      return quantity(qty) + "a value of at least " + Decimals.plain(instrument.minNotional());
    }
    return proposal.market().unwatched()
        ? "qty cannot be executed on paper: too many intents of this account on this instrument wait for a fill"
        : null;
  }

  private static String quantity(BigDecimal qty) {
    return "qty is " + Decimals.plain(qty) + ", expected ";
  }
}
