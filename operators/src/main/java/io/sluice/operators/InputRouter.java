package io.sluice.operators;

import io.sluice.domain.config.Configuration;
import io.sluice.domain.journal.ConfigChunks;
import io.sluice.domain.journal.Entry;
import io.sluice.domain.risk.limit.Scope;
import io.sluice.domain.wire.AccountSnapshot;
import io.sluice.domain.wire.Command;
import io.sluice.domain.wire.Message;
import io.sluice.domain.wire.OrderStatus;
import io.sluice.domain.wire.Row;
import io.sluice.operators.edge.EdgeType;
import io.sluice.operators.edge.FrontRow;
import io.sluice.operators.edge.GateOutput;
import io.sluice.operators.edge.InputRecord;
import io.sluice.operators.edge.Sequenced;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.apache.flink.api.common.accumulators.ListAccumulator;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Sends each record where it is needed: what concerns an instrument to its market state, the rest
 * straight to the groups it touches. The start of a bounded input becomes the groups' config
 * entries, its end tells each group that nothing follows.
 */
public final class InputRouter extends ProcessFunction<InputRecord, FrontRow> {
  private static final long serialVersionUID = 1L;

  public static final OutputTag<Sequenced> ENTRIES = new OutputTag<>("entries", EdgeType.SEQUENCED);
  public static final OutputTag<GateOutput> DEAD_LETTERS =
      new OutputTag<>("dead-letters", EdgeType.GATE_OUTPUT);

  /**
   * The name of the accumulator that holds what was read, canonical JSON, once the end has passed.
   */
  public static final String COUNTS = "input-counts";

  /** The name of the accumulator that counts rows while the job runs. */
  public static final String ROWS = "rows";

  private final byte[] storedConfiguration;
  private transient Configuration configuration;
  private transient LongCounter rowCount;

  public InputRouter(byte[] storedConfiguration) {
    this.storedConfiguration = storedConfiguration;
  }

  @Override
  public void open(OpenContext context) {
    configuration = StoredConfiguration.read(storedConfiguration);
    rowCount = new LongCounter();
    getRuntimeContext().addAccumulator(ROWS, rowCount);
  }

  @Override
  public void processElement(InputRecord record, Context context, Collector<FrontRow> rows) {
    switch (record.kind()) {
      case START -> configure(context);
      case ROW -> route(record.row(), context, rows);
      case DEAD_LETTER -> context.output(DEAD_LETTERS, GateOutput.of(record.deadLetter()));
      case END -> end(record, context);
    }
  }

  private void configure(Context context) {
    for (Entry entry : ConfigChunks.entries(configuration)) {
      context.output(ENTRIES, Sequenced.of(0, entry));
    }
  }

  private void route(Row row, Context context, Collector<FrontRow> rows) {
    rowCount.add(1);
    Message message = row.message();
    switch (message.kind()) {
      case TRADE, QUOTE, INTENT, FILL -> rows.collect(FrontRow.of(row));
      case ORDER ->
          entry(row, configuration.groupOf(((OrderStatus) message).account()), 0, context);
      case ACCOUNT -> account(row, (AccountSnapshot) message, context, rows);
      case VENUE -> entries(row, configuration.groups(), context);
      case CONTROL ->
          entries(
              row, configuration.groupsToTell(Scope.parse(((Command) message).scope())), context);
      default ->
          throw new IllegalArgumentException(
              "a " + message.kind().wireName() + " does not come from outside");
    }
  }

  /**
   * A snapshot goes to the account's group, and the group subscribes to the marks of every position
   * in it.
   */
  private void account(
      Row row, AccountSnapshot snapshot, Context context, Collector<FrontRow> rows) {
    String group = configuration.groupOf(snapshot.account());
    entry(row, group, 0, context);
    if (configuration.accounts().containsKey(snapshot.account())) {
      int sub = 1;
      for (AccountSnapshot.Holding holding : snapshot.positions()) {
        rows.collect(new FrontRow(holding.instrument(), row, group, sub++));
      }
    }
  }

  private static void entries(Row row, Set<String> groups, Context context) {
    int sub = 0;
    for (String group : groups) {
      entry(row, group, sub++, context);
    }
  }

  private static void entry(Row row, String group, int sub, Context context) {
    Entry entry = new Entry(group, row.cause().withSub(sub), row.clockUs(), row.message(), null);
    context.output(ENTRIES, Sequenced.of(row.number(), entry));
  }

  private void end(InputRecord record, Context context) {
    for (String group : configuration.groups()) {
      context.output(ENTRIES, Sequenced.end(record.number(), group, record.clockUs()));
    }
    ListAccumulator<String> counts = new ListAccumulator<>();
    counts.add(new String(record.counts(), StandardCharsets.UTF_8));
    getRuntimeContext().addAccumulator(COUNTS, counts);
  }
}
