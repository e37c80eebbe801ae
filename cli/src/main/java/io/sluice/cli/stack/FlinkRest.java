package io.sluice.cli.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * What a job manager says over its REST interface.
 *
 * @param address {@code host:port}
 */
record FlinkRest(String address) {
  private static final int TIMEOUT_MS = 2_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  String url() {
    return "http://" + address;
  }

  /** How many task managers have registered; -1 where it says nothing. */
  int taskManagers() {
    return ask("/overview").path("taskmanagers").asInt(-1);
  }

  /** The ids of those whose slots are not all free; none where it says nothing. */
  List<String> busyTaskManagers() {
    List<String> busy = new ArrayList<>();
    for (JsonNode one : ask("/taskmanagers").path("taskmanagers")) {
      if (one.path("freeSlots").asInt() < one.path("slotsNumber").asInt()) {
        busy.add(one.path("id").asText());
      }
    }
    return busy;
  }

  /** Missing where it does not answer. */
  private JsonNode ask(String path) {
    try {
      HttpURLConnection asked =
          (HttpURLConnection) URI.create(url() + path).toURL().openConnection();
      asked.setConnectTimeout(TIMEOUT_MS);
      asked.setReadTimeout(TIMEOUT_MS);
      return JSON.readTree(asked.getInputStream().readAllBytes());
    } catch (IOException notYet) {
      return JSON.missingNode();
    }
  }
}
