package io.sluice.jobs.live;

import io.sluice.domain.config.Configuration;
import io.sluice.domain.config.ConfigurationException;
import io.sluice.domain.journal.ConfigChunks;
import io.sluice.domain.wire.ConfigChunk;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Each group's part of the configuration, the newest that is complete, of the entries it came in.
 */
final class RecordedConfiguration {
  private final Map<String, List<ConfigChunk>> pending = new TreeMap<>();
  private final Map<String, Configuration> complete = new TreeMap<>();

  /** To be given a group's entries in their order. */
  void add(String group, ConfigChunk chunk) {
    List<ConfigChunk> parts = pending.computeIfAbsent(group, name -> new ArrayList<>());
    if (chunk.chunk() == 1) {
      parts.clear();
    }
    parts.add(chunk);
    if (parts.size() == chunk.chunks() && chunk.chunk() == chunk.chunks()) {
      join(group, parts);
    }
  }

  private void join(String group, List<ConfigChunk> parts) {
    try {
      complete.put(group, ConfigChunks.join(parts));
    } catch (ConfigurationException e) {
      // They are no configuration: the gate did not put it in force either.
    }
  }

  Collection<Configuration> parts() {
    return complete.values();
  }
}
