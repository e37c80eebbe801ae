package io.sluice.domain.group;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.config.Configuration;
import io.sluice.domain.config.Section;
import io.sluice.domain.control.Halts;
import io.sluice.domain.control.LimitLayers.CommandLimits;
import io.sluice.domain.control.NamedOverride;
import io.sluice.domain.control.ParameterLayers.CommandParameters;
import io.sluice.domain.control.ParameterSet;
import io.sluice.domain.control.Restrictions;
import io.sluice.domain.control.Restrictions.Restriction;
import io.sluice.domain.control.Rollout;
import io.sluice.domain.control.RolloutHealth;
import io.sluice.domain.control.RolloutPlan;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.risk.limit.LimitSet;
import io.sluice.domain.risk.limit.Scope;
import io.sluice.domain.wire.Fields;
import java.util.ArrayList;
import java.util.List;

/** What people have commanded and is in force or to come, in the part {@code control}. */
final class StandingCommandsCodec {
  private StandingCommandsCodec() {}

  /** Into the object that is open. */
  static void write(GroupState state, JsonWriter json) {
    json.name("halts").beginArray();
    for (Halts.Halt halt : state.halts.all()) {
      json.beginObject()
          .name("command_id")
          .value(halt.commandId())
          .name("scope")
          .value(halt.scope().toString());
      json.name("from_us").value(halt.fromUs()).name("until_us").value(halt.untilUs());
      if (halt.reduces()) {
        json.name("reduces").value(true);
      }
      json.endObject();
    }
    json.endArray().name("limits").beginArray();
    for (CommandLimits command : state.layers.commands()) {
      json.beginObject().name("command_id").value(command.commandId());
      json.name("scope").value(command.scope().toString()).name("from_us").value(command.fromUs());
      json.name("until_us").value(command.untilUs());
      json.name("replaces").value(command.replaces()).name("limits").beginObject();
      command.limits().writeInto(json);
      json.endObject().endObject();
    }
    json.endArray().name("restrictions").beginArray();
    for (Restriction restriction : state.restrictions.all()) {
      json.beginObject().name("command_id").value(restriction.commandId());
      json.name("scope").value(restriction.scope().toString());
      json.name("kind").value(restriction.target().kind());
      json.name("name").value(restriction.target().name());
      json.name("from_us").value(restriction.fromUs());
      json.name("until_us").value(restriction.untilUs()).endObject();
    }
    json.endArray().name("overrides").beginArray();
    for (NamedOverride override : state.overrides.all()) {
      json.beginObject().name("command_id").value(override.commandId());
      json.name("account").value(override.account());
      json.name("intent_id").value(override.intentId()).name("rules").beginArray();
      override.rules().forEach(json::value);
      json.endArray().name("from_us").value(override.fromUs());
      json.name("until_us").value(override.untilUs()).endObject();
    }
    json.endArray().name("parameters").beginArray();
    for (CommandParameters command : state.parameterLayers.commands().all()) {
      json.beginObject().name("command_id").value(command.commandId());
      json.name("from_us").value(command.fromUs()).name("until_us").value(command.untilUs());
      json.name("replaces").value(command.replaces()).name("set").beginObject();
      command.set().writeInto(json);
      json.endObject().endObject();
    }
    json.endArray().name("rollout");
    rollout(state.rollout, json);
  }

  private static void rollout(Rollout rollout, JsonWriter json) {
    json.beginObject().name("command_id").value(rollout.commandId()).name("plan");
    rollout.plan().write(json);
    RolloutHealth.Seen seen = rollout.seen(0);
    json.name("phase").value((long) rollout.index()).name("since_us").value(rollout.sinceUs());
    json.name("decisions").value(seen.decisions()).name("refusals").value(seen.refusals());
    json.name("errors").value(seen.errors()).name("breaches").value(seen.breaches()).endObject();
  }

  /** Known before ids are: they are forgotten by a parameter. */
  static void readParameters(ObjectNode control, GroupState state) throws UnreadableException {
    for (JsonNode node : control.path("parameters")) {
      Fields command = new Fields((ObjectNode) node);
      state.parameterLayers.add(
          new CommandParameters(
              command.text("command_id"),
              ParameterSet.parse(Section.accepted("stored parameters", node.get("set"))),
              command.whole("from_us"),
              command.whole("until_us"),
              command.optionalFlag("replaces")));
    }
    state.parametersChanged();
  }

  /** Parameters are read before, by {@link #readParameters}. */
  static void read(ObjectNode control, GroupState state) throws UnreadableException {
    commands(control, state);
    restrictions(control, state);
    rollout(control, state);
  }

  private static void commands(ObjectNode control, GroupState state) throws UnreadableException {
    for (JsonNode node : control.path("halts")) {
      Fields halt = new Fields((ObjectNode) node);
      state.halts.add(
          new Halts.Halt(
              halt.text("command_id"),
              Scope.parse(halt.text("scope")),
              halt.whole("from_us"),
              halt.whole("until_us"),
              halt.optionalFlag("reduces")));
    }
    for (JsonNode node : control.path("limits")) {
      Fields command = new Fields((ObjectNode) node);
      Scope scope = Scope.parse(command.text("scope"));
      LimitSet limits =
          LimitSet.parse(Section.accepted("stored limits", node.get("limits")), scope.kind());
      state.layers.add(
          new CommandLimits(
              command.text("command_id"),
              scope,
              limits,
              command.whole("from_us"),
              command.whole("until_us"),
              command.isAbsent("replaces")
                  ? state.configuration.authority() == Configuration.Authority.OPEN
                  : command.optionalFlag("replaces")));
    }
  }

  private static void restrictions(ObjectNode control, GroupState state)
      throws UnreadableException {
    for (JsonNode node : control.path("restrictions")) {
      Fields restriction = new Fields((ObjectNode) node);
      state.restrictions.add(
          new Restrictions.Restriction(
              restriction.text("command_id"),
              Scope.parse(restriction.text("scope")),
              new Restrictions.Target(
                  restriction.enumOf("kind", Restrictions.Kind.class), restriction.text("name")),
              restriction.whole("from_us"),
              restriction.whole("until_us")));
    }
    for (JsonNode node : control.path("overrides")) {
      Fields override = new Fields((ObjectNode) node);
      List<String> rules = new ArrayList<>();
      override.array("rules").forEach(rule -> rules.add(rule.textValue()));
      state.overrides.add(
          new NamedOverride(
              override.text("command_id"),
              override.text("account"),
              override.text("intent_id"),
              rules,
              override.whole("from_us"),
              override.whole("until_us")));
    }
  }

  private static void rollout(ObjectNode control, GroupState state) throws UnreadableException {
    if (control.path("rollout") instanceof ObjectNode stored) {
      Fields rollout = new Fields(stored);
      state.rollout.start(
          RolloutPlan.parse(Section.accepted("stored rollout", stored.path("plan"))),
          rollout.optionalText("command_id"),
          0);
      state.rollout.restore(
          (int) rollout.whole("phase"),
          rollout.whole("since_us"),
          new RolloutHealth.Seen(
              rollout.whole("decisions"),
              rollout.whole("refusals"),
              rollout.whole("errors"),
              0,
              rollout.whole("breaches")));
    }
  }
}
