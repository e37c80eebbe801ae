package io.sluice.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.sinks.clickhouse.ClickHouseSettings;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ClickHouse is the real engine, keeps what it was given, and leaves nothing behind. */
class ClickHouseTest {
  private static ClickHouse clickHouse;

  @BeforeAll
  static void start() throws Exception {
    clickHouse = LocalClickHouse.start();
    execute(
        "CREATE DATABASE kept",
        "CREATE TABLE kept.numbers (n UInt32) ENGINE = MergeTree ORDER BY n");
  }

  @AfterAll
  static void stop() {
    LocalClickHouse.end(clickHouse);
  }

  @Test
  void keepsItsDataOverStopAndKill() throws Exception {
    String before = clickHouse.url();
    execute("TRUNCATE TABLE kept.numbers", "INSERT INTO kept.numbers VALUES (1)");
    clickHouse.stop();
    clickHouse.restart();
    assertThat(clickHouse.url()).isEqualTo(before);
    assertThat(numbers()).containsExactly(1L);
    execute("INSERT INTO kept.numbers VALUES (2)");
    clickHouse.kill();
    clickHouse.restart();
    assertThat(numbers()).containsExactly(1L, 2L);
  }

  @Test
  void errorsAreClickHouses() {
    assertThatThrownBy(() -> execute("SELECT * FROM kept.nothing"))
        .isInstanceOfSatisfying(SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(60))
        .hasMessageContaining("UNKNOWN_TABLE");
    assertThatThrownBy(() -> execute("SELEC 1"))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(62));
  }

  @Test
  void queriesBesideOthersAllGetTheirAnswer() {
    List<CompletableFuture<String>> answers = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      int n = i;
      answers.add(
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return ask("?param_n=" + n, "SELECT {n:UInt32} * 2 + sleep(0.01)").body().strip();
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              }));
    }
    for (int i = 0; i < 50; i++) {
      assertThat(answers.get(i).join()).isEqualTo(String.valueOf(i * 2));
    }
  }

  @Test
  void speaksClickHousesHttp() throws Exception {
    assertThat(ask("ping", (String) null).body()).isEqualTo("Ok.\n");
    assertThat(ask("?query=SELECT%201", (String) null).body()).isEqualTo("1\n");
    assertThat(ask("?default_format=JSONCompactEachRow", "SELECT 1, 'a'").body())
        .isEqualTo("[1, \"a\"]\n");
    assertThat(ask("?database=kept", "EXISTS TABLE numbers").body()).isEqualTo("1\n");
    assertThat(ask("?query=CREATE%20DATABASE%20x", (String) null).body()).contains("READONLY");

    HttpResponse<String> unknown = ask("?no_such_setting=1", "SELECT 1");
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(unknown.headers().firstValue("X-ClickHouse-Exception-Code")).contains("115");

    assertThat(ask("?session_id=s", "CREATE TEMPORARY TABLE mine (n UInt8)").statusCode())
        .isEqualTo(200);
    assertThat(ask("?session_id=s", "INSERT INTO mine VALUES (7)").statusCode()).isEqualTo(200);
    assertThat(ask("?session_id=s", "SELECT n FROM mine").body()).isEqualTo("7\n");
    assertThat(ask("?session_id=other", "SELECT n FROM mine").statusCode()).isEqualTo(404);
    assertThat(ask("?session_id=none&session_check=1", "SELECT 1").body())
        .contains("SESSION_NOT_FOUND");

    assertThat(ask("?max_result_bytes=1000", "SELECT number FROM numbers(100000)").body())
        .contains("TOO_MANY_ROWS_OR_BYTES");
    assertThat(ask("?compress=1", "SELECT 1").body()).contains("compress=0");
  }

  @Test
  void insertedDataIsNeverTakenForStatements() throws Exception {
    execute("CREATE TABLE kept.bytes (place UInt32, b String) ENGINE = MergeTree ORDER BY place");
    ByteArrayOutputStream rows = new ByteArrayOutputStream();
    int count = 1_000;
    for (int place = 0; place < count; place++) {
      // Row binary: the number, the length, the bytes.
      rows.write(new byte[] {(byte) place, (byte) (place >> 8), 0, 0, 100});
      byte[] text = new byte[100];
      Arrays.fill(text, (byte) place);
      rows.write(text);
    }
    String binary = "?database=kept&query=INSERT%20INTO%20bytes%20FORMAT%20RowBinary";
    HttpResponse<String> inserted = ask(binary, BodyPublishers.ofByteArray(rows.toByteArray()));
    assertThat(inserted.statusCode()).as(inserted.body()).isEqualTo(200);
    assertThat(inserted.headers().firstValue("X-ClickHouse-Summary").orElseThrow())
        .contains("\"written_rows\":\"" + count + "\"");
    String wrong = "SELECT countIf(b != repeat(char(place % 256), 100)), count() FROM kept.bytes";
    assertThat(ask("", wrong).body()).isEqualTo("0\t" + count + "\n");

    String evil = "9999,\"a\n\n;\nDROP TABLE kept.bytes\n\nDROP TABLE kept.bytes\"\n";
    ask("?database=kept", "INSERT INTO bytes FORMAT CSV\n" + evil);
    assertThat(ask("", "SELECT count() FROM kept.bytes").body()).isEqualTo(count + 1 + "\n");
  }

  @Test
  void itsOwnTestsPass() throws Exception {
    ClickHousePackage program = ClickHousePackage.installed(line -> {});
    String tests = program.server().resolveSibling("test").toString();
    Process node =
        new ProcessBuilder(program.node().toString(), "--test", tests)
            .redirectErrorStream(true)
            .start();
    String said = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(node.waitFor()).as(said).isZero();
  }

  @Test
  void whoHasNoPasswordIsRefused() throws Exception {
    try (ClickHouse secured =
        LocalClickHouse.start(ClickHouseOptions.temporary().as("ann", "s3'cret:"))) {
      ClickHouseSettings right = secured.settings("default");
      try (Connection connection = right.connect();
          Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("SELECT 1")) {
        assertThat(row.next()).isTrue();
      }
      assertThat(right.toString()).doesNotContain("cret");
      ClickHouseSettings wrong =
          new ClickHouseSettings(
              secured.url(), "default", Map.of("user", "ann", "password", "guess"));
      assertThatThrownBy(
              () -> {
                try (Connection connection = wrong.connect();
                    Statement statement = connection.createStatement()) {
                  statement.execute("SELECT 1");
                }
              })
          .hasStackTraceContaining("AUTHENTICATION_FAILED");
    }
  }

  @Test
  void aPortInUseIsNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
      int port = taken.getLocalPort();
      assertThatThrownBy(() -> LocalClickHouse.start(ClickHouseOptions.temporary().at(port)))
          .isInstanceOf(StackException.class)
          .hasMessageContaining("port " + port + " of this machine is in use")
          .hasMessageContaining("choose another port");
    }
  }

  @Test
  void whyItDidNotStartIsShown(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("data"), "a file where a folder should be");
    assertThatThrownBy(() -> LocalClickHouse.start(ClickHouseOptions.temporary().in(folder)))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("ended while it started")
        .hasMessageContaining("EEXIST");
    assertThat(folder.resolve("clickhouse.log")).exists();
  }

  /** Says why ClickHouse cannot be run here. */
  static final class Asker {
    public static void main(String[] arguments) {
      System.out.println(ClickHousePackage.missing().orElse("nothing"));
    }
  }

  @Test
  void aMachineWithoutNodeIsTold(@TempDir Path folder) throws Exception {
    Map<String, String> noPath = Map.of("PATH", folder.toString());
    Process asker = ChildJvm.start(Asker.class, noPath, folder.resolve("asker.txt"));
    try (BufferedReader out = asker.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.readLine()).contains("needs Node 18", "there is no node on the PATH");
    }
  }

  /** Starts ClickHouse, says where, and waits to be killed. */
  static final class Parent {
    public static void main(String[] arguments) throws Exception {
      ClickHouse started = ClickHouse.start();
      System.out.println(started.pid() + " " + started.log().getParent());
      new CountDownLatch(1).await();
    }
  }

  @Test
  void doesNotOutliveWhoStartedIt(@TempDir Path folder) throws Exception {
    Path log = folder.resolve("parent.txt");
    String program = "-D" + ClickHousePackage.FOLDER_PROPERTY + "=";
    Map<String, String> environment =
        Map.of(
            "JAVA_TOOL_OPTIONS", program + System.getProperty(ClickHousePackage.FOLDER_PROPERTY));
    Process parent = ChildJvm.start(Parent.class, environment, log);
    String said;
    try (BufferedReader out = parent.inputReader(StandardCharsets.UTF_8)) {
      said = out.readLine();
    }
    assertThat(said).as("%s", Files.readString(log)).isNotNull();
    ProcessHandle child = ProcessHandle.of(Long.parseLong(said.split(" ", 2)[0])).orElseThrow();
    File data = new File(said.split(" ", 2)[1]);
    assertThat(data).isDirectory();
    parent.destroyForcibly().waitFor();
    child.onExit().get(60, TimeUnit.SECONDS);
    assertThat(data).doesNotExist();
  }

  private static void execute(String... statements) throws SQLException {
    try (Connection connection = clickHouse.settings("default").connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static List<Long> numbers() throws SQLException {
    List<Long> numbers = new ArrayList<>();
    try (Connection connection = clickHouse.settings("kept").connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT n FROM numbers ORDER BY n")) {
      while (rows.next()) {
        numbers.add(rows.getLong(1));
      }
    }
    return numbers;
  }

  private static HttpResponse<String> ask(String path, String body) throws Exception {
    return ask(path, body == null ? null : BodyPublishers.ofString(body));
  }

  private static HttpResponse<String> ask(String path, BodyPublisher body) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(clickHouse.url() + "/" + path));
    if (body != null) {
      request.POST(body);
    }
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
