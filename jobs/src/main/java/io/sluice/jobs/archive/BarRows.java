package io.sluice.jobs.archive;

import io.sluice.domain.json.UnreadableException;
import io.sluice.operators.edge.TopicRecord;
import io.sluice.sinks.clickhouse.table.Bars;
import io.sluice.sinks.clickhouse.table.Features;
import io.sluice.sinks.clickhouse.table.Placed;
import io.sluice.sinks.clickhouse.table.Recorded;
import io.sluice.sinks.clickhouse.table.Table;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.types.Row;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Rows of bars, and of their features. */
final class BarRows extends RowIntake {
  private static final long serialVersionUID = 1L;

  private transient OutputTag<Row> bars;
  private transient OutputTag<Row> features;

  @Override
  Collection<Table<?>> tables() {
    return List.of(Bars.TABLE, Features.TABLE);
  }

  @Override
  public void open(OpenContext context) throws Exception {
    super.open(context);
    bars = tag(Bars.TABLE);
    features = tag(Features.TABLE);
  }

  @Override
  void archive(TopicRecord record, Context context, Collector<Row> deadLetters)
      throws UnreadableException {
    Recorded line = RecordedRows.recorded(record, Recorded::read);
    Placed placed = new Placed(line, record.partition(), record.offset());
    Row bar = Bars.TABLE.row(placed);
    Row values = Features.TABLE.row(placed);
    context.output(bars, bar);
    context.output(features, values);
  }
}
