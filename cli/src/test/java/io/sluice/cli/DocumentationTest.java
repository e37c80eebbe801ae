package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.table.Kinds;
import io.sluice.domain.config.Configuration;
import io.sluice.domain.group.GroupFold;
import io.sluice.domain.journal.Event;
import io.sluice.domain.risk.Rule;
import io.sluice.domain.risk.Verdict;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.risk.rule.RuleSet;
import io.sluice.domain.risk.userrule.Facts;
import io.sluice.domain.strategy.Strategies;
import io.sluice.jobs.config.ConfigurationFile;
import io.sluice.jobs.input.FileFormat;
import io.sluice.jobs.kafka.Topic;
import io.sluice.sinks.clickhouse.Migration;
import io.sluice.sinks.clickhouse.Schema;
import io.sluice.sinks.files.OutputFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/**
 * What users can name has a row in the documentation, and the documentation names nothing that is
 * not there.
 */
class DocumentationTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `?([^`|]+?)`? \\|");

  @Test
  void everyRuleHasARow() throws IOException {
    assertThat(rows("rules.md", "## Rules", "## Verdicts"))
        .isEqualTo(RuleSet.rules().stream().map(Rule::code).collect(Collectors.toSet()));
  }

  @Test
  void everyRuleIsCalledWhatItsRowSays() throws IOException {
    for (Rule rule : RuleSet.rules()) {
      assertThat(read("rules.md"))
          .contains("| " + rule.code() + " | " + RuleSet.title(rule.code()) + " |");
    }
  }

  @Test
  void everyControlNamesTheTestThatProvesIt() throws IOException {
    Set<String> tests = testClasses();
    Map<String, String> proofs = new TreeMap<>();
    Matcher rows =
        Pattern.compile("(?m)^\\| ([A-Z][0-9]{2}) \\| ([^|]+) \\| [^|]+ \\| [^|]+ \\| (\\w+) \\|$")
            .matcher(read("controls.md"));
    while (rows.find()) {
      assertThat(proofs.put(rows.group(1) + " " + rows.group(2), rows.group(3))).isNull();
    }
    Set<String> controls = new TreeSet<>(Set.of("K03 operator exit"));
    for (Rule rule : RuleSet.rules()) {
      controls.add(rule.code() + " " + rule.title());
    }
    assertThat(proofs.keySet()).isEqualTo(controls);
    assertThat(tests).containsAll(proofs.values());
    String properties = section("controls.md", "What holds for all of them", null);
    Matcher named = Pattern.compile("\\b\\w+Test\\b").matcher(properties);
    while (named.find()) {
      assertThat(tests).contains(named.group());
    }
  }

  @Test
  void everyHoleOfOtherEnginesIsAMethodThatProvesIt() throws IOException {
    Path root = Files.isDirectory(Path.of("docs")) ? Path.of("") : Path.of("..");
    String test =
        Files.readString(
            root.resolve(
                "domain/src/test/java/io/sluice/domain/group/HolesOfOtherEnginesTest.java"));
    Matcher methods = Pattern.compile("@Test\\s+void (\\w+)\\(").matcher(test);
    Set<String> proofs = new TreeSet<>();
    while (methods.find()) {
      proofs.add(methods.group(1));
    }
    Set<String> holes = rows("controls.md", "## Holes of other engines", null);
    holes.remove("proven by");
    assertThat(holes).isEqualTo(proofs);
  }

  /** The names of all test classes of the domain. */
  private static Set<String> testClasses() throws IOException {
    Path root = Files.isDirectory(Path.of("docs")) ? Path.of("") : Path.of("..");
    try (Stream<Path> files = Files.walk(root.resolve("domain/src/test/java"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith("Test.java"))
          .map(name -> name.substring(0, name.length() - ".java".length()))
          .collect(Collectors.toSet());
    }
  }

  @Test
  void everyFactOfUserRulesHasARow() throws IOException {
    Set<String> facts = new TreeSet<>();
    Facts.names().forEach(facts::add);
    assertThat(rows("user-rules.md", "# User rules", null)).isEqualTo(facts);
  }

  @Test
  void everyVerdictHasARow() throws IOException {
    assertThat(rows("rules.md", "## Verdicts", "## Events")).isEqualTo(names(Verdict.values()));
  }

  @Test
  void everyEventHasARow() throws IOException {
    assertThat(rows("rules.md", "## Events", null)).isEqualTo(names(Event.Type.values()));
  }

  @Test
  void everyConfigurationKeyHasARow() throws IOException {
    assertThat(rows("configuration.md", "# Configuration", "## Limits"))
        .isEqualTo(new TreeSet<>(Configuration.keys()));
  }

  @Test
  void everyLimitHasARow() throws IOException {
    assertThat(rows("configuration.md", "## Limits", "\n## "))
        .isEqualTo(Arrays.stream(LimitKey.values()).map(LimitKey::key).collect(Collectors.toSet()));
  }

  @Test
  void everyVariableHasARow() throws IOException {
    assertThat(rows("configuration.md", "## Environment", "\n## "))
        .isEqualTo(new TreeSet<>(ConfigurationFile.environmentVariables()));
  }

  @Test
  void everyOptionHasARow() throws IOException {
    for (String command :
        List.of(
            "demo",
            "replay",
            "verify",
            "executor",
            "migrate",
            "sql",
            "up",
            "down",
            "status",
            "run",
            "job submit",
            "job resume",
            "job list",
            "job savepoint",
            "job stop",
            "flink",
            "control",
            "control keygen",
            "control sign",
            "control send",
            "state",
            "state first",
            "state correct",
            "config check",
            "config show",
            "validate",
            "models add",
            "models list",
            "models compare",
            "models promote",
            "models rollback",
            "models send",
            "train",
            "tune",
            "features")) {
      CommandLine line = Main.commandLine();
      for (String name : command.split(" ")) {
        line = line.getSubcommands().get(name);
      }
      Set<String> options =
          line.getCommandSpec().options().stream()
              .map(option -> option.longestName())
              .filter(name -> !name.equals("--help") && !name.equals("--version"))
              .collect(Collectors.toSet());
      Set<String> documented = rows("commands.md", "## sluice " + command, "\n## ");
      if (line.getCommandSpec().mixins().containsKey("kafka")) {
        documented.addAll(rows("commands.md", "## Which Kafka", "\n## "));
      }
      assertThat(documented).as(command).isEqualTo(options);
    }
  }

  @Test
  void everyFormulaHasARow() throws IOException {
    assertThat(rows("features.md", "## Tables of your own", "\n## "))
        .isEqualTo(Kinds.all().stream().map(Kinds.Kind::text).collect(Collectors.toSet()));
  }

  @Test
  void everyCommandHasARow() throws IOException {
    assertThat(rows("control.md", "## Commands", "\n## "))
        .isEqualTo(new TreeSet<>(GroupFold.commands()));
  }

  @Test
  void everyTopicHasARowAndIsMadeAsItSays() throws IOException {
    String text = read("kafka.md");
    assertThat(rows("kafka.md", "## Topics", "\n## "))
        .isEqualTo(Arrays.stream(Topic.values()).map(Topic::wireName).collect(Collectors.toSet()));
    for (Topic topic : Topic.values()) {
      long ms = Long.parseLong(topic.configuration().get("retention.ms"));
      String retention = ms < 0 ? "for ever" : Duration.ofMillis(ms).toDays() + " days";
      assertThat(text)
          .containsPattern(
              "\\| `"
                  + Pattern.quote(topic.wireName())
                  + "` \\| [a-z ]+ \\| "
                  + topic.partitions()
                  + " \\| "
                  + retention
                  + " \\|")
          .contains("create " + topic.wireName() + " " + topic.partitions() + " " + ms + "\n");
      topic
          .configuration()
          .forEach(
              (key, value) -> {
                if (!key.equals("retention.ms")) {
                  assertThat(text).contains("--config " + key + "=" + value);
                }
              });
    }
  }

  @Test
  void everyColumnOfTheArchiveHasARowWithItsType() throws IOException {
    List<Migration> migrations = Migration.all();
    Schema schema = migrations.get(migrations.size() - 1).schema();
    for (Map.Entry<String, String> table : schema.tables().entrySet()) {
      if (table.getValue().equals("MaterializedView")) {
        assertThat(read("archive.md")).contains("`" + table.getKey() + "`");
        continue;
      }
      String heading = "\n## " + table.getKey() + "\n";
      String section = section("archive.md", heading, "\n## ");
      if (!table.getValue().equals("View")) {
        String order = table.getValue().substring(table.getValue().indexOf(" ORDER BY ") + 10);
        assertThat(section).contains("In order of `" + order + "`");
      }
      Set<String> rows = new TreeSet<>();
      Set<String> columns = new TreeSet<>();
      section
          .lines()
          .filter(line -> line.startsWith("| `"))
          .forEach(
              line -> rows.add(line.substring(0, line.indexOf(" |", line.indexOf(" | ") + 3))));
      schema
          .columns()
          .forEach(
              (name, description) -> {
                if (name.startsWith(table.getKey() + ".")) {
                  String column = name.substring(table.getKey().length() + 1);
                  String type =
                      description.replaceAll("^\\d+ | (DEFAULT|MATERIALIZED) .*| = \\d+", "");
                  columns.add("| `" + column + "` | " + type);
                }
              });
      assertThat(rows).as(table.getKey()).isEqualTo(columns);
    }
    for (Migration migration : migrations) {
      assertThat(read("archive.md"))
          .contains("| " + migration.version() + " | " + migration.name() + ":");
    }
  }

  @Test
  void everyFileFormatAndStrategyIsNamed() throws IOException {
    for (OutputFile file : OutputFile.values()) {
      assertThat(read("files.md")).contains("| `" + file.fileName() + "` |");
    }
    for (FileFormat format : FileFormat.values()) {
      assertThat(read("commands.md")).contains(format.cliName());
    }
    for (String strategy : Strategies.names()) {
      assertThat(read("configuration.md")).contains(strategy);
    }
  }

  private static Set<String> names(Enum<?>[] constants) {
    return Arrays.stream(constants).map(Enum::name).collect(Collectors.toSet());
  }

  /** First cells of the table rows between two headings, the table's own heading left out. */
  private static Set<String> rows(String file, String from, String to) throws IOException {
    Matcher rows = ROW.matcher(section(file, from, to));
    Set<String> cells = new TreeSet<>();
    while (rows.find()) {
      cells.add(rows.group(1));
    }
    cells.removeAll(
        Set.of(
            "code",
            "verdict",
            "type",
            "key",
            "limit",
            "option",
            "command",
            "variable",
            "topic",
            "fact",
            "formula"));
    return cells;
  }

  private static String section(String file, String from, String to) throws IOException {
    String text = read(file);
    int start = text.indexOf(from);
    assertThat(start).as(file + " has the heading " + from).isNotNegative();
    int end = to == null ? -1 : text.indexOf(to, start + from.length());
    return text.substring(start, end < 0 ? text.length() : end);
  }

  private static String read(String file) throws IOException {
    Path docs = Files.isDirectory(Path.of("docs")) ? Path.of("docs") : Path.of("..", "docs");
    return Files.readString(docs.resolve(file));
  }
}
