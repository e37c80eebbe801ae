package io.sluice.jobs.archive;

import io.sluice.jobs.Uids;
import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.kafka.Topic;
import io.sluice.jobs.kafka.TopicIo;
import io.sluice.operators.edge.EdgeType;
import io.sluice.operators.edge.TopicRecord;
import io.sluice.sinks.clickhouse.ArchiveSink;
import io.sluice.sinks.clickhouse.table.DeadLetters;
import io.sluice.sinks.clickhouse.table.Decisions;
import io.sluice.sinks.clickhouse.table.Events;
import io.sluice.sinks.clickhouse.table.Recorded;
import io.sluice.sinks.clickhouse.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.types.Row;

/**
 * The archive's job graph: each topic is read by itself and its rows go into their tables; all dead
 * letters go into one.
 */
public final class ArchiveGraph {
  private final StreamExecutionEnvironment environment;
  private final ArchiveSettings settings;
  private final TopicIo topics;
  private final Map<Topic, Integer> partitions;
  private final List<DataStream<Row>> deadLetters = new ArrayList<>();

  /**
   * @param partitions how many partitions each topic has: a source is no more parallel than that
   */
  public ArchiveGraph(
      StreamExecutionEnvironment environment,
      ArchiveSettings settings,
      KafkaSettings kafka,
      Map<Topic, Integer> partitions) {
    this.environment = environment;
    this.settings = settings;
    this.topics = new TopicIo(kafka);
    this.partitions = Map.copyOf(partitions);
  }

  public void define() {
    settings.topics().forEach(this::archive);
    DataStream<Row> first = deadLetters.remove(0);
    into(DeadLetters.TABLE, first.union(deadLetters.toArray(DataStream[]::new)), 1);
  }

  private void archive(Topic topic) {
    int parallelism = Math.min(environment.getParallelism(), partitions.getOrDefault(topic, 1));
    SingleOutputStreamOperator<TopicRecord> records =
        environment
            .fromSource(
                topics.archived(topic),
                WatermarkStrategy.noWatermarks(),
                topic.wireName(),
                EdgeType.TOPIC_RECORD)
            .setParallelism(parallelism)
            .uid(Uids.archiveSource(topic.wireName()));
    if (topic == Topic.RISK_JOURNAL) {
      books(records);
    } else {
      rows(topic, records);
    }
  }

  private void rows(Topic topic, DataStream<TopicRecord> records) {
    RowIntake intake = intake(topic);
    SingleOutputStreamOperator<Row> rows =
        records
            .process(intake, DeadLetters.TABLE.type())
            .setParallelism(records.getParallelism())
            .uid(Uids.archiveRows(topic.wireName()))
            .name("rows");
    for (Table<?> table : intake.tables()) {
      into(table, rows.getSideOutput(TableRow.tag(table)), records.getParallelism());
    }
    deadLetters.add(rows);
  }

  /** A group's lines are in one partition, in order, and stay so up to its books. */
  private void books(DataStream<TopicRecord> journal) {
    SingleOutputStreamOperator<Row> books =
        journal
            .keyBy(record -> record.key() == null ? "" : record.key(), Types.STRING)
            .transform("journal books", DeadLetters.TABLE.type(), new JournalBooks())
            .uid(Uids.ARCHIVE_BOOKS);
    for (Table<?> table : JournalBooks.tables()) {
      into(table, books.getSideOutput(TableRow.tag(table)), environment.getParallelism());
    }
    deadLetters.add(books);
  }

  private static RowIntake intake(Topic topic) {
    return switch (topic) {
      case RISK_DECISIONS -> new RecordedRows(Decisions.TABLE, Recorded::decision);
      case RISK_EVENTS -> new RecordedRows(Events.TABLE, Recorded::read);
      case MARKET_BARS -> new BarRows();
      case MARKET_SCORES -> new ScoreRows();
      case RISK_DEADLETTER -> new DeadLetterRows();
      default -> new ToldRows(topic.kinds());
    };
  }

  private void into(Table<?> table, DataStream<Row> rows, int parallelism) {
    rows.sinkTo(
            ArchiveSink.into(table, settings::clickHouse, settings.batchRows(), settings.batchMs()))
        .setParallelism(parallelism)
        .uid(Uids.archiveTable(table.name()))
        .name(table.name());
  }
}
