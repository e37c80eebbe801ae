package io.sluice.sinks.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.flink.configuration.TaskManagerOptions;
import org.junit.jupiter.api.Test;

class ClickHouseSettingsTest {
  @Test
  void aServerThatIsSilentIsGivenUpBeforeFlinkGivesTheTaskUp() {
    assertThat(ClickHouseSettings.MAX_SILENCE)
        .isLessThan(TaskManagerOptions.TASK_CANCELLATION_TIMEOUT.defaultValue());
  }

  @Test
  void anAddressWithAPasswordIsRefusedAndNotShown() {
    assertThatThrownBy(() -> new ClickHouseSettings("https://u:hunter2@ch:8443", "db", Map.of()))
        .isInstanceOf(ClickHouseException.class)
        .hasMessageContaining("url holds a user")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void noPropertyIsShownButTheUser() {
    var settings =
        new ClickHouseSettings(
            "http://ch:8123", "db", Map.of("user", "u", "password", "p1", "access_token", "t1"));
    assertThat(settings.toString()).contains("user=u").doesNotContain("p1").doesNotContain("t1");
  }
}
