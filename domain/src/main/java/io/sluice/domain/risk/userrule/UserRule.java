package io.sluice.domain.risk.userrule;

import io.sluice.domain.config.Section;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.risk.Proposal;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Objects;

/** A rule that users write themselves: when its condition holds, this happens to the order. */
public final class UserRule {
  /** What happens to an order. */
  public enum Action {
    DENY,
    /** A part of it passes. */
    SHRINK,
    /** An event says so. */
    ALERT
  }

  private static final int MAX_NAME = 128;

  private final String name;
  private final String when;
  private final Action then;
  private final BigDecimal factor;
  private final Condition condition;

  private UserRule(String name, String when, Action then, BigDecimal factor, Condition condition) {
    this.name = name;
    this.when = when;
    this.then = then;
    this.factor = factor;
    this.condition = condition;
  }

  /**
   * Reads {@code {name, when, then, factor}} and compiles the condition.
   *
   * @throws io.sluice.domain.config.ConfigurationException naming what is wrong; for a condition
   *     with what the compiler says
   */
  public static UserRule parse(Section section) {
    section.allow("name", "when", "then", "factor");
    String name = section.text("name");
    if (name.length() > MAX_NAME) {
      section.beyond(section.wrong("name", "1 to " + MAX_NAME + " characters"));
    }
    String when = section.text("when");
    Action then = section.enumOf("then", Action.class);
    if (then != Action.SHRINK && section.has("factor")) {
      throw section.wrong("factor", "none: only shrink has a factor");
    }
    Condition condition;
    try {
      condition = Condition.compile(when);
    } catch (IllegalArgumentException e) {
      throw section.wrong(
          "when",
          "a condition in CEL of at most "
              + Condition.MAX_CHARACTERS
              + " characters that is true or false: "
              + e.getMessage());
    }
    BigDecimal factor = then == Action.SHRINK ? section.fraction("factor") : null;
    return new UserRule(name, when, then, factor, condition);
  }

  public String name() {
    return name;
  }

  public Action then() {
    return then;
  }

  /** For SHRINK the part of an order that passes, from 0 to 1; else null. */
  public BigDecimal factor() {
    return factor;
  }

  /**
   * Whether its condition holds for an order.
   *
   * @throws IllegalStateException where that cannot be told, with the reason
   */
  public boolean holds(Proposal proposal) {
    return condition.holds(proposal);
  }

  public void write(JsonWriter json) {
    json.beginObject().name("name").value(name).name("when").value(when);
    json.name("then").value(then.name().toLowerCase(Locale.ROOT));
    if (factor != null) {
      json.name("factor").value(factor);
    }
    json.endObject();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof UserRule rule
        && rule.name.equals(name)
        && rule.when.equals(when)
        && rule.then == then
        && Objects.equals(rule.factor, factor);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, when, then, factor);
  }
}
