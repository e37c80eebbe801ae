package io.sluice.operators;

import io.sluice.domain.journal.Cause;
import io.sluice.domain.journal.Entry;
import io.sluice.domain.market.CrashCandidate;
import io.sluice.domain.market.FrontOutput;
import io.sluice.domain.market.FrontTerms;
import io.sluice.domain.market.InstrumentMarket;
import io.sluice.domain.market.MarketParts;
import io.sluice.domain.wire.ClockTick;
import io.sluice.domain.wire.Row;
import io.sluice.operators.edge.EdgeType;
import io.sluice.operators.edge.FrontRow;
import io.sluice.operators.edge.Sequenced;
import io.sluice.operators.state.DecodedParts;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.runtime.execution.SuppressRestartsException;
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
 * The front, keyed by instrument: turns rows into entries for the risk groups and, on a side
 * output, rows at or above a crash rule's drop into candidates. What it knows of an instrument is
 * an {@link InstrumentMarket}.
 *
 * <p>An output carries its row's place in the total order as its timestamp; live there is none, and
 * it is 0.
 */
public final class MarketState extends AbstractStreamOperator<Sequenced>
    implements OneInputStreamOperator<FrontRow, Sequenced>,
        Triggerable<String, VoidNamespace>,
        FrontOutput,
        DecodedParts.Codec<InstrumentMarket> {
  private static final long serialVersionUID = 1L;

  public static final OutputTag<CrashCandidate> CANDIDATES =
      new OutputTag<>("crash-candidates", EdgeType.CRASH_CANDIDATE);

  /** Some tenths of a second of a busy front: about a millisecond's work. */
  private static final int ROWS_BETWEEN_STORES = 5_000;

  private static final MapStateDescriptor<String, byte[]> PARTS =
      DecodedParts.descriptor("market-parts");

  private final byte[] configuration;
  private transient FrontTerms terms;
  private transient DecodedParts<InstrumentMarket> markets;
  private transient InternalTimerService<VoidNamespace> clock;
  private transient Map<String, Long> alarmsMs;
  private transient long number;

  /**
   * @param configuration canonical JSON of the configuration
   */
  public MarketState(byte[] configuration) {
    this.configuration = configuration;
  }

  @Override
  public void open() throws Exception {
    super.open();
    terms = new FrontTerms(StoredConfiguration.read(configuration));
    markets = new DecodedParts<>(this, getRuntimeContext().getMapState(PARTS), this::setCurrentKey);
    if (terms.isWallClock()) {
      clock = getInternalTimerService("clock", VoidNamespaceSerializer.INSTANCE, this);
      alarmsMs = new HashMap<>();
    }
  }

  @Override
  public void processElement(StreamRecord<FrontRow> element) throws Exception {
    FrontRow front = element.getValue();
    number = front.row().number();
    InstrumentMarket market = markets.get(front.instrument());
    if (front.subscriber() == null) {
      market.apply(front.row(), this);
    } else {
      market.subscribe(front.row(), front.firstSub(), front.subscriber(), this);
    }
    if (market.isBlank()) {
      markets.forget(front.instrument());
    } else if (clock != null) {
      setAlarm(front.instrument(), market);
    }
    markets.storeEvery(ROWS_BETWEEN_STORES);
  }

  /** What is due at a time is done then, although no row may come. */
  private void setAlarm(String instrument, InstrumentMarket market) {
    long dueUs = market.nextClockUs();
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
    InstrumentMarket market = markets.get(instrument);
    market.apply(tick, this);
    setAlarm(instrument, market);
  }

  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) {
    throw new IllegalStateException("nothing here waits for a watermark");
  }

  @Override
  public void entry(Entry entry) {
    output.collect(new StreamRecord<>(Sequenced.of(number, entry), number));
  }

  @Override
  public void candidate(CrashCandidate candidate) {
    output.collect(CANDIDATES, new StreamRecord<>(candidate, number));
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    super.prepareSnapshotPreBarrier(checkpointId);
    markets.store();
  }

  @Override
  public InstrumentMarket create(String instrument) {
    return new InstrumentMarket(instrument, terms);
  }

  @Override
  public InstrumentMarket read(String instrument, Map<String, byte[]> parts) {
    try {
      return MarketParts.read(instrument, terms, parts);
    } catch (IllegalStateException e) {
      // To try again gives the same: it takes another build, or another savepoint.
      throw new SuppressRestartsException(e);
    }
  }

  @Override
  public Map<String, byte[]> takeChanged(InstrumentMarket market) {
    return MarketParts.takeChanged(market);
  }
}
