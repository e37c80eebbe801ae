package io.sluice.jobs.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.domain.config.ConfigurationException;
import io.sluice.jobs.config.ConfigurationFile;
import io.sluice.jobs.config.JobConfiguration;
import io.sluice.jobs.kafka.Topic;
import io.sluice.sinks.clickhouse.ClickHouseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchiveSettingsTest {
  @TempDir Path folder;

  private JobConfiguration read(String clickHouse) throws IOException {
    Path file = folder.resolve("live.yaml");
    try (var packaged = ConfigurationFile.class.getResourceAsStream("/io/sluice/jobs/live.yaml")) {
      Files.write(file, packaged.readAllBytes());
    }
    Files.writeString(file, Files.readString(file) + "\n" + clickHouse + "\n");
    return ConfigurationFile.readJob(file);
  }

  @Test
  void withoutASectionNothingIsArchived() throws IOException {
    assertThat(read("").archive()).isEmpty();
  }

  @Test
  void anAddressIsEnough() throws IOException {
    JobConfiguration configuration = read("clickhouse: {url: 'http://ch:8123'}");
    ArchiveSettings settings = configuration.archive().orElseThrow();
    assertThat(settings.server().url()).isEqualTo("http://ch:8123");
    assertThat(settings.server().database()).isEqualTo("sluice");
    assertThat(settings.clickHouse().properties()).isEqualTo(Map.of("user", "default"));
    assertThat(settings.topics()).doesNotContain(Topic.MARKET_TRADES, Topic.RISK_INPUTS);
    assertThat(settings.topics()).contains(Topic.RISK_JOURNAL, Topic.STRATEGY_INTENTS);
    // What is archived decides nothing.
    assertThat(configuration.risk()).isEqualTo(read("").risk());
  }

  @Test
  void everythingCanBeSaid() throws IOException {
    Path password = folder.resolve("password");
    Files.writeString(password, "first\n");
    ArchiveSettings settings =
        read("clickhouse: {url: 'https://ch:8443', database: d, user: u, password_file: '"
                + password
                + "', market: true, batch_rows: 10, batch_interval: 250ms,"
                + " properties: {ssl: true, socket_timeout: 5000}}")
            .archive()
            .orElseThrow();
    assertThat(settings.clickHouse().properties())
        .isEqualTo(
            Map.of("user", "u", "password", "first", "ssl", "true", "socket_timeout", "5000"));
    assertThat(settings.batchRows()).isEqualTo(10);
    assertThat(settings.batchMs()).isEqualTo(250);
    assertThat(settings.topics()).contains(Topic.MARKET_TRADES, Topic.MARKET_QUOTES);
    assertThat(settings.toString()).doesNotContain("first");

    Files.writeString(password, "second\n");
    assertThat(settings.clickHouse().properties()).containsEntry("password", "second");
    Files.delete(password);
    assertThatThrownBy(settings::clickHouse)
        .isInstanceOf(ClickHouseException.class)
        .hasMessageContaining("clickhouse.password_file is " + password);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                                       | clickhouse.url is missing, expected a text",
        "{url: 'ch:8123'}                                         | ClickHouse's url is ch:8123, expected http://host:port",
        "{url: 'http://ch:1', password: x}                        | clickhouse.password is not a key here, expected one of",
        "{url: 'http://ch:1', properties: {password: topsecret}}  | clickhouse.properties.password is a secret, expected none here",
        "{url: 'http://ch:1', properties: {user: me}}             | clickhouse.properties.user is",
        "{url: 'http://ch:1', market: 1}                          | clickhouse.market is 1, expected true or false",
        "{url: 'http://ch:1', batch_rows: 0}                      | clickhouse.batch_rows is 0, expected a whole number from 1 to 100000",
        "{url: 'http://ch:1', batch_interval: soon}               | clickhouse.batch_interval is",
        "{url: 'http://ch:1', database: 'a b'}                    | database is a b, expected letters",
      })
  void whatIsWrongIsNamed(String section, String message) {
    assertThatThrownBy(() -> read("clickhouse: " + section))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("topsecret");
  }
}
