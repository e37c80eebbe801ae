package io.sluice.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.sluice.domain.group.GroupFold;
import io.sluice.domain.json.Durations;
import io.sluice.domain.json.Times;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.risk.limit.Scope;
import io.sluice.domain.wire.Command;
import io.sluice.domain.wire.WireReader;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What a control command says. */
final class CommandOptions {
  private static final int MAX_REASON = 1_000;
  private static final Set<String> AT_ONCE =
      Set.of("RESUME", "RESET_BREAKER", "UNRESTRICT", "ROLLOUT", "HEARTBEAT");
  private static final String TIME = "a time such as 2026-01-31T14:00:00Z";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "COMMAND",
      description =
          "halt, flatten, resume, set-limits, set-parameters, reset-breaker, restrict,"
              + " unrestrict, override, rollout, set-user-rule, remove-user-rule, publish-model or"
              + " heartbeat.")
  private String command;

  @Option(
      names = "--scope",
      paramLabel = "SCOPE",
      description =
          "firm, desk:NAME, account:ID, strategy:ACCOUNT/NAME, instrument:ID or venue:NAME.")
  private String scope;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Why; it stands in the event and in the journal.")
  private String reason;

  @Option(
      names = "--by",
      paramLabel = "NAME",
      description = "Who commands it. Default: the user of this process.")
  private String by;

  @Mixin private CommandBody body;

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
    given("--scope", scope);
    given("--reason", reason);
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
    if (AT_ONCE.contains(name) && (fromUs != null || untilUs != null)) {
      throw refused(
          command
              + " takes effect at once and for good, expected none of"
              + " --effective-at, --expires-at and --for");
    }
    if (name.equals("PUBLISH_MODEL") && untilUs != null) {
      throw refused("publish-model has no end, expected neither --expires-at nor --for");
    }
    if (name.equals("OVERRIDE") && untilUs == null) {
      throw refused("override needs --expires-at or --for, at most a day");
    }
    return readable(
        new Command(
            UUID.randomUUID().toString(),
            name,
            known.toString(),
            body.of(name, known.kind(), spec.commandLine()),
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
    given("COMMAND", command);
    String name = command.toUpperCase(Locale.ROOT).replace('-', '_');
    if (!GroupFold.commands().contains(name) || !command.equals(CommandBody.verb(name))) {
      throw refused(
          command
              + " is no command, expected one of "
              + GroupFold.commands().stream().map(CommandBody::verb).toList());
    }
    return name;
  }

  private void given(String option, String value) {
    if (value == null) {
      throw refused(option + " is missing");
    }
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
