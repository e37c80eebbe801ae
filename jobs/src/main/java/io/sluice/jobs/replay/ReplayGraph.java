package io.sluice.jobs.replay;

import io.sluice.domain.config.Configuration;
import io.sluice.jobs.Front;
import io.sluice.jobs.Uids;
import io.sluice.operators.RiskGate;
import io.sluice.operators.StoredConfiguration;
import io.sluice.operators.edge.EdgeType;
import io.sluice.operators.edge.GateOutput;
import io.sluice.operators.edge.InputRecord;
import io.sluice.operators.edge.Sequenced;
import java.util.function.Consumer;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The replay's job graph: the same front and gate as live, joined by an ordered edge in memory
 * instead of Kafka. Where the records come from and where the outputs go is the caller's.
 */
final class ReplayGraph {
  private ReplayGraph() {}

  static void define(
      StreamExecutionEnvironment environment,
      Configuration configuration,
      Source<InputRecord, ?, ?> source,
      Consumer<DataStream<GateOutput>> sink) {
    Front front = Front.ofMerged(environment, StoredConfiguration.write(configuration), source);
    DataStream<GateOutput> decided =
        DataStreamUtils.reinterpretAsKeyedStream(front.entries(), Sequenced::group, Types.STRING)
            .transform("risk gate", EdgeType.GATE_OUTPUT, new RiskGate(configuration.clock()))
            .uid(Uids.RISK_GATE);
    sink.accept(decided.union(front.outputs()));
  }
}
