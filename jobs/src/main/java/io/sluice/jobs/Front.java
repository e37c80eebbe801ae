package io.sluice.jobs;

import io.sluice.cep.FlashCrashEpisode;
import io.sluice.domain.journal.Event;
import io.sluice.operators.InputRouter;
import io.sluice.operators.MarketState;
import io.sluice.operators.OrderedEdge;
import io.sluice.operators.StoredPublications;
import io.sluice.operators.edge.EdgeType;
import io.sluice.operators.edge.FrontRow;
import io.sluice.operators.edge.GateOutput;
import io.sluice.operators.edge.InputRecord;
import io.sluice.operators.edge.Sequenced;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.OutputTag;

/**
 * The front of a job graph: what turns inputs into the entries that the gate folds.
 *
 * @param entries what the gate is to fold
 * @param outputs dead letters, events of patterns and markets, bars and scores
 */
public record Front(DataStream<Sequenced> entries, DataStream<GateOutput> outputs) {
  private static final OutputTag<GateOutput> PATTERN_DEAD_LETTERS =
      new OutputTag<>("pattern-dead-letters", EdgeType.GATE_OUTPUT);

  /**
   * The market states behind rows of instruments.
   *
   * @param standing the models that commands had published before
   */
  public static SingleOutputStreamOperator<Sequenced> marketState(
      DataStream<FrontRow> rows, byte[] configuration, byte[] standing) {
    return rows.keyBy(FrontRow::instrument, Types.STRING)
        .transform("market state", EdgeType.SEQUENCED, new MarketState(configuration, standing))
        .uid(Uids.MARKET_STATE);
  }

  /**
   * What the patterns behind the market states tell, and the market states themselves, what neither
   * could take in, bars and scores.
   */
  public static DataStream<GateOutput> outputs(SingleOutputStreamOperator<Sequenced> marketState) {
    SingleOutputStreamOperator<Event> crashes =
        FlashCrashEpisode.detect(
                marketState.getSideOutput(MarketState.CANDIDATES),
                EdgeType.EVENT,
                PATTERN_DEAD_LETTERS,
                GateOutput::of)
            .uid(Uids.FLASH_CRASH)
            .name("flash crash");
    return crashes
        .map((Event event) -> GateOutput.of(null, event), EdgeType.GATE_OUTPUT)
        .uid(Uids.FLASH_CRASH_OUTPUT)
        .name("flash crash output")
        .union(
            marketState.getSideOutput(MarketState.DEAD_LETTERS),
            crashes.getSideOutput(PATTERN_DEAD_LETTERS),
            marketState.getSideOutput(MarketState.BARS),
            marketState.getSideOutput(MarketState.EVENTS),
            marketState.getSideOutput(MarketState.SCORES));
  }

  /**
   * The front of a bounded input that is merged into one order before: all its entries come out in
   * that order, whatever the parallelism.
   */
  public static Front ofMerged(
      StreamExecutionEnvironment environment,
      byte[] configuration,
      Source<InputRecord, ?, ?> source) {
    SingleOutputStreamOperator<FrontRow> rows =
        environment
            .fromSource(
                source, WatermarkStrategy.noWatermarks(), "merged input", EdgeType.INPUT_RECORD)
            .setParallelism(1)
            .uid(Uids.SOURCE)
            .process(new InputRouter(configuration), EdgeType.FRONT_ROW)
            .setParallelism(1)
            .uid(Uids.ROUTER)
            .name("router");
    SingleOutputStreamOperator<Sequenced> marketState =
        marketState(rows, configuration, StoredPublications.NONE);
    DataStream<Sequenced> ordered =
        rows.getSideOutput(InputRouter.ENTRIES)
            .union(marketState)
            .keyBy(Sequenced::group, Types.STRING)
            .transform("ordered edge", EdgeType.SEQUENCED, new OrderedEdge())
            .uid(Uids.ORDERED_EDGE);
    return new Front(
        ordered, outputs(marketState).union(rows.getSideOutput(InputRouter.DEAD_LETTERS)));
  }
}
