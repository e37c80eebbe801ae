package io.sluice.cli.archive;

import static io.sluice.jobs.archive.ArchiveSettings.PASSWORD;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.contentOf;

import io.sluice.cli.Cli;
import io.sluice.cli.Main;
import io.sluice.cli.stack.ChildJvm;
import io.sluice.cli.stack.ClickHouse;
import io.sluice.cli.stack.ClickHouseOptions;
import io.sluice.cli.stack.LocalClickHouse;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real engine behind TLS and a password, as another ClickHouse is. */
class TlsTest {
  @TempDir static Path folder;

  private static ClickHouse clickHouse;
  private static SelfSigned certificate;
  private static FlakyProxy proxy;
  private static Path password;

  @BeforeAll
  static void start() throws Exception {
    certificate = SelfSigned.in(folder);
    password = Files.writeString(folder.resolve("password"), "it's a secret\n");
    clickHouse =
        LocalClickHouse.start(ClickHouseOptions.temporary().as("analyst", "it's a secret"));
    proxy = new FlakyProxy(URI.create(clickHouse.url()).getPort(), certificate.sockets());
  }

  @AfterAll
  static void stop() throws Exception {
    if (proxy != null) {
      proxy.close();
    }
    LocalClickHouse.end(clickHouse);
  }

  private static Cli.Run sql(String url, Object... more) {
    List<Object> all = new ArrayList<>(List.of("sql", "SELECT 7", "--csv", "--url", url));
    all.addAll(List.of("--database", "system", "--user", "analyst"));
    all.addAll(List.of(more));
    return Cli.run(all.toArray());
  }

  private static String trusting(Object certificate) {
    return "--property=sslrootcert=" + certificate;
  }

  @Test
  void whoIsToldToTrustItsCertificateAsksAndMigrates() {
    Cli.Run asked =
        sql(proxy.url(), trusting(certificate.certificate()), "--password-file", password);
    assertThat(asked.err()).isEmpty();
    assertThat(asked.out().lines()).containsExactly("\"7\"", "7");
    assertThat(
            Cli.done(
                    "migrate",
                    "--plan",
                    "--url=" + proxy.url(),
                    "--user=analyst",
                    "--password-file=" + password,
                    trusting(certificate.certificate()))
                .out())
        .startsWith("CREATE DATABASE");
  }

  /** Where no file has it, the environment does, and a file counts before it. */
  @Test
  void thePasswordMayStandInTheEnvironment() throws Exception {
    String[] ask = {
      "sql", "SELECT 7", "--csv", "--url", clickHouse.url(), "--database=system", "--user=analyst"
    };
    Path log = folder.resolve("asker.log");
    Process asker = ChildJvm.start(Main.class, Map.of(PASSWORD, "it's a secret"), log, ask);
    assertThat(asker.inputReader(UTF_8).lines()).containsExactly("\"7\"", "7");
    assertThat(asker.waitFor()).isZero();

    Process guesser = ChildJvm.start(Main.class, Map.of(PASSWORD, "guessed"), log, ask);
    assertThat(guesser.waitFor()).isEqualTo(2);
    assertThat(contentOf(log.toFile())).contains("AUTHENTICATION_FAILED").doesNotContain("guessed");
    String[] withFile = Arrays.copyOf(ask, ask.length + 1);
    withFile[ask.length] = "--password-file=" + password;
    Process both = ChildJvm.start(Main.class, Map.of(PASSWORD, "guessed"), log, withFile);
    assertThat(both.waitFor()).isZero();
  }

  @Test
  void whatKeepsOneOutIsSaidWithWhatToDo() throws Exception {
    String trusted = trusting(certificate.certificate());
    Path wrong = Files.writeString(folder.resolve("wrong"), "guessed");
    assertOut("AUTHENTICATION_FAILED", proxy.url(), trusted, "--password-file", wrong);
    assertOut("AUTHENTICATION_FAILED", proxy.url(), trusted);
    assertOut("as the property sslrootcert", proxy.url());
    assertOut(
        "is for another host: reach it by a name that the certificate has",
        "https://127.0.0.1:" + proxy.port(),
        trusted);
    assertOut(
        "see that the url's port is the one for https",
        clickHouse.url().replace("http:", "https:"),
        trusted);
    assertOut(
        "ClickHouse's property sslrootcert is /nothing.pem, expected a file that can be read",
        proxy.url(),
        trusting("/nothing.pem"));
    assertOut(
        "clickhouse.password_file is /nothing, which cannot be read",
        proxy.url(),
        trusted,
        "--password-file=/nothing");
  }

  private static void assertOut(String message, String url, Object... more) {
    Cli.Run run = sql(url, more);
    assertThat(run.err()).startsWith("sluice: ").contains(message).doesNotContain("guessed");
    assertThat(run.err().lines()).as("one clear line").hasSize(1);
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
  }
}
