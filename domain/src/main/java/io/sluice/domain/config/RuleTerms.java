package io.sluice.domain.config;

import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.risk.NotFed;
import io.sluice.domain.risk.rule.RuleSet;
import io.sluice.domain.risk.userrule.UserRule;
import io.sluice.domain.wire.VenueStatus.Status;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What configuration says to single rules, beside limits.
 *
 * @param notFed by rule code what becomes of an order where that rule is not fed
 * @param venueHealth the fraction of an order that may go to a venue in a status, where that is not
 *     the default
 * @param adaptive whether sizes adapt to the market; where not, every multiplier is 1 and only the
 *     limits stand
 * @param correlations how assets move together
 * @param modelHealth what an order is worth whose model is not sure of itself
 * @param userRules the rules that users wrote, in their order
 * @param flow over how long order flow is looked at
 * @param selfMatch whether an order that could match one of the firm's own is refused
 * @param permissions who may trade what; none where everybody may everything
 * @param sessions when instruments and venues are open; those without are always
 */
public record RuleTerms(
    Map<String, NotFed> notFed,
    Map<Status, BigDecimal> venueHealth,
    boolean adaptive,
    Correlations correlations,
    ModelHealth modelHealth,
    List<UserRule> userRules,
    FlowTerms flow,
    NotFed selfMatch,
    List<Permission> permissions,
    List<Session> sessions) {
  static final List<String> KEYS =
      List.of(
          "not_fed",
          "venue_health",
          "adaptive",
          "correlations",
          "model_health",
          "user_rules",
          "order_flow",
          "self_match",
          "permissions",
          "sessions");

  /** Each is asked of every order, and costs some microseconds. */
  private static final int MAX_USER_RULES = 100;

  private static final BigDecimal HALF = new BigDecimal("0.5");

  public RuleTerms {
    notFed = Collections.unmodifiableMap(new TreeMap<>(notFed));
    venueHealth = Collections.unmodifiableMap(new TreeMap<>(venueHealth));
    userRules = List.copyOf(userRules);
    permissions = List.copyOf(permissions);
    sessions = List.copyOf(sessions);
  }

  /** What is said of a rule that is not fed, else the given answer. */
  public NotFed notFed(String rule, NotFed unlessSaid) {
    // Most desks say nothing, and most rules ask for every order.
    return notFed.isEmpty() ? unlessSaid : notFed.getOrDefault(rule, unlessSaid);
  }

  static RuleTerms parse(Section root) {
    return new RuleTerms(
        notFed(root),
        venueHealth(root),
        root.flag("adaptive", true),
        Correlations.parse(root),
        root.attempt(() -> ModelHealth.parse(root.section("model_health"))),
        userRules(root),
        root.attempt(() -> FlowTerms.parse(root)),
        root.enumOf("self_match", NotFed.class, NotFed.ALLOW),
        Permission.parse(root),
        Session.parse(root));
  }

  /**
   * @throws ConfigurationException where a session is of nothing that is listed, and so would keep
   *     nothing closed
   */
  void checkAgainst(Collection<Instrument> instruments, Section root) {
    for (Session session : sessions) {
      if (instruments.stream().noneMatch(session::appliesTo)) {
        root.fault(
            root.refused(
                "sessions at "
                    + session.scope()
                    + " are of nothing that is listed; name an instrument or venue that is"));
      }
    }
  }

  /** The fraction of an order that may go to a venue that is DEGRADED or RATE_LIMITED. */
  public BigDecimal partOnVenue(Status status) {
    return venueHealth.getOrDefault(status, status == Status.DEGRADED ? HALF : BigDecimal.ZERO);
  }

  private static List<UserRule> userRules(Section root) {
    List<UserRule> rules = new ArrayList<>();
    Set<String> names = new HashSet<>();
    root.each(
        "user_rules",
        section -> {
          UserRule rule = UserRule.parse(section);
          if (!names.add(rule.name())) {
            throw section.wrong("name", "every user rule once");
          }
          rules.add(rule);
        });
    if (rules.size() > MAX_USER_RULES) {
      root.beyond(
          root.refused(
              "user_rules has " + rules.size() + " rules, expected at most " + MAX_USER_RULES));
    }
    return rules;
  }

  private static Map<Status, BigDecimal> venueHealth(Section root) {
    Section section = root.section("venue_health").allow("degraded", "rate_limited");
    Map<Status, BigDecimal> parts = new EnumMap<>(Status.class);
    for (Status status : List.of(Status.DEGRADED, Status.RATE_LIMITED)) {
      String key = status.name().toLowerCase(Locale.ROOT);
      if (section.has(key)) {
        parts.put(status, section.fraction(key));
      }
    }
    return parts;
  }

  private static Map<String, NotFed> notFed(Section root) {
    Map<String, NotFed> byRule = new TreeMap<>();
    Section section = root.section("not_fed");
    for (String rule : section.keys()) {
      if (!RuleSet.has(rule)) {
        section.fault(
            section.refused(rule + " is no rule of this version, expected the code of one"));
      }
      byRule.put(rule, section.enumOf(rule, NotFed.class));
    }
    return byRule;
  }

  /** Writes what is said into the object that is open. */
  void writeInto(JsonWriter json) {
    if (!notFed.isEmpty()) {
      json.name("not_fed").beginObject();
      notFed.forEach(
          (rule, answer) -> json.name(rule).value(answer.name().toLowerCase(Locale.ROOT)));
      json.endObject();
    }
    if (!venueHealth.isEmpty()) {
      json.name("venue_health").beginObject();
      venueHealth.forEach(
          (status, part) -> json.name(status.name().toLowerCase(Locale.ROOT)).value(part));
      json.endObject();
    }
    json.name("adaptive").value(adaptive);
    correlations.writeInto(json);
    modelHealth.writeInto(json);
    if (!userRules.isEmpty()) {
      json.name("user_rules").beginArray();
      userRules.forEach(rule -> rule.write(json));
      json.endArray();
    }
    flow.writeInto(json);
    if (selfMatch == NotFed.DENY) {
      json.name("self_match").value(selfMatch.name().toLowerCase(Locale.ROOT));
    }
    if (!permissions.isEmpty()) {
      json.name("permissions");
      Permission.write(permissions, json);
    }
    if (!sessions.isEmpty()) {
      json.name("sessions");
      Session.write(sessions, json);
    }
  }
}
