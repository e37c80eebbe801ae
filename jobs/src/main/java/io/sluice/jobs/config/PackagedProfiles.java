package io.sluice.jobs.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.config.Configuration;
import java.io.IOException;
import java.io.InputStream;

/** The profiles that come with Sluice: an account may name one without writing it out. */
final class PackagedProfiles {
  private static final JsonNode PROFILES = read();

  private PackagedProfiles() {}

  private static JsonNode read() {
    try (InputStream in = Configuration.class.getResourceAsStream("profiles.json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new IllegalStateException("the packaged profiles read", e);
    }
  }

  /** Adds those that accounts name and the configuration does not have; its own count first. */
  static void addTo(ObjectNode configuration) {
    for (JsonNode account : configuration.path("accounts")) {
      String name = account.path("profile").asText();
      JsonNode own = configuration.path("profiles");
      if (PROFILES.has(name) && !own.has(name) && (own.isMissingNode() || own.isObject())) {
        configuration.withObject("/profiles").set(name, PROFILES.get(name).deepCopy());
      }
    }
  }
}
