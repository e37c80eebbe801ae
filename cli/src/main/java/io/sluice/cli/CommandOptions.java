package io.sluice.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.config.Section;
import io.sluice.domain.json.Durations;
import io.sluice.domain.json.Times;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.risk.limit.LimitSet;
import io.sluice.domain.risk.limit.Scope;
import io.sluice.domain.wire.Command;
import io.sluice.domain.wire.WireReader;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What a control command says. */
final class CommandOptions {
  private static final int MAX_REASON = 1_000;
  private static final String TIME = "a time such as 2026-01-31T14:00:00Z";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "COMMAND", description = "halt, resume or set-limits.")
  private String command;

  @Option(
      names = "--scope",
      paramLabel = "SCOPE",
      required = true,
      description =
          "firm, desk:NAME, account:ID, strategy:ACCOUNT/NAME, instrument:ID or venue:NAME.")
  private String scope;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "Why; it stands in the event and in the journal.")
  private String reason;

  @Option(
      names = "--by",
      paramLabel = "NAME",
      description = "Who commands it. Default: the user of this process.")
  private String by;

  @Option(
      names = "--limit",
      paramLabel = "KEY=VALUE",
      description = "A limit to set, such as max_qty=5; as often as there are limits.")
  private List<String> limits = new ArrayList<>();

  @Option(
      names = "--effective-at",
      paramLabel = "TIME",
      description = "When it begins, ISO 8601 with a zone. Default: at once.")
  private String effectiveAt;

  @Option(
      names = "--expires-at",
      paramLabel = "TIME",
      description = "When it ends by itself, ISO 8601 with a zone. Default: never.")
  private String expiresAt;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      description = "How long it lasts, such as 30m, instead of --expires-at.")
  private String lasting;

  /**
   * The command, under an id of its own.
   *
   * @param nowUs epoch microseconds
   * @throws ParameterException naming the option, its value and what was expected
   */
  Command at(long nowUs) {
    String name = name();
    Scope known = Scope.parse(scope);
    if (known == null) {
      throw wrong(
          "--scope",
          scope,
          "firm, desk:NAME, account:ID, strategy:ACCOUNT/NAME, instrument:ID or venue:NAME");
    }
    if (reason.isBlank() || reason.length() > MAX_REASON) {
      throw wrong("--reason", reason, "1 to " + MAX_REASON + " characters");
    }
    Long fromUs = timeUs("--effective-at", effectiveAt);
    Long untilUs = untilUs(fromUs == null ? nowUs : Math.max(fromUs, nowUs));
    if (name.equals("RESUME") && (fromUs != null || untilUs != null)) {
      throw refused(
          "resume takes effect at once and for good, expected none of"
              + " --effective-at, --expires-at and --for");
    }
    return readable(
        new Command(
            UUID.randomUUID().toString(),
            name,
            known.toString(),
            body(name, known.kind()),
            by == null ? System.getProperty("user.name") : by,
            reason,
            nowUs,
            fromUs,
            untilUs,
            JsonNodeFactory.instance.arrayNode(),
            null));
  }

  /** What the gate cannot read is not written in the first place. */
  private Command readable(Command command) {
    try {
      Command read = (Command) WireReader.read(command.toJson());
      if (read.defect() != null) {
        throw refused("the command cannot be written: " + read.defect());
      }
      return command;
    } catch (UnreadableException e) {
      throw refused("the command cannot be written: " + e.getMessage());
    }
  }

  private String name() {
    return switch (command.toLowerCase(Locale.ROOT)) {
      case "halt" -> "HALT";
      case "resume" -> "RESUME";
      case "set-limits" -> "SET_LIMITS";
      default -> throw refused(command + " is no command, expected halt, resume or set-limits");
    };
  }

  /** Read as the gate will read it, so that nothing is written that it can only refuse. */
  private ObjectNode body(String name, Scope.Kind at) {
    boolean isForLimits = name.equals("SET_LIMITS");
    if (isForLimits == limits.isEmpty()) {
      throw refused(
          isForLimits
              ? "set-limits needs at least one --limit KEY=VALUE"
              : "--limit goes with set-limits only");
    }
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    for (String limit : limits) {
      int equals = limit.indexOf('=');
      if (equals < 1) {
        throw wrong("--limit", limit, "KEY=VALUE, such as max_qty=5");
      }
      String key = limit.substring(0, equals);
      if (body.has(key)) {
        throw refused("--limit sets " + key + " twice, expected every limit once");
      }
      body.put(key, limit.substring(equals + 1));
    }
    LimitSet.parse(Section.root("--limit", body), at);
    return body;
  }

  private Long untilUs(long fromUs) {
    if (lasting == null) {
      Long untilUs = timeUs("--expires-at", expiresAt);
      if (untilUs != null && untilUs <= fromUs) {
        throw wrong("--expires-at", expiresAt, "a time after " + Times.iso(fromUs));
      }
      return untilUs;
    }
    if (expiresAt != null) {
      throw refused("--for and --expires-at both say when it ends, expected one of them");
    }
    Long us = Durations.parseUs(lasting);
    if (us == null || us <= 0) {
      throw wrong("--for", lasting, "a duration such as 90s, 30m or 8h");
    }
    return fromUs + us;
  }

  private Long timeUs(String option, String text) {
    if (text == null) {
      return null;
    }
    try {
      Instant at = OffsetDateTime.parse(text).toInstant();
      return Math.addExact(
          Math.multiplyExact(at.getEpochSecond(), Times.SECOND_US), at.getNano() / 1_000L);
    } catch (DateTimeParseException | ArithmeticException e) {
      throw wrong(option, text, TIME);
    }
  }

  private ParameterException wrong(String option, String value, String expected) {
    return refused(option + " is " + value + ", expected " + expected);
  }

  private ParameterException refused(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
