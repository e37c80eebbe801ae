package io.sluice.cli.live;

import io.sluice.domain.group.Effects;
import io.sluice.domain.group.GroupFold;
import io.sluice.domain.group.GroupState;
import io.sluice.domain.group.StateParts;
import io.sluice.domain.journal.Entry;
import io.sluice.domain.journal.JournalLine;
import io.sluice.domain.json.UnreadableException;
import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.kafka.Topic;
import io.sluice.jobs.kafka.TopicReader;
import io.sluice.operators.edge.Sequenced;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Folds {@code risk.inputs} from its first offset without interruption, without Flink. */
final class SecondGate {
  private final GroupFold fold = new GroupFold();
  private final Map<String, GroupState> states = new TreeMap<>();
  private final Map<String, String> lines = new HashMap<>();
  private final Map<String, Map<String, String>> partsAt = new TreeMap<>();
  private final Set<String> heads;

  private SecondGate(Set<String> heads) {
    this.heads = heads;
  }

  /**
   * @param heads where to look at each group's state, {@code group/seq}: of a group in one place
   */
  static SecondGate fold(KafkaSettings kafka, Set<String> heads) {
    SecondGate gate = new SecondGate(heads);
    TopicReader.readAll(kafka, Topic.RISK_INPUTS, gate::take);
    return gate;
  }

  /**
   * Folds what has come since from states that were stored; what came before has no values.
   *
   * @param heads where to look at each group's state, {@code group/seq}: of a group in one place
   */
  static SecondGate goOn(KafkaSettings kafka, Map<String, GroupState> states, Set<String> heads) {
    SecondGate gate = new SecondGate(heads);
    gate.states.putAll(states);
    TopicReader.readAll(kafka, Topic.RISK_INPUTS, gate::take);
    return gate;
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      return;
    }
    Entry entry;
    try {
      entry = Sequenced.read(record.value()).entry().at(record.timestamp() * 1_000);
    } catch (UnreadableException e) {
      throw new IllegalStateException(e);
    }
    GroupState state = states.computeIfAbsent(entry.group(), GroupState::new);
    Effects effects = fold.apply(state, entry);
    if (effects == null) {
      return;
    }
    JournalLine line =
        JournalLine.of(
            entry, effects.seq(), effects.gateTimeUs(), effects.decisions(), state.headHash());
    state.journaled(effects.seq(), line.hash());
    String head = entry.group() + "/" + effects.seq();
    lines.put(head, new String(line.bytes(), StandardCharsets.UTF_8));
    if (heads.contains(head)) {
      Map<String, String> parts = new TreeMap<>();
      // What has come and gone again, as order flow does, is no part.
      Map<String, byte[]> changed = new StateParts().takeChanged(state);
      changed.values().removeIf(Objects::isNull);
      changed.forEach((name, part) -> parts.put(name, new String(part, StandardCharsets.UTF_8)));
      partsAt.put(head, parts);
    }
  }

  /** The journal it would write, by {@code group/seq}. */
  Map<String, String> lines() {
    return lines;
  }

  /** The state of a group in parts, by {@code group/seq} as asked for. */
  Map<String, Map<String, String>> parts() {
    return partsAt;
  }
}
