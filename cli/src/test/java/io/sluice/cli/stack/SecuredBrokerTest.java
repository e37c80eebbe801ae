package io.sluice.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.domain.config.ConfigurationException;
import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.kafka.Topic;
import io.sluice.jobs.kafka.Topics;
import io.sluice.jobs.kafka.TopicsException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A broker with TLS and a login, reached with secrets that stand nowhere but in their own files.
 */
class SecuredBrokerTest {
  private static final String PASSWORD = "hush-4711-correct-horse";
  private static final String STORE_PASSWORD = "hush-0815-battery-staple";

  @TempDir static Path folder;
  private static KafkaBroker kafka;

  @BeforeAll
  static void start() throws Exception {
    Path store = folder.resolve("broker.p12");
    Path certificate = folder.resolve("broker.pem");
    Path storePassword = Files.writeString(folder.resolve("store-password"), STORE_PASSWORD);
    List<String> access =
        List.of("-keystore", store.toString(), "-storepass:file", storePassword.toString());
    keytool(
        access,
        "-genkeypair -alias broker -keyalg EC -groupname secp256r1 -dname CN=localhost"
            + " -ext SAN=dns:localhost -validity 2 -storetype PKCS12");
    keytool(access, "-exportcert -alias broker -rfc -file " + certificate);
    Path secrets =
        Files.writeString(
            folder.resolve("secrets.properties"),
            "store=%s\nserver=%s user_sluice=\"%s\";\nclient=%s;\nwrong=%s;\n"
                .formatted(
                    STORE_PASSWORD, login(PASSWORD), PASSWORD, login(PASSWORD), login("guessed")));

    Map<String, String> trust =
        Map.of("ssl.truststore.type", "PEM", "ssl.truststore.location", certificate.toString());
    Map<String, String> server = new HashMap<>(trust);
    server.put("listener.security.protocol.map", "CLIENT:SASL_SSL,CONTROLLER:PLAINTEXT");
    server.put("sasl.enabled.mechanisms", "PLAIN");
    server.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
    server.put("listener.name.client.plain.sasl.jaas.config", file(secrets, "server"));
    server.put("ssl.keystore.type", "PKCS12");
    server.put("ssl.keystore.location", store.toString());
    server.put("ssl.keystore.password", file(secrets, "store"));
    Map<String, String> client = new HashMap<>(trust);
    client.put("security.protocol", "SASL_SSL");
    client.put("sasl.mechanism", "PLAIN");
    client.put("sasl.jaas.config", file(secrets, "client"));

    // As talkative as anybody would make it in search of an error.
    System.setProperty(BrokerProcess.LOG_LEVEL_PROPERTY, "INFO");
    try {
      kafka = KafkaBroker.start(BrokerOptions.temporary().with(server, client));
    } finally {
      System.clearProperty(BrokerProcess.LOG_LEVEL_PROPERTY);
    }
  }

  private static String login(String password) {
    return "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"sluice\""
        + " password=\""
        + password
        + "\"";
  }

  private static String file(Path file, String key) {
    return "${file:" + file + ":" + key + "}";
  }

  private static void keytool(List<String> access, String arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(Arrays.asList(arguments.split(" ")));
    command.addAll(access);
    Path output = folder.resolve("keytool.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor()).as(Files.readString(output)).isZero();
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  void isReachedWithSecretsThatNobodyLogs() throws Exception {
    try (Topics topics = Topics.open(kafka.settings())) {
      topics.createMissing();
    }
    Records records = new Records(kafka.settings());
    records.write(Topic.RISK_EVENTS, "over TLS");
    assertThat(records.read(Topic.RISK_EVENTS)).containsExactly("over TLS");
    assertThat(kafka.settings().toString()).contains("${file:").doesNotContain("hush");
    assertThat(Files.readString(kafka.log()))
        .contains("INFO")
        .contains("sasl.enabled.mechanisms")
        .doesNotContain("hush");
    assertThat(commandLine()).contains(kafka.log().getParent().toString()).doesNotContain("hush");
  }

  private static String commandLine() {
    return ProcessHandle.of(kafka.pid()).orElseThrow().info().commandLine().orElseThrow();
  }

  /** Lists the topics with a login from the environment. */
  static final class Client {
    public static void main(String[] arguments) {
      Map<String, String> properties = new HashMap<>();
      for (int i = 1; i < arguments.length; i += 2) {
        properties.put(arguments[i], arguments[i + 1]);
      }
      try (Topics topics = Topics.open(new KafkaSettings(arguments[0], "", "sluice", properties))) {
        System.out.print(topics.hasBroker());
      }
    }
  }

  @Test
  void theEnvironmentHoldsSecretsToo() throws Exception {
    List<String> arguments = new ArrayList<>(List.of(kafka.bootstrap()));
    with("sasl.jaas.config", "${env:SLUICE_TEST_LOGIN}")
        .properties()
        .forEach((key, value) -> arguments.addAll(List.of(key, value)));
    Path log = folder.resolve("client.txt");
    Process client =
        ChildJvm.start(
            Client.class,
            Map.of("SLUICE_TEST_LOGIN", login(PASSWORD) + ";"),
            log,
            arguments.toArray(String[]::new));
    String said = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(client.waitFor()).as("%s", Files.readString(log)).isZero();
    assertThat(said).isEqualTo("true");
    assertThat(Files.readString(log)).contains("AdminClientConfig").doesNotContain("hush");
  }

  @Test
  void aWrongPasswordIsALoginRefused() {
    assertThatThrownBy(() -> check(with("sasl.jaas.config", secret("wrong"))))
        .isInstanceOf(TopicsException.class)
        .hasMessageContaining(kafka.bootstrap() + " refused the login")
        .hasMessageContaining("sasl.jaas.config")
        .hasMessageNotContaining("guessed");
  }

  @Test
  void aReferenceThatLeadsNowhereIsNamed() {
    for (String reference :
        List.of(
            "${env:SLUICE_TEST_NOT_SET}",
            secret("nobody"),
            "${directory:" + folder + ":no-such-file}",
            "${file:" + folder + "/no-such-file:client}")) {
      assertThatThrownBy(() -> check(with("sasl.jaas.config", reference)))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("kafka.properties.sasl.jaas.config is " + reference)
          .hasMessageContaining("leads to nothing");
    }
  }

  @Test
  void aCertificateNobodyVouchesForIsRefused() {
    assertThatThrownBy(() -> check(without("ssl.truststore.location", "ssl.truststore.type")))
        .isInstanceOf(TopicsException.class)
        .hasMessageContaining("cannot be reached with TLS")
        .hasMessageContaining("ssl.*");
  }

  private static void check(KafkaSettings settings) {
    try (Topics topics = Topics.open(settings)) {
      topics.check();
    }
  }

  private static String secret(String key) {
    return file(folder.resolve("secrets.properties"), key);
  }

  private static KafkaSettings with(String key, String value) {
    Map<String, String> properties = new HashMap<>(kafka.settings().properties());
    properties.put(key, value);
    return new KafkaSettings(kafka.bootstrap(), "", "sluice", properties);
  }

  private static KafkaSettings without(String... keys) {
    Map<String, String> properties = new HashMap<>(kafka.settings().properties());
    properties.keySet().removeAll(List.of(keys));
    return new KafkaSettings(kafka.bootstrap(), "", "sluice", properties);
  }
}
