package io.sluice.domain.group;

import io.sluice.domain.config.Section;
import io.sluice.domain.control.CommandRefusedException;
import io.sluice.domain.control.NamedOverride;
import io.sluice.domain.journal.Event;
import io.sluice.domain.json.Times;
import io.sluice.domain.risk.limit.Scope;
import io.sluice.domain.risk.rule.RuleSet;
import io.sluice.domain.wire.Fields;
import io.sluice.domain.wire.Message;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * OVERRIDE (K04): lifts named rules for one order of one account that has not come yet, until the
 * command expires.
 */
final class OverrideCommand implements ControlCommand {
  @Override
  public String name() {
    return "OVERRIDE";
  }

  @Override
  public Set<Scope.Kind> scopes() {
    return EnumSet.of(Scope.Kind.ACCOUNT);
  }

  @Override
  public Change read(GroupState state, Instruction command) {
    Section body = command.body().allow("intent_id", "rules");
    String account = command.scope().name();
    String intentId = body.text("intent_id");
    if (!Fields.isId(intentId)) {
      throw body.wrong("intent_id", "1 to " + Fields.MAX_ID_CHARACTERS + " characters");
    }
    List<String> rules = body.texts("rules").stream().distinct().sorted().toList();
    for (String rule : rules) {
      if (!RuleSet.has(rule) || !NamedOverride.canLift(rule)) {
        throw new CommandRefusedException(
            "rules names "
                + rule
                + ", which cannot be lifted; expected codes of rules, and none of "
                + NamedOverride.NEVER
                + " and K");
      }
    }
    if (rules.isEmpty()) {
      throw body.wrong("rules", "the codes of the rules to lift");
    }
    if (command.untilUs() - command.fromUs() > Times.DAY_US) {
      throw new CommandRefusedException(
          "expires_at_us is "
              + command.command().expiresAtUs()
              + ", expected a time within a day of the command's beginning");
    }
    if (state.ids.isKnown(IdWindow.key(Message.Kind.INTENT, account, intentId))) {
      throw new CommandRefusedException(
          "intent_id "
              + intentId
              + " has been answered, expected one that has not come; send the order under a new"
              + " id");
    }
    NamedOverride override =
        new NamedOverride(
            command.id(), account, intentId, rules, command.fromUs(), command.untilUs());
    return Change.loosening(
        "OVERRIDE loosens",
        answer -> {
          state.overrides.add(override);
          answer.event(
              Event.Type.OVERRIDE_GRANTED,
              Event.Severity.WARNING,
              detail -> {
                detail.name("intent_id").value(intentId).name("rules").beginArray();
                rules.forEach(detail::value);
                detail.endArray();
              });
        });
  }
}
