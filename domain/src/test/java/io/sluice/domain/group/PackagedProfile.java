package io.sluice.domain.group;

import static io.sluice.domain.group.GroupUnderTest.setup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.domain.config.Configuration;
import io.sluice.domain.journal.Event;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Groups of one margin account, 10,000 and leverage 10, that names a packaged profile. */
final class PackagedProfile {
  private PackagedProfile() {}

  private static JsonNode profiles() {
    try (InputStream in = Configuration.class.getResourceAsStream("profiles.json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** No limit stands beside those of the profile. */
  static GroupUnderTest.Setup under(String profile) {
    return under(profile, "10000", "10");
  }

  static GroupUnderTest.Setup under(String profile, String cash, String leverage) {
    return unstored(profile, cash, leverage).storing();
  }

  /** For many entries: storing and restoring after each takes its time. */
  static GroupUnderTest.Setup unstored(String profile) {
    return unstored(profile, "10000", "10");
  }

  private static GroupUnderTest.Setup unstored(String profile, String cash, String leverage) {
    return setup()
        .with("limits", "[]")
        .with("profiles", "{'" + profile + "': " + profiles().get(profile) + "}")
        .with(
            "accounts",
            "[{id: 'demo', profile: '"
                + profile
                + "', currency: 'USD', kind: 'margin', cash: '"
                + cash
                + "', leverage: '"
                + leverage
                + "'}]");
  }

  /** What was breached, and what followed, in order. */
  static List<String> breaches(GroupUnderTest group) {
    return group.events(Event.Type.BREACH).stream()
        .map(event -> GroupUnderTest.json(new String(event.detail(), StandardCharsets.UTF_8)))
        .map(detail -> detail.path("limit").asText() + " " + detail.path("then").asText())
        .toList();
  }
}
