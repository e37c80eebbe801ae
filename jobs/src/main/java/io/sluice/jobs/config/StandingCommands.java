package io.sluice.jobs.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.sluice.domain.config.Configuration;
import io.sluice.domain.config.ControlTerms;
import io.sluice.domain.config.Section;
import io.sluice.domain.control.Halts;
import io.sluice.domain.control.Halts.Halt;
import io.sluice.domain.control.LimitLayers;
import io.sluice.domain.control.LimitLayers.CommandLimits;
import io.sluice.domain.control.Parameter;
import io.sluice.domain.control.ParameterLayers;
import io.sluice.domain.control.ParameterLayers.CommandParameters;
import io.sluice.domain.control.ParameterSet;
import io.sluice.domain.control.Restrictions;
import io.sluice.domain.control.Restrictions.Restriction;
import io.sluice.domain.control.RolloutPlan;
import io.sluice.domain.control.Signatures;
import io.sluice.domain.control.UserRuleLayers;
import io.sluice.domain.control.UserRuleLayers.NamedRule;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.StrictJson;
import io.sluice.domain.json.Times;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.risk.limit.Limit;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.risk.limit.LimitSet;
import io.sluice.domain.risk.limit.Scope;
import io.sluice.domain.risk.userrule.UserRule;
import io.sluice.domain.scoring.Publication;
import io.sluice.domain.wire.Command;
import io.sluice.jobs.config.EffectiveConfiguration.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What commands that the gate has accepted put in force, by the same rules as in the gate.
 *
 * @param values by the path of what they set
 */
public record StandingCommands(Map<String, List<Value>> values) {

  /**
   * @param accepted the commands that no group has refused, in the order of their topic
   * @param nowUs epoch microseconds
   */
  public static StandingCommands of(
      Configuration configuration, List<Command> accepted, long nowUs) {
    StandingCommands standing = new StandingCommands(new LinkedHashMap<>());
    standing.limits(configuration, accepted, nowUs);
    standing.parameters(configuration, accepted, nowUs);
    accepted.stream()
        .filter(command -> command.command().equals("ROLLOUT"))
        .reduce((before, newest) -> newest)
        .ifPresent(standing::rollout);
    standing.userRules(configuration, accepted, nowUs);
    standing.models(accepted, nowUs);
    standing.halts(accepted, nowUs);
    standing.restrictions(accepted, nowUs);
    return standing;
  }

  private void limits(Configuration configuration, List<Command> accepted, long nowUs) {
    LimitLayers layers = new LimitLayers();
    layers.configure(configuration.limits());
    List<Command> setting = named("SET_LIMITS", accepted);
    Set<Scope> scopes = new TreeSet<>();
    for (Command command : setting) {
      Scope scope = Scope.parse(command.scope());
      scopes.add(scope);
      LimitSet limits = LimitSet.parse(Section.root("body", command.body()), scope.kind());
      layers.add(
          new CommandLimits(
              command.commandId(),
              scope,
              limits,
              fromUs(command),
              untilUs(command),
              mayLoosen(configuration.control(), command)));
    }
    for (Scope scope : scopes) {
      LimitSet configured = configuration.limits().getOrDefault(scope, LimitSet.EMPTY);
      LimitSet inForce = layers.inForce(scope, nowUs);
      inForce
          .limits()
          .forEach(
              (key, tiers) -> {
                if (!tiers.equals(configured.tiers(key))) {
                  Command by = setter(layers, setting, scope, key, nowUs);
                  put("limits[" + scope + "]." + key.key(), limit(key, tiers), by);
                }
              });
    }
  }

  /** The newest command in effect that sets a limit at a scope. */
  private static Command setter(
      LimitLayers layers, List<Command> commands, Scope scope, LimitKey key, long nowUs) {
    String id = null;
    for (CommandLimits limits : layers.commands()) {
      if (limits.isInEffect(nowUs)
          && limits.scope().equals(scope)
          && limits.limits().get(key) != null) {
        id = limits.commandId();
      }
    }
    return byId(id, commands);
  }

  private static JsonNode limit(LimitKey key, List<Limit> tiers) {
    JsonWriter json = new JsonWriter().beginObject();
    new LimitSet(Map.of(key, tiers)).writeInto(json);
    return read(json.endObject()).get(key.key());
  }

  private void parameters(Configuration configuration, List<Command> accepted, long nowUs) {
    ParameterLayers layers = new ParameterLayers();
    layers.configure(configuration);
    List<Command> setting = named("SET_PARAMETERS", accepted);
    for (Command command : setting) {
      layers.add(
          new CommandParameters(
              command.commandId(),
              ParameterSet.parse(Section.root("body", command.body())),
              fromUs(command),
              untilUs(command),
              mayLoosen(configuration.control(), command)));
    }
    for (Parameter parameter : Parameter.values()) {
      BigDecimal inForce = layers.inForce(parameter, nowUs);
      if (inForce.compareTo(parameter.of(configuration)) == 0) {
        continue;
      }
      String id = null;
      for (CommandParameters set : layers.commands().inEffect(nowUs)) {
        id = set.set().values().containsKey(parameter) ? set.commandId() : id;
      }
      JsonWriter json = new JsonWriter().beginObject();
      new ParameterSet(Map.of(parameter, inForce)).writeInto(json);
      put(parameter.key(), read(json.endObject()).get(parameter.key()), byId(id, setting));
    }
  }

  private void rollout(Command command) {
    JsonWriter json = new JsonWriter();
    RolloutPlan.parse(Section.root("body", command.body())).write(json);
    put("control.rollout", read(json), command);
  }

  /** One that takes the place of what has its name stands there; one that may not, beside it. */
  private void userRules(Configuration configuration, List<Command> accepted, long nowUs) {
    UserRuleLayers layers = new UserRuleLayers();
    List<UserRule> configured = configuration.rules().userRules();
    layers.configure(configured);
    for (Command command : accepted) {
      boolean sets = command.command().equals("SET_USER_RULE");
      if (sets || command.command().equals("REMOVE_USER_RULE")) {
        Section body = Section.accepted("body", command.body());
        layers.add(
            new NamedRule(
                command.commandId(),
                body.text("name"),
                sets ? UserRule.parse(body) : null,
                fromUs(command),
                untilUs(command),
                !sets || mayLoosen(configuration.control(), command)),
            nowUs);
      }
    }
    Map<String, List<NamedRule>> byName = new TreeMap<>();
    for (NamedRule said : layers.commands()) {
      if (said.isInEffect(nowUs)) {
        List<NamedRule> ofName = byName.computeIfAbsent(said.name(), name -> new ArrayList<>());
        if (said.replaces()) {
          ofName.clear();
        }
        ofName.add(said);
      }
    }
    byName.forEach(
        (name, said) -> {
          boolean isBeside =
              !said.get(0).replaces()
                  && configured.stream().anyMatch(rule -> rule.name().equals(name));
          for (NamedRule each : said) {
            String path = unique("user_rules", name, isBeside ? 2 : 1);
            put(path, rule(each.rule()), byId(each.commandId(), accepted));
          }
        });
  }

  /** Of those that count by now the one that began last; of several the one that came last. */
  private void models(List<Command> accepted, long nowUs) {
    Map<String, Publication> newest = new TreeMap<>();
    for (Command command : named(Publication.COMMAND, accepted)) {
      Publication published = Publication.read(command, fromUs(command));
      Publication before = newest.get(published.model());
      if (published.fromUs() <= nowUs
          && (before == null || before.fromUs() <= published.fromUs())) {
        newest.put(published.model(), published);
      }
    }
    newest.forEach(
        (model, published) ->
            put(
                "models[" + model + "].bundle",
                TextNode.valueOf(published.bundle()),
                byId(published.commandId(), accepted)));
  }

  private static JsonNode rule(UserRule rule) {
    if (rule == null) {
      return NullNode.getInstance();
    }
    JsonWriter json = new JsonWriter();
    rule.write(json);
    return read(json);
  }

  private void halts(List<Command> accepted, long nowUs) {
    Halts halts = new Halts();
    for (Command command : accepted) {
      Scope scope = Scope.parse(command.scope());
      switch (command.command()) {
        case "HALT" ->
            halts.add(
                new Halt(
                    command.commandId(),
                    scope,
                    fromUs(command),
                    untilUs(command),
                    Halts.reduces(command.body())));
        case "RESUME" -> halts.resume(scope);
        default -> {}
      }
    }
    for (Halt halt : halts.all()) {
      if (halt.isInEffect(nowUs)) {
        put(
            unique("halts", halt.scope().toString(), 1),
            TextNode.valueOf(halt.reduces() ? "reducing" : "halt"),
            byId(halt.commandId(), accepted));
      }
    }
  }

  private void restrictions(List<Command> accepted, long nowUs) {
    Restrictions restrictions = new Restrictions();
    for (Command command : accepted) {
      Scope scope = Scope.parse(command.scope());
      Section body = Section.accepted("body", command.body());
      switch (command.command()) {
        case "RESTRICT" ->
            Restrictions.targets(body)
                .forEach(
                    target ->
                        restrictions.add(
                            new Restriction(
                                command.commandId(),
                                scope,
                                target,
                                fromUs(command),
                                untilUs(command))));
        case "UNRESTRICT" -> restrictions.lift(scope, Restrictions.targets(body));
        default -> {}
      }
    }
    for (Restriction restriction : restrictions.all()) {
      if (restriction.isInEffect(nowUs)) {
        put(
            unique("restrictions", restriction.scope() + ", " + restriction.target(), 1),
            TextNode.valueOf("reduce only"),
            byId(restriction.commandId(), accepted));
      }
    }
  }

  /** A place in a list, named as where the same name stands there more than once. */
  private String unique(String list, String name, int first) {
    for (int times = first; ; times++) {
      String path = list + "[" + name + (times == 1 ? "" : "#" + times) + "]";
      if (!values.containsKey(path)) {
        return path;
      }
    }
  }

  private void put(String path, JsonNode node, Command by) {
    String until = by.expiresAtUs() == null ? "" : ", until " + Times.iso(by.expiresAtUs());
    String source =
        "command " + by.commandId() + " by " + by.issuedBy() + " at " + Times.iso(by.eventTimeUs());
    List<Value> set = new ArrayList<>();
    if (ConfigurationTree.isLeaf(node)) {
      set.add(new Value(path, ConfigurationTree.text(node), source + until));
    } else {
      ConfigurationTree.walk(
          node,
          (below, place, leaf) -> {
            if (ConfigurationTree.isLeaf(leaf)) {
              String at = below.startsWith("[") ? path + below : path + "." + below;
              set.add(new Value(at, ConfigurationTree.text(leaf), source + until));
            }
          });
    }
    values.put(path, set);
  }

  private static List<Command> named(String name, List<Command> commands) {
    return commands.stream().filter(command -> command.command().equals(name)).toList();
  }

  private static Command byId(String id, List<Command> commands) {
    return commands.stream().filter(command -> command.commandId().equals(id)).findFirst().get();
  }

  private static long fromUs(Command command) {
    return command.effectiveAtUs() == null ? command.eventTimeUs() : command.effectiveAtUs();
  }

  private static long untilUs(Command command) {
    return command.expiresAtUs() == null ? Long.MAX_VALUE : command.expiresAtUs();
  }

  private static boolean mayLoosen(ControlTerms terms, Command command) {
    return switch (terms.authority()) {
      case OPEN -> true;
      case TIGHTEN -> false;
      case SIGNED ->
          Signatures.of(command, terms.keys()).persons().size() >= ControlTerms.PERSONS_TO_LOOSEN;
    };
  }

  private static JsonNode read(JsonWriter json) {
    try {
      return StrictJson.trusted(json.toBytes());
    } catch (UnreadableException e) {
      throw new IllegalStateException("what was written reads", e);
    }
  }
}
