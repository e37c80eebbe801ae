package io.sluice.jobs.archive;

import io.sluice.domain.group.GroupFold;
import io.sluice.domain.group.GroupState;
import io.sluice.domain.group.StateParts;
import io.sluice.domain.group.StateReader;
import io.sluice.domain.journal.RecordedLine;
import io.sluice.domain.journal.Verifier.Finding;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.ledger.AccountRisk;
import io.sluice.domain.ledger.ClosedTrade;
import io.sluice.domain.ledger.Ledger;
import io.sluice.domain.ledger.PositionChange;
import io.sluice.domain.wire.DeadLetter;
import io.sluice.operators.SluiceMetrics;
import io.sluice.operators.edge.TopicRecord;
import io.sluice.operators.state.DecodedParts;
import io.sluice.sinks.clickhouse.table.AccountRisks;
import io.sluice.sinks.clickhouse.table.ClosedTrades;
import io.sluice.sinks.clickhouse.table.JournalLines;
import io.sluice.sinks.clickhouse.table.Positions;
import io.sluice.sinks.clickhouse.table.Recorded;
import io.sluice.sinks.clickhouse.table.Table;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.types.Row;
import org.apache.flink.util.OutputTag;

/**
 * Keyed by risk group: puts out the journal's lines, folds each again, and puts out what it does to
 * the books, all to their tables' side outputs. So it verifies the journal too, all the time: the
 * first line that does not follow from those before is a dead letter, which goes to the main output
 * as those that do not read do, and from there on that group's books cannot be told.
 */
final class JournalBooks extends AbstractStreamOperator<Row>
    implements OneInputStreamOperator<TopicRecord, Row>, DecodedParts.Codec<JournalBooks.Group> {
  private static final long serialVersionUID = 1L;
  private static final int LINES_BETWEEN_STORES = 500;
  private static final String BROKEN = "broken";
  private static final String LEDGER = "ledger";
  private static final MapStateDescriptor<String, byte[]> PARTS =
      DecodedParts.descriptor("journal-parts");

  private transient GroupFold fold;
  private transient DecodedParts<Group> groups;
  private transient Map<String, OutputTag<Row>> tags;
  private transient Counter archived;
  private transient Counter dead;
  private transient Counter verified;
  private transient Counter repeated;
  transient Counter broken;

  /** What is known of a group. */
  static final class Group {
    private final GroupState state;
    private final StateParts parts;
    private final Ledger ledger;
    private String finding;

    private Group(GroupState state, StateParts parts, Ledger ledger, String finding) {
      this.state = state;
      this.parts = parts;
      this.ledger = ledger;
      this.finding = finding;
    }
  }

  /** The tables that there are rows for, dead letters apart. */
  static List<Table<?>> tables() {
    return List.of(JournalLines.TABLE, Positions.TABLE, ClosedTrades.TABLE, AccountRisks.TABLE);
  }

  @Override
  public void open() throws Exception {
    super.open();
    fold = new GroupFold();
    groups = new DecodedParts<>(this, getRuntimeContext().getMapState(PARTS), this::setCurrentKey);
    tags = new TreeMap<>();
    tables().forEach(table -> tags.put(table.name(), TableRow.tag(table)));
    MetricGroup metrics = SluiceMetrics.of(getRuntimeContext());
    archived = metrics.counter("archivedRecords");
    dead = metrics.counter("deadLetters");
    verified = metrics.counter("journalLinesVerified");
    repeated = metrics.counter("journalLinesRepeated");
    broken = metrics.counter("journalGroupsBroken");
  }

  @Override
  public void processElement(StreamRecord<TopicRecord> element) throws Exception {
    TopicRecord record = element.getValue();
    RecordedLine line;
    Row row;
    try {
      RecordedRows.requireValue(record);
      // It is parsed once, for its own row and for the books.
      line = RecordedLine.read(record.value(), record.offset());
      row = JournalLines.TABLE.row(Recorded.of(line.json(), record.appendedUs(), record.value()));
    } catch (UnreadableException | RuntimeException e) {
      deadLetter(RowIntake.letter(record, e));
      return;
    }
    archived.inc();
    output.collect(tags.get(JournalLines.TABLE.name()), new StreamRecord<>(row));
    if (!line.group().equals(record.key())) {
      String problem = "group is " + line.group() + ", expected the record's key " + record.key();
      deadLetter(letter(record, "group", problem));
      return;
    }
    Group group = groups.get(line.group());
    if (group.finding != null) {
      return;
    }
    if (line.seq() <= group.state.seq()) {
      // A gate that was restarted, or one beside it, wrote it again; a fork shows in the table.
      repeated.inc();
      return;
    }
    follow(group, line, record);
    groups.storeEvery(LINES_BETWEEN_STORES);
  }

  /** Rows are put out when all are made: what fails behind them is not the line's fault. */
  private void follow(Group group, RecordedLine line, TopicRecord record) {
    List<TableRow> rows = new ArrayList<>();
    Finding finding;
    try {
      for (AccountRisk risk : group.ledger.endMinute(group.state, line.gateTimeUs())) {
        rows.add(row(AccountRisks.TABLE, risk));
      }
      finding = line.check(group.state, fold);
      if (finding == null) {
        changes(group, line, rows);
      }
    } catch (UnreadableException | RuntimeException e) {
      // The state is torn, and the line would fail again after every restart.
      finding = new Finding(record.offset(), line.group(), line.seq(), null, "it fails: " + e);
    }
    for (TableRow row : rows) {
      output.collect(row.table(), new StreamRecord<>(row.row()));
    }
    if (finding == null) {
      verified.inc();
      return;
    }
    broken.inc();
    group.finding = finding.toString();
    String problem = "the journal does not verify: " + finding;
    deadLetter(letter(record, finding.field(), problem));
  }

  private void changes(Group group, RecordedLine line, List<TableRow> rows)
      throws UnreadableException {
    Ledger.Changes changes = group.ledger.follow(group.state, line);
    for (PositionChange position : changes.positions()) {
      rows.add(row(Positions.TABLE, position));
    }
    for (ClosedTrade trade : changes.closedTrades()) {
      rows.add(row(ClosedTrades.TABLE, trade));
    }
  }

  private <T> TableRow row(Table<T> table, T source) throws UnreadableException {
    return new TableRow(tags.get(table.name()), table.row(source));
  }

  private static DeadLetter letter(TopicRecord record, String field, String problem) {
    return DeadLetter.of(
        record.topic(), record.partition(), record.offset(), problem, field, record.value());
  }

  private void deadLetter(DeadLetter letter) {
    dead.inc();
    output.collect(new StreamRecord<>(RowIntake.row(letter)));
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    super.prepareSnapshotPreBarrier(checkpointId);
    groups.store();
  }

  @Override
  public Group create(String group) {
    return new Group(new GroupState(group), new StateParts(), new Ledger(), null);
  }

  @Override
  public Group read(String group, Map<String, byte[]> stored) {
    Map<String, byte[]> parts = new TreeMap<>(stored);
    byte[] finding = parts.remove(BROKEN);
    Ledger ledger = Ledger.read(parts);
    parts.keySet().removeIf(name -> name.startsWith(LEDGER));
    StateParts tracking = new StateParts();
    if (finding == null) {
      return new Group(StateReader.read(group, parts, tracking), tracking, ledger, null);
    }
    // It is broken for good, and counts as such after a restart too.
    broken.inc();
    return new Group(
        new GroupState(group), tracking, ledger, new String(finding, StandardCharsets.UTF_8));
  }

  /** Of a group that is broken only that is kept. */
  @Override
  public Map<String, byte[]> takeChanged(Group group) {
    Map<String, byte[]> changed = new TreeMap<>();
    if (group.finding == null) {
      changed.putAll(group.parts.takeChanged(group.state));
      changed.putAll(group.ledger.takeChanged());
    } else {
      changed.put(BROKEN, group.finding.getBytes(StandardCharsets.UTF_8));
    }
    return changed;
  }
}
