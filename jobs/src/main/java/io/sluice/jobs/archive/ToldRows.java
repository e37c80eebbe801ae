package io.sluice.jobs.archive;

import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.wire.Message;
import io.sluice.operators.WireRecord;
import io.sluice.operators.edge.TopicRecord;
import io.sluice.sinks.clickhouse.table.Table;
import io.sluice.sinks.clickhouse.table.Tables;
import io.sluice.sinks.clickhouse.table.Told;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.types.Row;
import org.apache.flink.util.OutputTag;

/** Rows of what the gate was told, read as the gate reads it. */
final class ToldRows extends RowIntake {
  private static final long serialVersionUID = 1L;

  private final Set<Message.Kind> kinds;
  private transient Map<Message.Kind, OutputTag<Row>> tags;

  /**
   * @param kinds what the topic may hold
   */
  ToldRows(Set<Message.Kind> kinds) {
    this.kinds = Set.copyOf(kinds);
  }

  @Override
  Collection<Table<?>> tables() {
    return List.copyOf(kinds.stream().map(Tables::of).toList());
  }

  @Override
  public void open(OpenContext context) throws Exception {
    super.open(context);
    tags = new EnumMap<>(Message.Kind.class);
    kinds.forEach(kind -> tags.put(kind, TableRow.tag(Tables.of(kind))));
  }

  @Override
  List<TableRow> rows(TopicRecord record) throws UnreadableException {
    Message message = WireRecord.read(record, kinds);
    Told<Message> told = new Told<>(message, record.partition(), record.offset(), record.value());
    Row row = Tables.of(message.kind()).row(told);
    return List.of(new TableRow(tags.get(message.kind()), row));
  }
}
