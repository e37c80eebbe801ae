package io.sluice.domain.config;

import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.risk.limit.Consequence;
import io.sluice.domain.risk.limit.Limit;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.risk.limit.LimitSet;
import io.sluice.domain.risk.limit.Scope;
import java.util.Locale;

/**
 * A named set of limits with what belongs to them: how large an order may be for what is known of
 * it, and where a position is given up or taken home.
 *
 * @param flashCrash what follows for the account on an instrument while a crash rule is active
 *     there: REDUCING, HALT or FLATTEN
 */
public record Profile(LimitSet limits, Sizing sizing, Exits exits, Consequence flashCrash) {
  public static final Profile EMPTY =
      new Profile(LimitSet.EMPTY, Sizing.NONE, Exits.NONE, Consequence.REDUCING);

  static Profile parse(Section section) {
    return new Profile(
        LimitSet.parse(
            section,
            Scope.Kind.ACCOUNT,
            "confidence_ladder",
            "risk_score",
            "correlation",
            "exits",
            "flash_crash"),
        Sizing.parse(section),
        Exits.parse(section.section("exits")),
        flashCrash(section));
  }

  private static Consequence flashCrash(Section section) {
    Consequence then = section.enumOf("flash_crash", Consequence.class, Consequence.REDUCING);
    if (then == Consequence.WARN || then == Consequence.DENY) {
      throw section.wrong("flash_crash", "reducing, halt or flatten");
    }
    return then;
  }

  /** The limit, of several tiers the first; null where it is not set. */
  public Limit get(LimitKey key) {
    return limits.get(key);
  }

  void write(JsonWriter json) {
    json.beginObject();
    limits.writeInto(json);
    sizing.writeInto(json);
    exits.writeInto(json);
    if (flashCrash != Consequence.REDUCING) {
      json.name("flash_crash").value(flashCrash.name().toLowerCase(Locale.ROOT));
    }
    json.endObject();
  }
}
