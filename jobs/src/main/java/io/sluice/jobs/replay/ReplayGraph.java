package io.sluice.jobs.replay;

import io.sluice.cep.FlashCrashEpisode;
import io.sluice.domain.config.Configuration;
import io.sluice.domain.journal.Event;
import io.sluice.jobs.Uids;
import io.sluice.operators.InputRouter;
import io.sluice.operators.MarketState;
import io.sluice.operators.OrderedEdge;
import io.sluice.operators.RiskGate;
import io.sluice.operators.StoredConfiguration;
import io.sluice.operators.edge.EdgeType;
import io.sluice.operators.edge.FrontRow;
import io.sluice.operators.edge.GateOutput;
import io.sluice.operators.edge.InputRecord;
import io.sluice.operators.edge.Sequenced;
import java.util.function.Consumer;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
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
    byte[] stored = StoredConfiguration.write(configuration);

    SingleOutputStreamOperator<FrontRow> rows =
        environment
            .fromSource(
                source, WatermarkStrategy.noWatermarks(), "merged inputs", EdgeType.INPUT_RECORD)
            .setParallelism(1)
            .uid(Uids.SOURCE)
            .process(new InputRouter(stored), EdgeType.FRONT_ROW)
            .setParallelism(1)
            .uid(Uids.ROUTER)
            .name("router");

    SingleOutputStreamOperator<Sequenced> entries =
        rows.keyBy(FrontRow::instrument, Types.STRING)
            .transform("market state", EdgeType.SEQUENCED, new MarketState(stored))
            .uid(Uids.MARKET_STATE);

    DataStream<Sequenced> ordered =
        rows.getSideOutput(InputRouter.ENTRIES)
            .union(entries)
            .keyBy(Sequenced::group, Types.STRING)
            .transform("ordered edge", EdgeType.SEQUENCED, new OrderedEdge())
            .uid(Uids.ORDERED_EDGE);

    DataStream<GateOutput> decided =
        DataStreamUtils.reinterpretAsKeyedStream(ordered, Sequenced::group, Types.STRING)
            .transform("risk gate", EdgeType.GATE_OUTPUT, new RiskGate(configuration.clock()))
            .uid(Uids.RISK_GATE);

    DataStream<GateOutput> crashes =
        FlashCrashEpisode.detect(entries.getSideOutput(MarketState.CANDIDATES), EdgeType.EVENT)
            .uid(Uids.FLASH_CRASH)
            .name("flash crash")
            .map((Event event) -> GateOutput.of(null, event), EdgeType.GATE_OUTPUT)
            .uid(Uids.FLASH_CRASH_OUTPUT)
            .name("flash crash output");

    sink.accept(decided.union(crashes, rows.getSideOutput(InputRouter.DEAD_LETTERS)));
  }
}
