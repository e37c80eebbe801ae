package io.sluice.operators;

import io.sluice.domain.config.Configuration;
import io.sluice.domain.group.Admission;
import io.sluice.domain.journal.ConfigChunks;
import io.sluice.domain.journal.Entry;
import io.sluice.domain.market.FrontTerms;
import io.sluice.domain.risk.limit.Scope;
import io.sluice.domain.scoring.Publication;
import io.sluice.domain.wire.AccountSnapshot;
import io.sluice.domain.wire.Command;
import io.sluice.domain.wire.Message;
import io.sluice.domain.wire.OrderStatus;
import io.sluice.domain.wire.Row;
import io.sluice.domain.wire.Trade;
import io.sluice.operators.edge.EdgeType;
import io.sluice.operators.edge.FrontRow;
import io.sluice.operators.edge.GateOutput;
import io.sluice.operators.edge.InputRecord;
import io.sluice.operators.edge.Sequenced;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.accumulators.ListAccumulator;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Sends each record where it is needed: what concerns an instrument to its market state, the rest
 * straight to the groups it touches. The start of a bounded input becomes the groups' config
 * entries, its end tells each group that nothing follows. Commands are admitted here, where one
 * place sees all of them in their order.
 */
public final class InputRouter extends ProcessFunction<InputRecord, FrontRow>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1L;

  private static final ListStateDescriptor<byte[]> COMMANDS =
      new ListStateDescriptor<>("commands", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);

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
  private final byte[] commandsBefore;
  private transient ListState<byte[]> storedCommands;
  private transient Admission admission;
  private transient Configuration configuration;
  private transient Map<String, List<String>> watchers;
  private transient LongCounter rowCount;
  private transient Counter dead;
  private transient List<Sequenced> entries;
  private transient List<FrontRow> frontRows;

  public InputRouter(byte[] storedConfiguration) {
    this(storedConfiguration, StoredCommands.NONE);
  }

  /**
   * @param commandsBefore what {@link Admission} knows of the commands that came before, as JSON
   */
  public InputRouter(byte[] storedConfiguration, byte[] commandsBefore) {
    this.storedConfiguration = storedConfiguration;
    this.commandsBefore = commandsBefore;
  }

  /** The partition of the commands may come to another task: each gets what all know. */
  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    configuration = StoredConfiguration.read(storedConfiguration);
    admission = new Admission(configuration.control());
    storedCommands = context.getOperatorStateStore().getUnionListState(COMMANDS);
    for (byte[] known : storedCommands.get()) {
      admission.read(StoredCommands.read(known));
    }
    admission.read(StoredCommands.read(commandsBefore));
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    storedCommands.update(List.of(admission.toJson()));
  }

  @Override
  public void open(OpenContext context) {
    watchers = new FrontTerms(configuration).watchers();
    rowCount = new LongCounter();
    getRuntimeContext().addAccumulator(ROWS, rowCount);
    dead = SluiceMetrics.of(getRuntimeContext()).counter("deadLetters");
    entries = new ArrayList<>();
    frontRows = new ArrayList<>();
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

  /** Nothing of a row goes anywhere before it is known where all of it goes. */
  private void route(Row row, Context context, Collector<FrontRow> rows) {
    rowCount.add(1);
    entries.clear();
    frontRows.clear();
    try {
      address(row);
    } catch (RuntimeException e) {
      dead.inc();
      context.output(DEAD_LETTERS, LeftOut.of(row, "the router", e));
      return;
    }
    entries.forEach(entry -> context.output(ENTRIES, entry));
    frontRows.forEach(rows::collect);
  }

  private void address(Row row) {
    Message message = row.message();
    switch (message.kind()) {
      case TRADE -> trade(row, ((Trade) message).instrument());
      case QUOTE, INTENT, FILL -> frontRows.add(FrontRow.of(row));
      case ORDER -> entry(row, configuration.groupOf(((OrderStatus) message).account()), 0);
      case ACCOUNT -> account(row, (AccountSnapshot) message);
      case VENUE -> entries(row, configuration.groups());
      case CONTROL -> control(row, (Command) message);
      default ->
          throw new IllegalArgumentException(
              "a " + message.kind().wireName() + " does not come from outside");
    }
  }

  /** A command goes to the groups it touches, and what publishes a model to all instruments too. */
  private void control(Row row, Command command) {
    Row admitted = row.with(admission.admit(command, row.cause(), row.orderTimeUs()));
    entries(admitted, configuration.groupsToTell(Scope.parse(command.scope())));
    if (Publication.COMMAND.equals(command.command())) {
      for (String instrument : configuration.instruments().keySet()) {
        frontRows.add(new FrontRow(instrument, admitted, null, 0));
      }
    }
  }

  /** A trade goes to its market first, then to those whose features look at it. */
  private void trade(Row row, String instrument) {
    frontRows.add(FrontRow.of(row));
    for (String watcher : watchers.getOrDefault(instrument, List.of())) {
      frontRows.add(new FrontRow(watcher, row, null, 0));
    }
  }

  /**
   * A snapshot goes to the account's group, and the group subscribes to the marks of every position
   * in it.
   */
  private void account(Row row, AccountSnapshot snapshot) {
    String group = configuration.groupOf(snapshot.account());
    entry(row, group, 0);
    if (configuration.accounts().containsKey(snapshot.account())) {
      int sub = 1;
      for (AccountSnapshot.Holding holding : snapshot.positions()) {
        frontRows.add(new FrontRow(holding.instrument(), row, group, sub++));
      }
    }
  }

  private void entries(Row row, Set<String> groups) {
    int sub = 0;
    for (String group : groups) {
      entry(row, group, sub++);
    }
  }

  private void entry(Row row, String group, int sub) {
    Entry entry = new Entry(group, row.cause().withSub(sub), row.clockUs(), row.message(), null);
    entries.add(Sequenced.of(row.number(), entry));
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
