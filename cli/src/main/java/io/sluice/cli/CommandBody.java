package io.sluice.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.config.Section;
import io.sluice.domain.control.Parameter;
import io.sluice.domain.control.ParameterSet;
import io.sluice.domain.risk.limit.LimitSet;
import io.sluice.domain.risk.limit.Scope;
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
    return switch (command) {
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
    ObjectNode body = keyValues("--parameter", "valid_for_ms=2000", parameters);
    for (String key : Parameter.keys()) {
      String value = body.path(key).asText("");
      if (key.endsWith("_ms") && WHOLE.matcher(value).matches()) {
        body.put(key, Long.parseLong(value));
      }
    }
    ParameterSet.parse(Section.root("--parameter", body));
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
