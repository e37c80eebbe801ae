package io.sluice.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.config.Section;
import io.sluice.domain.control.ParameterSet;
import io.sluice.domain.control.RolloutPlan;
import io.sluice.domain.risk.limit.LimitSet;
import io.sluice.domain.risk.limit.Scope;
import io.sluice.domain.risk.userrule.UserRule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What a command needs beside scope and times, as options: each goes with some commands only. */
final class CommandBody {
  private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");

  @Option(
      names = "--limit",
      paramLabel = "KEY=VALUE",
      description = "set-limits: a limit to set, such as max_qty=5; once for each.")
  private List<String> limits = new ArrayList<>();

  @Option(
      names = "--breaker",
      paramLabel = "LIMIT",
      description = "reset-breaker: the limit whose breaker it is, such as max_drawdown.")
  private String breaker;

  @Option(
      names = "--instrument",
      paramLabel = "ID",
      description = "restrict, unrestrict: an instrument; once for each.")
  private List<String> instruments = new ArrayList<>();

  @Option(
      names = "--asset",
      paramLabel = "NAME",
      description = "restrict, unrestrict: an asset, wherever it is traded; once for each.")
  private List<String> assets = new ArrayList<>();

  @Option(
      names = "--parameter",
      paramLabel = "KEY=VALUE",
      description = "set-parameters: a parameter, such as valid_for_ms=2000; once for each.")
  private List<String> parameters = new ArrayList<>();

  @Option(
      names = "--intent",
      paramLabel = "ID",
      description = "override: the intent_id of the one order it is for.")
  private String intent;

  @Option(
      names = "--rule",
      paramLabel = "CODE",
      description = "override: a rule to lift for that order, such as R04; once for each.")
  private List<String> rules = new ArrayList<>();

  @Option(
      names = "--percent",
      paramLabel = "N",
      description =
          "rollout: the share of orders that is answered as judged, for good; 0 is shadow.")
  private String percent;

  @Option(
      names = "--phase",
      paramLabel = "N:TIME",
      description =
          "rollout: a phase of a plan, such as 5:48h, and the last without a time, such as 100.")
  private List<String> phases = new ArrayList<>();

  @Option(
      names = "--health",
      paramLabel = "KEY=VALUE",
      description = "rollout: what has to be well for the plan to move on, such as max_errors=0.")
  private List<String> health = new ArrayList<>();

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "set-user-rule, remove-user-rule: what the rule is called.")
  private String ruleName;

  @Option(
      names = "--when",
      paramLabel = "CEL",
      description = "set-user-rule: its condition, such as \"intent.qty > 5.0\".")
  private String when;

  @Option(
      names = "--then",
      paramLabel = "ACTION",
      description = "set-user-rule: deny, shrink or alert.")
  private String then;

  @Option(
      names = "--factor",
      paramLabel = "N",
      description = "set-user-rule: the part of an order that passes a shrink, 0 to 1.")
  private String factor;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "publish-model: the model, by its name in the configuration.")
  private String model;

  @Option(
      names = "--bundle",
      paramLabel = "DIR",
      description = "publish-model: the folder of its new bundle, where the gate reads it too.")
  private Path bundle;

  private CommandLine asked;

  /**
   * The body of a command.
   *
   * @param command its name on the wire
   * @param line where it was given, for messages
   * @throws ParameterException naming the option, its value and what was expected
   */
  ObjectNode of(String command, Scope.Kind at, CommandLine line) {
    asked = line;
    belongs(command, "--limit", !limits.isEmpty(), "SET_LIMITS");
    belongs(command, "--breaker", breaker != null, "RESET_BREAKER");
    belongs(command, "--instrument", !instruments.isEmpty(), "RESTRICT", "UNRESTRICT");
    belongs(command, "--asset", !assets.isEmpty(), "RESTRICT", "UNRESTRICT");
    belongs(command, "--parameter", !parameters.isEmpty(), "SET_PARAMETERS");
    belongs(command, "--intent", intent != null, "OVERRIDE");
    belongs(command, "--rule", !rules.isEmpty(), "OVERRIDE");
    belongs(command, "--percent", percent != null, "ROLLOUT");
    belongs(command, "--phase", !phases.isEmpty(), "ROLLOUT");
    belongs(command, "--health", !health.isEmpty(), "ROLLOUT");
    belongs(command, "--name", ruleName != null, "SET_USER_RULE", "REMOVE_USER_RULE");
    belongs(command, "--when", when != null, "SET_USER_RULE");
    belongs(command, "--then", then != null, "SET_USER_RULE");
    belongs(command, "--factor", factor != null, "SET_USER_RULE");
    belongs(command, "--model", model != null, "PUBLISH_MODEL");
    belongs(command, "--bundle", bundle != null, "PUBLISH_MODEL");
    return switch (command) {
      case "PUBLISH_MODEL" -> {
        needs(command, model != null && bundle != null, "--model NAME and --bundle DIR");
        yield LocalBundle.of(bundle).publish(model);
      }
      case "SET_USER_RULE" -> userRule();
      case "HEARTBEAT" -> body().put("answer", true);
      case "REMOVE_USER_RULE" -> {
        needs(command, ruleName != null, "--name NAME");
        yield body().put("name", ruleName);
      }
      case "ROLLOUT" -> rollout();
      case "SET_LIMITS" -> limits(at);
      case "SET_PARAMETERS" -> parameters();
      case "OVERRIDE" -> {
        needs(command, intent != null, "--intent ID");
        needs(command, !rules.isEmpty(), "at least one --rule CODE");
        ObjectNode body = body().put("intent_id", intent);
        rules.forEach(body.putArray("rules")::add);
        yield body;
      }
      case "RESET_BREAKER" -> {
        needs(command, breaker != null, "--breaker LIMIT");
        yield body().put("limit", breaker);
      }
      case "RESTRICT", "UNRESTRICT" -> restricted(command);
      case "ADOPT" ->
          throw refused("adopt is written by  ./sluice state correct, from a statement");
      default -> body();
    };
  }

  /** Read as the gate will read it, so that nothing is written that it can only refuse. */
  private ObjectNode limits(Scope.Kind at) {
    needs("SET_LIMITS", !limits.isEmpty(), "at least one --limit KEY=VALUE");
    ObjectNode body = keyValues("--limit", "max_qty=5", limits);
    LimitSet.parse(Section.root("--limit", body), at);
    return body;
  }

  private ObjectNode parameters() {
    needs("SET_PARAMETERS", !parameters.isEmpty(), "at least one --parameter KEY=VALUE");
    ObjectNode body = wholeNumbers(keyValues("--parameter", "valid_for_ms=2000", parameters));
    ParameterSet.parse(Section.root("--parameter", body));
    return body;
  }

  private ObjectNode userRule() {
    needs(
        "SET_USER_RULE",
        ruleName != null && when != null && then != null,
        "--name NAME, --when CEL and --then ACTION");
    ObjectNode body = body().put("name", ruleName).put("when", when).put("then", then);
    if (factor != null) {
      body.put("factor", factor);
    }
    UserRule.parse(Section.root("user rule", body));
    return body;
  }

  private ObjectNode rollout() {
    needs("ROLLOUT", percent != null || !phases.isEmpty(), "--percent N or --phase N:TIME");
    ObjectNode body = body();
    if (percent != null) {
      body.put("percent", percent);
    }
    for (String phase : phases) {
      int colon = phase.indexOf(':');
      ObjectNode entry = body.withArray("/plan").addObject();
      entry.put("percent", colon < 0 ? phase : phase.substring(0, colon));
      if (colon >= 0) {
        entry.put("for", phase.substring(colon + 1));
      }
    }
    if (!health.isEmpty()) {
      body.set("health", wholeNumbers(keyValues("--health", "max_errors=0", health)));
    }
    RolloutPlan.parse(Section.root("rollout", body));
    return body;
  }

  /** What reads as a whole number is one, as in the configuration. */
  private static ObjectNode wholeNumbers(ObjectNode body) {
    for (var field : body.properties()) {
      if (WHOLE.matcher(field.getValue().asText()).matches()) {
        field.setValue(
            JsonNodeFactory.instance.numberNode(Long.parseLong(field.getValue().asText())));
      }
    }
    return body;
  }

  private ObjectNode restricted(String command) {
    needs(
        command,
        !instruments.isEmpty() || !assets.isEmpty(),
        "at least one --instrument ID or --asset NAME");
    ObjectNode body = body();
    instruments.forEach(body.putArray("instruments")::add);
    assets.forEach(body.putArray("assets")::add);
    return body;
  }

  private ObjectNode keyValues(String option, String example, List<String> given) {
    ObjectNode body = body();
    for (String pair : given) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw refused(option + " is " + pair + ", expected KEY=VALUE, such as " + example);
      }
      String key = pair.substring(0, equals);
      if (body.has(key)) {
        throw refused(option + " sets " + key + " twice, expected every one once");
      }
      body.put(key, pair.substring(equals + 1));
    }
    return body;
  }

  private static ObjectNode body() {
    return JsonNodeFactory.instance.objectNode();
  }

  private void belongs(String command, String option, boolean isGiven, String... commands) {
    if (isGiven && !Arrays.asList(commands).contains(command)) {
      String verbs = String.join(" and ", Arrays.stream(commands).map(CommandBody::verb).toList());
      throw refused(option + " goes with " + verbs + " only");
    }
  }

  private void needs(String command, boolean isGiven, String what) {
    if (!isGiven) {
      throw refused(verb(command) + " needs " + what);
    }
  }

  /** What a command is called on the command line. */
  static String verb(String command) {
    return command.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private ParameterException refused(String message) {
    return new ParameterException(asked, message);
  }
}
