package io.sluice.benchmarks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.config.Configuration;
import io.sluice.domain.config.Execution;
import io.sluice.domain.json.StrictJson;
import io.sluice.domain.json.UnreadableException;
import java.io.IOException;
import java.io.InputStream;

/**
 * The configuration of all measurements: three instruments, two risk groups of four accounts on two
 * desks each, cash and margin, limits at every kind of scope. The breakers are set, and so wide
 * that none trips.
 */
public final class DeskConfiguration {
  private static final String RESOURCE = "desk.json";

  private DeskConfiguration() {}

  /** As it is: executed on paper. */
  public static Configuration paper() {
    return Configuration.parse(RESOURCE, tree());
  }

  /** The same with fills and order statuses that come in from outside. */
  public static Configuration external() {
    ObjectNode tree = tree();
    tree.withObject("/execution").put("mode", Execution.Mode.EXTERNAL.name().toLowerCase());
    return Configuration.parse(RESOURCE, tree);
  }

  /** As JSON, to be changed. */
  public static ObjectNode tree() {
    try (InputStream in = DeskConfiguration.class.getResourceAsStream(RESOURCE)) {
      return StrictJson.trusted(in.readAllBytes());
    } catch (IOException | UnreadableException e) {
      throw new IllegalStateException("the packaged configuration reads", e);
    }
  }
}
