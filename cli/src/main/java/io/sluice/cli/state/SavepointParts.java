package io.sluice.cli.state;

import io.sluice.jobs.Uids;
import io.sluice.operators.RiskGate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.state.IncrementalKeyedStateHandle;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.api.OperatorIdentifier;
import org.apache.flink.state.api.SavepointReader;
import org.apache.flink.state.api.functions.KeyedStateReaderFunction;
import org.apache.flink.state.api.runtime.SavepointLoader;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.Collector;

/**
 * The risk groups' parts as they stand in a savepoint or checkpoint, read with Flink's State
 * Processor API. Nothing is changed there.
 */
final class SavepointParts {
  private SavepointParts() {}

  /** Each group's stored parts by name. */
  static Map<String, Map<String, byte[]>> read(Path savepoint) throws IOException {
    String path = savepoint.toAbsolutePath().toUri().toString();
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.createLocalEnvironment(1, new Configuration());
    Map<String, Map<String, byte[]>> groups = new TreeMap<>();
    try (CloseableIterator<Tuple3<String, String, byte[]>> parts =
        SavepointReader.read(environment, path, backendOf(path))
            .readKeyedState(
                OperatorIdentifier.forUid(Uids.RISK_GATE),
                new Reader(),
                Types.STRING,
                Types.TUPLE(
                    Types.STRING,
                    Types.STRING,
                    PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO))
            .executeAndCollect("state")) {
      while (parts.hasNext()) {
        Tuple3<String, String, byte[]> part = parts.next();
        groups.computeIfAbsent(part.f0, group -> new TreeMap<>()).put(part.f1, part.f2);
      }
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
    return groups;
  }

  /** A savepoint in canonical form is read by either; what RocksDB wrote itself only by RocksDB. */
  private static StateBackend backendOf(String path) throws IOException {
    CheckpointMetadata metadata = SavepointLoader.loadSavepointMetadata(path);
    for (OperatorState operator : metadata.getOperatorStates()) {
      for (OperatorSubtaskState subtask : operator.getStates()) {
        if (subtask.getManagedKeyedState().stream()
            .anyMatch(IncrementalKeyedStateHandle.class::isInstance)) {
          return new EmbeddedRocksDBStateBackend();
        }
      }
    }
    return new HashMapStateBackend();
  }

  private static final class Reader
      extends KeyedStateReaderFunction<String, Tuple3<String, String, byte[]>> {
    private static final long serialVersionUID = 1L;
    private transient MapState<String, byte[]> parts;

    @Override
    public void open(OpenContext context) {
      parts = getRuntimeContext().getMapState(RiskGate.PARTS);
    }

    @Override
    public void readKey(
        String group, Context context, Collector<Tuple3<String, String, byte[]>> out)
        throws Exception {
      for (Map.Entry<String, byte[]> part : parts.entries()) {
        out.collect(Tuple3.of(group, part.getKey(), part.getValue()));
      }
    }
  }
}
