package io.sluice.jobs.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/**
 * What holds where a configuration says nothing and its canonical form, whose hash must not change,
 * says nothing either.
 */
final class UnwrittenDefaults {
  private static final JsonNode OF_ALL =
      json(
          """
          {"shadow_limits": [], "correlations": [], "user_rules": [], "permissions": [],
           "sessions": [], "strategies": [], "rates": [], "features": {"intervals": []},
           "volatility": {"method": "ewma_of_trades"}, "regimes": {"detect": false},
           "anomalies": {"detect": false},
           "models": [],
           "max_source_silence": "1m",
           "control": {"loosen_within": "1h", "rollout": {"percent": "100"}},
           "execution": {"twin": false},
           "venue_health": {"degraded": "0.5", "rate_limited": "0"},
           "model_health": {"below": "0", "stale": "0", "drifted": "0"},
           "order_flow": {"message_window": "1s", "duplicate_window": "10s",
             "reentry_window": "1m", "ratio_window": "1h", "ratio_min_messages": 100,
             "drift_window": "1m"},
           "self_match": "allow"}
          """);

  private static final JsonNode OF_AN_ACCOUNT = json("{\"requires_model\": false}");
  private static final JsonNode OF_A_PROFILE = json("{\"flash_crash\": \"reducing\"}");

  private UnwrittenDefaults() {}

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (IOException e) {
      throw new IllegalStateException("the defaults read", e);
    }
  }

  /** Adds them to a canonical configuration, which reads as the same one then. */
  static void addTo(ObjectNode configuration) {
    add(OF_ALL, configuration);
    configuration.path("accounts").forEach(account -> add(OF_AN_ACCOUNT, (ObjectNode) account));
    configuration.path("profiles").forEach(profile -> add(OF_A_PROFILE, (ObjectNode) profile));
  }

  private static void add(JsonNode defaults, ObjectNode to) {
    defaults
        .properties()
        .forEach(
            entry -> {
              JsonNode known = to.get(entry.getKey());
              if (known == null) {
                to.set(entry.getKey(), entry.getValue().deepCopy());
              } else if (known instanceof ObjectNode object
                  && entry.getValue().isObject()
                  && !entry.getKey().equals("rollout")) {
                add(entry.getValue(), object);
              }
            });
  }
}
