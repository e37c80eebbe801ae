package io.sluice.cli.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.Cli;
import io.sluice.sinks.clickhouse.query.NamedQuery;
import io.sluice.sinks.clickhouse.query.QueryParameter;
import io.sluice.sinks.clickhouse.query.QueryReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code sluice sql} against the real engine. */
class SqlCommandTest {
  private static ArchiveRows archive;

  @BeforeAll
  static void start() throws Exception {
    archive = ArchiveRows.start();
    archive.insert(
        "fills",
        """
        {"account":"demo","fill_id":"f-1","instrument":"X:BTC","side":"SELL",\
        "qty":"12345678901234567890.123456789012345678","price":"1.5",\
        "event_time":"2026-01-01 12:00:00.000001"}""");
  }

  @AfterAll
  static void stop() {
    if (archive != null) {
      archive.close();
    }
  }

  @Test
  void everyQueryAnswersWithTheColumnsItExplains() {
    for (NamedQuery query : NamedQuery.all()) {
      List<String> arguments = new ArrayList<>(List.of("--query", query.name(), "--csv"));
      for (QueryParameter parameter : query.parameters()) {
        arguments.addAll(List.of("--param", parameter.name() + "=" + parameter.example()));
      }
      Cli.Run run = archive.sql(arguments.toArray(new String[0]));
      assertThat(run.err()).as(query.name()).isEmpty();
      assertThat(run.out().lines().findFirst().orElse("").replace("\"", "").split(","))
          .as(query.name())
          .containsExactlyElementsOf(query.columns().keySet());
    }
  }

  @Test
  void thePageOfQueriesIsWhatTheQueriesSay() throws Exception {
    String page = QueryReference.page(NamedQuery.all());
    // What the page has to be.
    Files.writeString(Path.of("target", "queries.md"), page);
    assertThat(Files.readString(Path.of("..", "docs", "queries.md"))).isEqualTo(page);
  }

  @Test
  void answersAreTablesCsvOrJson() {
    String sql = "SELECT side, qty, price, event_time, NULL AS none FROM fills FINAL";
    assertThat(archive.sql(sql).out())
        .isEqualTo(
            """
               ┌─side─┬─────────────────────────────────────qty─┬─price─┬─────────────────event_time─┬─none─┐
            """
                    .substring(3)
                + """
                │ SELL │ 12345678901234567890.123456789012345678 │   1.5 │ 2026-01-01 12:00:00.000001 │ ᴺᵁᴸᴸ │
                └──────┴─────────────────────────────────────────┴───────┴────────────────────────────┴──────┘
                """);
    assertThat(archive.sql(sql, "--csv").out())
        .isEqualTo(
            """
            "side","qty","price","event_time","none"
            "SELL",12345678901234567890.123456789012345678,1.5,"2026-01-01 12:00:00.000001",\\N
            """);
    assertThat(archive.sql(sql, "--json").out())
        .isEqualTo(
            """
            {"side":"SELL","qty":"12345678901234567890.123456789012345678","price":"1.5",\
            "event_time":"2026-01-01 12:00:00.000001","none":null}
            """);
  }

  @Test
  void parametersStayValuesWhateverIsInThem() {
    for (String text :
        List.of(
            "",
            "it's",
            "' OR 1 = 1 --",
            "a=b",
            "\\N",
            "tab\tline\nreturn\r back\\slash \\t",
            "{fn now()} ${x} %s ?",
            "\u00e9 \uD83D\uDE00")) {
      Cli.Run run = archive.sql("SELECT base64Encode({p:String})", "--csv", "--param", "p=" + text);
      assertThat(run.err()).isEmpty();
      byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
      assertThat(run.out().lines().skip(1))
          .as(text)
          .containsExactly("\"" + java.util.Base64.getEncoder().encodeToString(bytes) + "\"");
    }
  }

  @Test
  void nothingIsChanged() {
    for (String sql : List.of("DROP TABLE fills", "INSERT INTO fills (account) VALUES ('x')")) {
      Cli.Run run = archive.sql(sql);
      assertThat(run.code()).as(sql).isEqualTo(2);
      assertThat(run.err()).contains("READONLY");
    }
    assertThat(archive.sql("SELECT count() FROM fills", "--csv").out()).endsWith("\n1\n");
  }

  @Test
  void queriesAreListedAndExplained() {
    String list = Cli.done("sql", "--list").out();
    NamedQuery.all().forEach(query -> assertThat(list).contains(query.name(), query.title()));
    assertThat(Cli.done("sql", "--list", "--query", "rejections").out())
        .contains("Rejections by reason and hour.")
        .contains("--param from        from this gate time on (time, default 1970-01-01")
        .contains("share    refused and cut by decided")
        .endsWith("./sluice sql --query rejections" + System.lineSeparator());
  }

  @Test
  void whatIsWrongIsSaid() {
    assertWrong("query is nothing, expected one of decision, trade-audit", "--query", "nothing");
    assertWrong(
        "parameter id is missing, expected a text, e.g. i-1: id of the intent or of the decision",
        "--query",
        "decision");
    assertWrong(
        "parameter from is yesterday, expected a time such as 2026-01-31T14:00:00Z",
        "--query",
        "rejections",
        "--param",
        "from=yesterday");
    assertWrong(
        "parameter max_qty is 1e99, expected a decimal number",
        "--query",
        "different-limit",
        "--param",
        "max_qty=1e99");
    assertWrong(
        "parameter rows is -1, expected a whole number from 0 to 4294967295",
        "--query",
        "different-limit-orders",
        "--param",
        "rows=-1");
    assertWrong(
        "parameter form is 2026-01-31, but rejections has none of that name, expected one of from",
        "--query",
        "rejections",
        "--param",
        "form=2026-01-31");
    assertWrong("expected a SELECT, --query NAME or --list");
    assertWrong("expected one of them", "SELECT 1", "--query", "decision");
    assertWrong("there are --csv and --json", "SELECT 1", "--csv", "--json");
    assertWrong("UNKNOWN_TABLE", "SELECT * FROM nothing");
    assertWrong("AUTHENTICATION_FAILED", "SELECT 1", "--user", "nobody");
  }

  private static void assertWrong(String message, String... arguments) {
    Cli.Run run = archive.sql(arguments);
    assertThat(run.err()).startsWith("sluice: ").contains(message);
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
  }
}
