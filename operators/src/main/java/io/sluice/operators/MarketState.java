package io.sluice.operators;

import io.sluice.domain.config.Configuration;
import io.sluice.domain.config.ModelChoice;
import io.sluice.domain.journal.Cause;
import io.sluice.domain.journal.Entry;
import io.sluice.domain.market.CrashCandidate;
import io.sluice.domain.market.FrontTerms;
import io.sluice.domain.market.InstrumentMarket;
import io.sluice.domain.market.UnlistedInstruments;
import io.sluice.domain.scoring.BundleException;
import io.sluice.domain.scoring.Model;
import io.sluice.domain.scoring.Publications;
import io.sluice.domain.scoring.Scorer;
import io.sluice.domain.wire.ClockTick;
import io.sluice.domain.wire.Quote;
import io.sluice.domain.wire.Row;
import io.sluice.domain.wire.Trade;
import io.sluice.operators.edge.EdgeType;
import io.sluice.operators.edge.FrontRow;
import io.sluice.operators.edge.GateOutput;
import io.sluice.operators.edge.Sequenced;
import io.sluice.operators.state.DecodedParts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * The front, keyed by instrument: turns rows into entries for the risk groups and, on side outputs,
 * rows at or above a crash rule's drop into candidates, bars with their features, events, and
 * scores. What it knows of an instrument is an {@link InstrumentMarket}.
 *
 * <p>A row on which a market fails is left out, as if it had not come, and becomes a dead letter.
 * An intent or a fill goes to its group all the same, with nothing of the market.
 *
 * <p>An output carries its row's place in the total order as its timestamp; live there is none, and
 * it is 0.
 */
public final class MarketState extends AbstractStreamOperator<Sequenced>
    implements OneInputStreamOperator<FrontRow, Sequenced>,
        Triggerable<String, VoidNamespace>,
        DecodedParts.Codec<FedMarket> {
  private static final long serialVersionUID = 1L;

  public static final OutputTag<CrashCandidate> CANDIDATES =
      new OutputTag<>("crash-candidates", EdgeType.CRASH_CANDIDATE);

  public static final OutputTag<GateOutput> DEAD_LETTERS =
      new OutputTag<>("market-dead-letters", EdgeType.GATE_OUTPUT);

  public static final OutputTag<GateOutput> SCORES =
      new OutputTag<>("scores", EdgeType.GATE_OUTPUT);

  public static final OutputTag<GateOutput> BARS = new OutputTag<>("bars", EdgeType.GATE_OUTPUT);

  public static final OutputTag<GateOutput> EVENTS =
      new OutputTag<>("market-events", EdgeType.GATE_OUTPUT);

  /** Some tenths of a second of a busy front: about a millisecond's work. */
  private static final int ROWS_BETWEEN_STORES = 5_000;

  /** How long to wait before a model that is being loaded is asked for again. */
  private static final long MODEL_POLL_MS = 200;

  private static final MapStateDescriptor<String, byte[]> PARTS =
      DecodedParts.descriptor("market-parts");

  private final byte[] configuration;
  private final byte[] standing;
  private transient FrontTerms terms;
  private transient PublishedModels published;
  private transient DecodedParts<FedMarket> markets;
  transient CollectedOutput collected;
  private transient GarchFits fits;
  private transient UnlistedInstruments unlisted;
  private transient Counter unlistedRows;
  private transient Counter dead;
  private transient Counter refusedModels;
  private transient Map<String, Long> stateBytes;
  private transient InternalTimerService<VoidNamespace> clock;
  private transient Map<String, Long> alarmsMs;
  private transient long number;

  /**
   * @param configuration canonical JSON of the configuration
   */
  public MarketState(byte[] configuration) {
    this(configuration, StoredPublications.NONE);
  }

  /**
   * @param standing what commands had published before, {@link Publications} as JSON
   */
  public MarketState(byte[] configuration, byte[] standing) {
    this.configuration = configuration;
    this.standing = standing;
  }

  @Override
  public void open() throws Exception {
    super.open();
    refusedModels = SluiceMetrics.of(getRuntimeContext()).counter("refusedModels");
    Configuration read = StoredConfiguration.read(configuration);
    published = new PublishedModels(read.clock() == Configuration.ClockSource.EVENT, refusedModels);
    terms =
        new FrontTerms(
            read, choice -> model(choice, read), published, StoredPublications.read(standing));
    markets = new DecodedParts<>(this, getRuntimeContext().getMapState(PARTS), this::setCurrentKey);
    collected = new CollectedOutput(refusedModels);
    fits = terms.fitsModels() ? new GarchFits() : null;
    dead = SluiceMetrics.of(getRuntimeContext()).counter("deadLetters");
    stateBytes = new ConcurrentHashMap<>();
    for (String instrument : terms.listed()) {
      SluiceMetrics.of(getRuntimeContext())
          .addGroup("instrument", instrument)
          .gauge("stateBytes", () -> stateBytes.getOrDefault(instrument, 0L));
    }
    unlistedRows = SluiceMetrics.of(getRuntimeContext()).counter("unlistedRows");
    keepUnlisted();
    if (terms.isWallClock()) {
      clock = getInternalTimerService("clock", VoidNamespaceSerializer.INSTANCE, this);
      alarmsMs = new HashMap<>();
    }
  }

  /** Those that are known of are found again in what is stored. */
  private void keepUnlisted() throws Exception {
    unlisted = new UnlistedInstruments(terms.historyUs());
    List<String> stored;
    try (Stream<String> keys =
        this.<String>getKeyedStateBackend().getKeys(PARTS.getName(), VoidNamespace.INSTANCE)) {
      stored = keys.filter(key -> !terms.listed().contains(key)).distinct().toList();
    }
    for (String instrument : stored) {
      setCurrentKey(instrument);
      keepUnlisted(instrument, markets.get(instrument).market());
    }
  }

  private void keepUnlisted(String instrument, InstrumentMarket market) {
    if (!terms.listed().contains(instrument)) {
      unlisted.keep(part(instrument), instrument, market.isWanted(), market.timeUs());
    }
  }

  /** Flink's key group: the same whatever the parallelism. */
  private int part(String instrument) {
    return KeyGroupRangeAssignment.assignToKeyGroup(
        instrument, getRuntimeContext().getTaskInfo().getMaxNumberOfParallelSubtasks());
  }

  /** Whether market data may leave state behind: anybody can make up an instrument. */
  private boolean hasPlace(FrontRow front) throws Exception {
    String instrument = front.instrument();
    boolean isMarketData =
        front.subscriber() == null
            && (front.row().message() instanceof Trade || front.row().message() instanceof Quote);
    if (!isMarketData || terms.listed().contains(instrument)) {
      return true;
    }
    int part = part(instrument);
    if (unlisted.hasPlaceFor(part, instrument)) {
      return true;
    }
    String silent = unlisted.release(part, front.row().orderTimeUs());
    if (silent != null) {
      markets.delete(silent);
      setCurrentKey(instrument);
    }
    return silent != null;
  }

  private void turnAway(FrontRow front) {
    if (unlistedRows.getCount() == 0) {
      LOG.warn(
          "market data of {} is left out, as that of other instruments that are not listed may be:"
              + " something is known of {} such already. List those that are meant under"
              + " instruments; unlistedRows counts what is left out",
          front.instrument(),
          unlisted.count());
    }
    unlistedRows.inc();
  }

  /**
   * A live gate does without a model that it cannot use: what the others decide must not wait for
   * it. A replay would decide otherwise than the run before, and stops.
   */
  private Model model(ModelChoice choice, Configuration configured) {
    try {
      Model model = BundleFolder.load(choice.bundle());
      // Whether its features are there shows now, and not at an instrument's first row.
      new Scorer(choice, model, configured.features().layout().schemaOf(choice.interval()));
      return model;
    } catch (BundleException e) {
      if (configured.clock() == Configuration.ClockSource.EVENT) {
        throw e;
      }
      refusedModels.inc();
      LOG.error("model {} is refused, and nothing is scored by it", choice.name(), e);
      return null;
    }
  }

  @Override
  public void processElement(StreamRecord<FrontRow> element) throws Exception {
    FrontRow front = element.getValue();
    number = front.row().number();
    if (!hasPlace(front)) {
      turnAway(front);
      return;
    }
    FedMarket fed = markets.get(front.instrument());
    try {
      if (fits != null) {
        fits.exchange(front.instrument(), fed.market());
      }
      fed.take(front, collected);
    } catch (RuntimeException e) {
      fed = leaveOut(front, fed, e);
      takeWithoutMarket(front, e);
    }
    collected.emit(output, number);
    settle(front.instrument(), fed.market());
    markets.storeEvery(ROWS_BETWEEN_STORES);
  }

  /** The market as it is without that row. */
  private FedMarket leaveOut(FrontRow front, FedMarket torn, RuntimeException why)
      throws Exception {
    LOG.error(
        "{} cannot be taken in by the market of {} and is left out",
        front.row().cause(),
        front.instrument(),
        why);
    collected.clear();
    FedMarket fed = markets.reload(front.instrument());
    fed.takeLike(torn);
    if (!fed.market().isBlank()) {
      // Else a market that fails on every row would take in all of them again each time.
      markets.store();
      setCurrentKey(front.instrument());
    }
    return fed;
  }

  private void deadLetter(FrontRow front, RuntimeException why) {
    dead.inc();
    output.collect(
        DEAD_LETTERS,
        new StreamRecord<>(
            LeftOut.of(front.row(), "the market of " + front.instrument(), why), number));
  }

  private void takeWithoutMarket(FrontRow front, RuntimeException why) {
    Entry bare = front.subscriber() == null ? InstrumentMarket.unseen(front.row(), terms) : null;
    if (bare != null) {
      collected.entry(bare);
      return;
    }
    deadLetter(front, why);
  }

  /** What is due at a time is done then, although no row may come. */
  /**
   * What is left of a row: nothing of a made-up name, nor of one that was let go before its alarm.
   */
  private void settle(String instrument, InstrumentMarket market) {
    if (market.isBlank()) {
      markets.forget(instrument);
      return;
    }
    keepUnlisted(instrument, market);
    if (clock != null) {
      setAlarm(instrument, market);
    }
  }

  private void setAlarm(String instrument, InstrumentMarket market) {
    long dueUs = market.nextClockUs();
    if (market.isLoadingModel()) {
      dueUs = Math.min(dueUs, (clock.currentProcessingTime() + MODEL_POLL_MS) * 1_000);
    }
    if (dueUs == Long.MAX_VALUE) {
      return;
    }
    long dueMs = Math.floorDiv(dueUs + 999, 1_000L);
    Long set = alarmsMs.get(instrument);
    if (set == null || dueMs < set) {
      alarmsMs.put(instrument, dueMs);
      clock.registerProcessingTimeTimer(VoidNamespace.INSTANCE, dueMs);
    }
  }

  @Override
  public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
    String instrument = timer.getKey();
    alarmsMs.remove(instrument);
    long nowUs = timer.getTimestamp() * 1_000;
    Row tick = new Row(new ClockTick(nowUs), new Cause("clock", 0, nowUs, 0), 0, nowUs, nowUs);
    FrontRow front = new FrontRow(instrument, tick, null, 0);
    FedMarket fed = markets.get(instrument);
    try {
      fed.take(front, collected);
    } catch (RuntimeException e) {
      // It would be due again at once: the next row of the instrument sets the next alarm.
      leaveOut(front, fed, e);
      deadLetter(front, e);
      return;
    }
    collected.emit(output, number);
    settle(instrument, fed.market());
  }

  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) {
    throw new IllegalStateException("nothing here waits for a watermark");
  }

  @Override
  public void close() throws Exception {
    if (fits != null) {
      fits.close();
    }
    if (published != null) {
      published.close();
    }
    super.close();
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    super.prepareSnapshotPreBarrier(checkpointId);
    markets.store();
  }

  @Override
  public FedMarket create(String instrument) {
    return FedMarket.blank(instrument, terms);
  }

  @Override
  public FedMarket read(String instrument, Map<String, byte[]> parts) {
    try {
      return FedMarket.read(instrument, terms, parts);
    } catch (IllegalStateException e) {
      // To try again gives the same: it takes another build, or another savepoint.
      throw new SuppressRestartsException(e);
    }
  }

  @Override
  public Map<String, byte[]> takeChanged(FedMarket fed) {
    Map<String, byte[]> changed = fed.takeChanged();
    if (terms.listed().contains(fed.instrument())) {
      stateBytes.put(fed.instrument(), fed.stateBytes());
    }
    return changed;
  }
}
