package io.sluice.domain.journal;

import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.Sha256;

/**
 * Something an operator or analyst wants to know of.
 *
 * @param eventId names these bytes: the same however often they are emitted, and no other's
 * @param scope what it concerns
 * @param instrument the instrument it concerns, or null
 * @param detail canonical JSON object, its fields by type in the documentation
 */
public record Event(
    String eventId,
    Type type,
    String scope,
    String instrument,
    Severity severity,
    long eventTimeUs,
    byte[] detail) {

  /** What happened. */
  public enum Type {
    /** The first row of a crash episode. */
    FLASH_CRASH,
    /** An instrument came into another regime. */
    REGIME,
    /** The newest bars of an instrument are like none before, or like some before. */
    ANOMALY,
    /** An account reached its limit of losing round trips in a row. */
    CONSECUTIVE_LOSSES,
    /** A command halted a scope, or a breach did. */
    HALT,
    /** A halt or a breach ended. */
    RESUME,
    /** A limit was breached and its consequence began. */
    BREACH,
    /** A breach that is announced so: no order that opens passes. */
    TRADING_HALTED,
    /** The gate closes a position by an order of its own. */
    EXIT,
    /** An order that rests is to be cancelled. */
    CANCEL_REQUEST,
    /** More is to be closed or cancelled at once than one journal line holds. */
    FLATTEN_UNFINISHED,
    /** How far trading may go at a scope has changed. */
    TRADING_STATE,
    /** A limit is used to 0.8 of its bound or more. */
    LIMIT_NEAR,
    /** A command changed limits. */
    LIMITS_SET,
    /** The limits of a command have expired. */
    LIMITS_ENDED,
    /** A person put an account's books right. */
    BOOKS_CORRECTED,
    /** A person reset a latched limit. */
    BREAKER_RESET,
    /** Instruments or assets came onto the restricted list of a scope. */
    RESTRICTED,
    /** They left it. */
    UNRESTRICTED,
    /** People have lifted rules for one order. */
    OVERRIDE_GRANTED,
    /** That order came, and rules were lifted. */
    OVERRIDE_USED,
    /** It did not come in time. */
    OVERRIDE_ENDED,
    /** A command changed parameters. */
    PARAMETERS_SET,
    /** The parameters of a command have expired. */
    PARAMETERS_ENDED,
    /** A command added a user rule, or put it in place of another. */
    USER_RULE_SET,
    /** A command took a user rule away. */
    USER_RULE_REMOVED,
    /** What a command said of a user rule has expired. */
    USER_RULE_ENDED,
    /** A phase of the gate's rollout has begun. */
    ROLLOUT,
    /** A phase was not healthy and has begun again. */
    ROLLOUT_HELD,
    /** Limits on trial would have answered an order otherwise. */
    SHADOW_DIFF,
    /** How an account did beside its ungated twin, when a UTC day ends. */
    TWIN,
    /** Who promised heartbeats has been silent for too long. */
    SILENT,
    /** He was heard of again, or for the first time, or asked whether he was heard. */
    HEARD,
    /** A command does not count; its detail says why. */
    COMMAND_REFUSED,
    /** An intent_id came again with other content. */
    DUPLICATE_INTENT,
    /** A fill or snapshot contradicts the books. */
    RECON_BREAK,
    /** A fill, status or snapshot of an account that is not configured. */
    UNKNOWN_ACCOUNT,
    /** The status of a venue that no listed instrument is of. */
    UNKNOWN_VENUE,
    /** A rule that a user wrote holds for an order and only says so. */
    USER_ALERT,
    /** A live gate is alive and has folded what came before. */
    HEARTBEAT,
    /** The mark of an instrument that is held or worked in is too old. */
    DATA_STALE,
    /** It no longer is. */
    DATA_FRESH,
    /** Another configuration is in force. */
    CONFIGURED,
    /** A configuration cannot be put in force; the one before stays. */
    CONFIG_REFUSED,
    /** An asset is dearer on another venue than on this, the cheapest. */
    ARBITRAGE,
    /** A command published a version of a model. */
    MODEL_PUBLISHED,
    /** A published version scores an instrument from now on. */
    MODEL_IN_FORCE,
    /** A published version cannot be used; what scored before goes on. */
    MODEL_REFUSED
  }

  /** How urgent it is. */
  public enum Severity {
    INFO,
    WARNING,
    ERROR,
    CRITICAL
  }

  /** The id of the n-th event of an entry of a group's journal. */
  public static String idOf(String group, long seq, int index) {
    return Sha256.hex(group + "\n" + seq + "\n" + index).substring(0, 32);
  }

  /**
   * What was seen outside a group's journal, by the market's front or a watch. Its id is of all
   * that it says: one that begins anew with less history may see the same otherwise, and what it
   * says then is another event.
   *
   * @param scope what it concerns
   * @param instrument the instrument it concerns, or null
   */
  public static Event observed(
      Type type,
      String scope,
      String instrument,
      Severity severity,
      long eventTimeUs,
      byte[] detail) {
    Event unnamed = new Event("", type, scope, instrument, severity, eventTimeUs, detail);
    String id = Sha256.hex(unnamed.toJson()).substring(0, 32);
    return new Event(id, type, scope, instrument, severity, eventTimeUs, detail);
  }

  public void write(JsonWriter json) {
    json.beginObject()
        .name("event_id")
        .value(eventId)
        .name("type")
        .value(type)
        .name("scope")
        .value(scope);
    json.name("instrument").value(instrument).name("severity").value(severity);
    json.name("event_time_us").value(eventTimeUs).name("detail").raw(detail).endObject();
  }

  public byte[] toJson() {
    JsonWriter json = new JsonWriter();
    write(json);
    return json.toBytes();
  }
}
