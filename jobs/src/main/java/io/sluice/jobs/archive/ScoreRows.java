package io.sluice.jobs.archive;

import io.sluice.domain.json.UnreadableException;
import io.sluice.operators.edge.TopicRecord;
import io.sluice.sinks.clickhouse.table.Placed;
import io.sluice.sinks.clickhouse.table.Recorded;
import io.sluice.sinks.clickhouse.table.Scores;
import io.sluice.sinks.clickhouse.table.Table;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.types.Row;
import org.apache.flink.util.OutputTag;

/** Rows of scores. */
final class ScoreRows extends RowIntake {
  private static final long serialVersionUID = 1L;

  private transient OutputTag<Row> scores;

  @Override
  Collection<Table<?>> tables() {
    return List.of(Scores.TABLE);
  }

  @Override
  public void open(OpenContext context) throws Exception {
    super.open(context);
    scores = TableRow.tag(Scores.TABLE);
  }

  @Override
  List<TableRow> rows(TopicRecord record) throws UnreadableException {
    Recorded line = RecordedRows.recorded(record, Recorded::read);
    Placed placed = new Placed(line, record.partition(), record.offset());
    return List.of(new TableRow(scores, Scores.TABLE.row(placed)));
  }
}
