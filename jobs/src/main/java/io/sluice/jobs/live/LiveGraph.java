package io.sluice.jobs.live;

import io.sluice.domain.config.Configuration;
import io.sluice.domain.market.FrontTerms;
import io.sluice.domain.wire.Message;
import io.sluice.jobs.Front;
import io.sluice.jobs.Uids;
import io.sluice.jobs.config.JobConfiguration;
import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.kafka.Topic;
import io.sluice.jobs.kafka.TopicIo;
import io.sluice.operators.EntryIntake;
import io.sluice.operators.GroupClock;
import io.sluice.operators.InputRouter;
import io.sluice.operators.RiskGate;
import io.sluice.operators.SilenceWatch;
import io.sluice.operators.SourcePulse;
import io.sluice.operators.StoredConfiguration;
import io.sluice.operators.WireIntake;
import io.sluice.operators.edge.EdgeType;
import io.sluice.operators.edge.FrontRow;
import io.sluice.operators.edge.GateOutput;
import io.sluice.operators.edge.InputRecord;
import io.sluice.operators.edge.Sequenced;
import io.sluice.operators.edge.TopicRecord;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSource;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The live job graph: two regions joined by the topic {@code risk.inputs}. The front writes to it
 * whatever may change a decision; the gate folds it and nothing else.
 *
 * <p>No watermark is used: everything is done in the order in which it comes, so that no partition
 * without records, and no parallelism beyond the partitions, can make time stand still.
 */
public final class LiveGraph {
  /**
   * How long a trade or quote may wait for the next on its way to its market, milliseconds. There
   * are so many of them that to send each by itself would wake its thread every time; intents never
   * wait.
   */
  private static final long MARKET_BUFFER_MS = 1;

  private final StreamExecutionEnvironment environment;
  private final Configuration risk;
  private final KafkaSettings kafka;
  private final TopicIo topics;
  private final Map<Topic, Integer> partitions;
  private final byte[] stored;

  /**
   * @param partitions how many partitions each topic has: a source is no more parallel than that
   */
  public LiveGraph(
      StreamExecutionEnvironment environment,
      JobConfiguration configuration,
      Map<Topic, Integer> partitions) {
    this.environment = environment;
    this.risk = configuration.risk();
    this.kafka = configuration.kafka();
    this.topics = new TopicIo(kafka);
    this.partitions = Map.copyOf(partitions);
    this.stored = StoredConfiguration.write(risk);
  }

  /**
   * Front and gate.
   *
   * @param before the commands before: a market of which nothing is known scores by what they have
   *     published, and not by what the configuration names
   */
  void define(CommandsBefore before) {
    front(before.admission().toJson(), before.published().toJson());
    gate();
  }

  /** The gate behind a bounded front, whose entries come in one order. */
  public void defineBounded(Source<InputRecord, ?, ?> source) {
    Front front = Front.ofMerged(environment, stored, source);
    front
        .entries()
        .sinkTo(topics.inputs(partitions(Topic.RISK_INPUTS)))
        .uid(Uids.MARKET_ENTRIES)
        .name("risk.inputs");
    front.outputs().sinkTo(topics.outputs()).uid(Uids.FRONT_OUTPUTS).name("front outputs");
    gate();
  }

  private void front(byte[] commands, byte[] published) {
    Duration history = Duration.of(new FrontTerms(risk).historyUs(), ChronoUnit.MICROS);
    DataStream<Long> seconds = seconds();
    SingleOutputStreamOperator<FrontRow> market =
        rows(
            environment.fromSource(
                topics.market(history),
                WatermarkStrategy.noWatermarks(),
                "market",
                EdgeType.TOPIC_RECORD),
            Topic.MARKET,
            new InputRouter(stored),
            List.of(Uids.MARKET_SOURCE, Uids.MARKET_INTAKE, Uids.MARKET_ROUTER));
    market.setBufferTimeout(MARKET_BUFFER_MS);
    SingleOutputStreamOperator<FrontRow> orders =
        rows(
            environment.fromSource(
                topics.orders(), WatermarkStrategy.noWatermarks(), "orders", EdgeType.TOPIC_RECORD),
            Topic.ORDERS,
            new InputRouter(stored, commands),
            List.of(Uids.ORDERS_SOURCE, Uids.ORDERS_INTAKE, Uids.ORDERS_ROUTER));

    SingleOutputStreamOperator<Sequenced> marketState =
        Front.marketState(market.union(orders), stored, published);
    // Sinks of their own, so that an intent's entry goes from its market state straight to the
    // producer, without a hop between threads.
    marketState
        .sinkTo(topics.inputs(partitions(Topic.RISK_INPUTS)))
        .uid(Uids.MARKET_ENTRIES)
        .name("risk.inputs");
    // As parallel as their source: dealt out to more producers, the records of a partition would
    // overtake each other, and the gate takes an earlier one for a repetition of the later.
    orders
        .getSideOutput(InputRouter.ENTRIES)
        .union(groupClock(seconds))
        .sinkTo(topics.inputs(partitions(Topic.RISK_INPUTS)))
        .setParallelism(parallelism(Topic.ORDERS))
        .uid(Uids.DIRECT_ENTRIES)
        .name("risk.inputs, direct");
    Front.outputs(marketState)
        .union(
            silences(market, seconds),
            market.getSideOutput(InputRouter.DEAD_LETTERS),
            orders.getSideOutput(InputRouter.DEAD_LETTERS))
        .sinkTo(topics.outputs())
        .uid(Uids.FRONT_OUTPUTS)
        .name("front outputs");
  }

  private SingleOutputStreamOperator<FrontRow> rows(
      DataStreamSource<TopicRecord> source,
      List<Topic> read,
      InputRouter router,
      List<String> uids) {
    int parallelism = parallelism(read);
    Map<String, Set<Message.Kind>> kinds =
        read.stream().collect(Collectors.toMap(kafka::nameOf, Topic::kinds));
    return source
        .setParallelism(parallelism)
        .uid(uids.get(0))
        .process(new WireIntake(kinds, risk.maxClockSkewUs()), EdgeType.INPUT_RECORD)
        .setParallelism(parallelism)
        .uid(uids.get(1))
        .name("wire intake")
        .process(router, EdgeType.FRONT_ROW)
        .setParallelism(parallelism)
        .uid(uids.get(2))
        .name("router");
  }

  /** The time, epoch microseconds, every second. */
  private DataStream<Long> seconds() {
    return environment
        .fromSource(
            new DataGeneratorSource<>(
                tick -> System.currentTimeMillis() * 1_000,
                Long.MAX_VALUE,
                RateLimiterStrategy.perSecond(1),
                Types.LONG),
            WatermarkStrategy.noWatermarks(),
            "clock",
            Types.LONG)
        .setParallelism(1)
        .uid(Uids.CLOCK_SOURCE);
  }

  private DataStream<Sequenced> groupClock(DataStream<Long> seconds) {
    return seconds
        .process(new GroupClock(stored), EdgeType.SEQUENCED)
        .setParallelism(1)
        .uid(Uids.GROUP_CLOCK)
        .name("group clock");
  }

  private DataStream<GateOutput> silences(
      SingleOutputStreamOperator<FrontRow> market, DataStream<Long> seconds) {
    Set<String> topics =
        Topic.MARKET.stream().map(kafka::nameOf).collect(Collectors.toUnmodifiableSet());
    return market
        .process(new SourcePulse(), SourcePulse.TYPE)
        .setParallelism(market.getParallelism())
        .uid(Uids.SOURCE_PULSE)
        .name("source pulse")
        .connect(seconds)
        .process(new SilenceWatch(topics, stored), EdgeType.GATE_OUTPUT)
        .setParallelism(1)
        .uid(Uids.SILENCE_WATCH)
        .name("silence watch");
  }

  /**
   * A group's entries are in one partition, are read by one source and stay in order up to the
   * gate. They are looked into behind the hop, so that nothing is read and written twice.
   */
  private void gate() {
    SingleOutputStreamOperator<Sequenced> entries =
        environment
            .fromSource(
                topics.entries(),
                WatermarkStrategy.noWatermarks(),
                "risk.inputs",
                EdgeType.TOPIC_RECORD)
            .setParallelism(parallelism(List.of(Topic.RISK_INPUTS)))
            .uid(Uids.ENTRY_SOURCE)
            .keyBy(record -> record.key() == null ? "" : record.key(), Types.STRING)
            .process(
                new EntryIntake(risk.clock(), partitions(Topic.RISK_INPUTS)), EdgeType.SEQUENCED)
            .uid(Uids.ENTRY_INTAKE)
            .name("entry intake");
    SingleOutputStreamOperator<GateOutput> outputs =
        DataStreamUtils.reinterpretAsKeyedStream(entries, Sequenced::group, Types.STRING)
            .transform("risk gate", EdgeType.GATE_OUTPUT, new RiskGate(risk.clock()))
            .uid(Uids.RISK_GATE);
    outputs
        .filter(output -> output.kind() != GateOutput.Kind.JOURNAL)
        .uid(Uids.ANSWERS)
        .name("answers")
        .sinkTo(topics.answers())
        .uid(Uids.GATE_OUTPUTS)
        .name("gate outputs");
    outputs
        .filter(output -> output.kind() == GateOutput.Kind.JOURNAL)
        .uid(Uids.JOURNAL_LINES)
        .name("journal lines")
        .sinkTo(topics.journal())
        .uid(Uids.JOURNAL)
        .name("journal");
    entries
        .getSideOutput(EntryIntake.DEAD_LETTERS)
        .sinkTo(topics.outputs())
        .uid(Uids.ENTRY_DEAD_LETTERS)
        .name("entry dead letters");
  }

  private int parallelism(List<Topic> read) {
    int all = read.stream().mapToInt(this::partitions).sum();
    return Math.min(environment.getParallelism(), all);
  }

  private int partitions(Topic topic) {
    return partitions.getOrDefault(topic, 1);
  }
}
