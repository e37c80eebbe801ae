package io.sluice.jobs.archive;

import io.sluice.domain.json.UnreadableException;
import io.sluice.operators.edge.TopicRecord;
import io.sluice.sinks.clickhouse.table.DeadLetters;
import io.sluice.sinks.clickhouse.table.Recorded;
import io.sluice.sinks.clickhouse.table.Table;
import java.util.Collection;
import java.util.List;
import org.apache.flink.types.Row;
import org.apache.flink.util.Collector;

/** Rows of the dead letters that the gate wrote. */
final class DeadLetterRows extends RowIntake {
  private static final long serialVersionUID = 1L;

  @Override
  Collection<Table<?>> tables() {
    return List.of();
  }

  @Override
  void archive(TopicRecord record, Context context, Collector<Row> deadLetters)
      throws UnreadableException {
    deadLetters.collect(row(DeadLetters.read(RecordedRows.recorded(record, Recorded::read))));
  }
}
