package io.sluice.cli.live;

import io.sluice.jobs.FlinkOptions;
import io.sluice.jobs.Uids;
import io.sluice.operators.state.DecodedParts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * The states of groups and of markets as they stand in a checkpoint or savepoint: what a gate would
 * restore.
 */
final class GateStates {
  private static final Map<String, Map<String, byte[]>> READ = new ConcurrentHashMap<>();

  private GateStates() {}

  /** Each group's stored parts by name. */
  static synchronized Map<String, Map<String, String>> read(Path savepoint) throws Exception {
    return read(savepoint, true);
  }

  /**
   * @param dropsUnclaimedState whether the states of all other operators may be left behind
   */
  static synchronized Map<String, Map<String, String>> read(
      Path savepoint, boolean dropsUnclaimedState) throws Exception {
    Map<String, Map<String, String>> groups = new TreeMap<>();
    read(savepoint, Uids.RISK_GATE, "group-parts", dropsUnclaimedState)
        .forEach(
            (group, parts) -> {
              Map<String, String> texts = new TreeMap<>();
              parts.forEach(
                  (name, part) -> texts.put(name, new String(part, StandardCharsets.UTF_8)));
              groups.put(group, texts);
            });
    return groups;
  }

  /** Each instrument's stored parts by name. */
  static synchronized Map<String, Map<String, byte[]>> markets(Path savepoint) throws Exception {
    return read(savepoint, Uids.MARKET_STATE, "market-parts", true);
  }

  private static Map<String, Map<String, byte[]>> read(
      Path savepoint, String uid, String state, boolean dropsUnclaimedState) throws Exception {
    READ.clear();
    Configuration flink = FlinkOptions.fixed(new Configuration());
    flink.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint.toUri().toString());
    flink.set(StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE, dropsUnclaimedState);
    flink.set(StateRecoveryOptions.RESTORE_MODE, RecoveryClaimMode.NO_CLAIM);
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.createLocalEnvironment(1, flink);
    environment
        .fromData(Types.STRING, "")
        .setParallelism(1)
        .uid("nothing")
        .keyBy(key -> key, Types.STRING)
        .transform("reader", Types.STRING, new Reader(state))
        .uid(uid)
        .keyBy(key -> key, Types.STRING)
        .transform("added", Types.STRING, new Added())
        .uid("added")
        .sinkTo(new org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink<>())
        .uid("discard");
    environment.execute();
    return new TreeMap<>(READ);
  }

  /** An operator with state that no savepoint knows: it has none to start with. */
  private static final class Added extends AbstractStreamOperator<String>
      implements OneInputStreamOperator<String, String> {
    private static final long serialVersionUID = 1L;

    @Override
    public void open() throws Exception {
      super.open();
      getRuntimeContext().getMapState(DecodedParts.descriptor("added"));
      if (this.<String>getKeyedStateBackend()
          .getKeys("added", VoidNamespace.INSTANCE)
          .findAny()
          .isPresent()) {
        throw new IllegalStateException("an operator that was added has state");
      }
    }

    @Override
    public void processElement(StreamRecord<String> element) {
      // Only what was restored counts.
    }
  }

  /** Takes the place of an operator and reads its state. */
  private static final class Reader extends AbstractStreamOperator<String>
      implements OneInputStreamOperator<String, String> {
    private static final long serialVersionUID = 1L;

    private final String name;

    private Reader(String name) {
      this.name = name;
    }

    @Override
    public void open() throws Exception {
      super.open();
      MapState<String, byte[]> parts =
          getRuntimeContext().getMapState(DecodedParts.descriptor(name));
      List<String> keys =
          this.<String>getKeyedStateBackend()
              .getKeys(name, VoidNamespace.INSTANCE)
              .distinct()
              .toList();
      for (String key : keys) {
        setCurrentKey(key);
        Map<String, byte[]> read = new TreeMap<>();
        for (Map.Entry<String, byte[]> part : parts.entries()) {
          read.put(part.getKey(), part.getValue());
        }
        READ.put(key, read);
      }
    }

    @Override
    public void processElement(StreamRecord<String> element) {
      // Only what was restored counts.
    }
  }
}
