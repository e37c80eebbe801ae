package io.sluice.jobs.archive;

import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.wire.DeadLetter;
import io.sluice.operators.edge.TopicRecord;
import io.sluice.sinks.clickhouse.table.DeadLetters;
import io.sluice.sinks.clickhouse.table.Recorded;
import io.sluice.sinks.clickhouse.table.Table;
import java.util.Collection;
import java.util.List;

/** Rows of the dead letters that the gate wrote. */
final class DeadLetterRows extends RowIntake {
  private static final long serialVersionUID = 1L;

  @Override
  Collection<Table<?>> tables() {
    return List.of();
  }

  @Override
  List<TableRow> rows(TopicRecord record) throws UnreadableException {
    DeadLetter letter = DeadLetters.read(RecordedRows.recorded(record, Recorded::read));
    return List.of(TableRow.deadLetter(row(letter)));
  }
}
