package io.sluice.domain.group;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.config.Section;
import io.sluice.domain.control.UserRuleLayers.NamedRule;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.risk.userrule.UserRule;
import io.sluice.domain.wire.Fields;

/**
 * What commands say of user rules, as the part {@code user-rules}: apart from the rest, because
 * their conditions are long and seldom change.
 */
final class UserRulesCodec {
  private UserRulesCodec() {}

  static void write(GroupState state, JsonWriter json) {
    json.beginObject().name("commands").beginArray();
    for (NamedRule said : state.userRuleLayers.commands()) {
      json.beginObject().name("command_id").value(said.commandId());
      json.name("name").value(said.name()).name("rule");
      if (said.rule() == null) {
        json.value((String) null);
      } else {
        said.rule().write(json);
      }
      json.name("from_us").value(said.fromUs()).name("until_us").value(said.untilUs());
      json.name("replaces").value(said.replaces()).endObject();
    }
    json.endArray().endObject();
  }

  static void read(ObjectNode stored, GroupState state) throws UnreadableException {
    for (JsonNode node : stored.required("commands")) {
      Fields said = new Fields((ObjectNode) node);
      JsonNode rule = node.get("rule");
      state.userRuleLayers.restore(
          new NamedRule(
              said.text("command_id"),
              said.text("name"),
              rule.isNull() ? null : UserRule.parse(Section.accepted("stored user rules", rule)),
              said.whole("from_us"),
              said.whole("until_us"),
              said.optionalFlag("replaces")));
    }
    state.readUserRules();
  }
}
