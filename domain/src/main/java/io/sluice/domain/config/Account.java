package io.sluice.domain.config;

import io.sluice.domain.json.JsonWriter;
import java.math.BigDecimal;

/**
 * A configured account.
 *
 * @param group the risk group it belongs to
 * @param desk the desk it belongs to, or null
 * @param profile the name of its limit profile
 * @param currency the currency its money is counted in
 * @param cash what it starts with in paper mode
 * @param leverage for a margin account exposure per unit of equity; 1 for cash
 * @param maintenanceMargin for a margin account the fraction of its exposure at which the venue
 *     liquidates it, or null where it is not configured
 * @param requiresModel whether its orders have to name the model that made them
 */
public record Account(
    String id,
    String group,
    String desk,
    String profile,
    String currency,
    Kind kind,
    BigDecimal cash,
    BigDecimal leverage,
    BigDecimal maintenanceMargin,
    boolean requiresModel) {

  /**
   * A cash account pays in full and sells only what it holds; a margin account posts a part and may
   * go short.
   */
  public enum Kind {
    CASH,
    MARGIN
  }

  static Account parse(Section section) {
    section.allow(
        "id",
        "group",
        "desk",
        "profile",
        "currency",
        "kind",
        "cash",
        "leverage",
        "maintenance_margin",
        "requires_model");
    Kind kind = section.enumOf("kind", Kind.class, Kind.CASH);
    if (kind == Kind.CASH && section.has("leverage")) {
      throw section.wrong("leverage", "no leverage on a cash account");
    }
    if (kind == Kind.CASH && section.has("maintenance_margin")) {
      throw section.wrong("maintenance_margin", "none on a cash account");
    }
    return new Account(
        section.id("id"),
        section.text("group", "firm"),
        section.has("desk") ? section.text("desk") : null,
        section.text("profile"),
        section.text("currency"),
        kind,
        section.has("cash")
            ? section.decimal("cash", BigDecimal.ZERO, "a decimal of at least 0")
            : BigDecimal.ZERO,
        kind == Kind.MARGIN ? section.positive("leverage") : BigDecimal.ONE,
        section.has("maintenance_margin") ? maintenanceMargin(section) : null,
        section.flag("requires_model", false));
  }

  private static BigDecimal maintenanceMargin(Section section) {
    BigDecimal fraction = section.fraction("maintenance_margin");
    if (fraction.signum() == 0) {
      throw section.wrong("maintenance_margin", "a fraction above 0");
    }
    return fraction;
  }

  void write(JsonWriter json) {
    json.beginObject().name("id").value(id).name("group").value(group);
    if (desk != null) {
      json.name("desk").value(desk);
    }
    json.name("profile").value(profile).name("currency").value(currency).name("kind").value(kind);
    json.name("cash").value(cash);
    if (kind == Kind.MARGIN) {
      json.name("leverage").value(leverage);
    }
    if (maintenanceMargin != null) {
      json.name("maintenance_margin").value(maintenanceMargin);
    }
    if (requiresModel) {
      json.name("requires_model").value(true);
    }
    json.endObject();
  }
}
