package io.sluice.operators;

import io.sluice.domain.journal.Entry;
import io.sluice.domain.market.CrashCandidate;
import io.sluice.domain.market.FrontOutput;
import io.sluice.domain.market.FrontTerms;
import io.sluice.domain.market.InstrumentMarket;
import io.sluice.domain.market.MarketParts;
import io.sluice.operators.edge.EdgeType;
import io.sluice.operators.edge.FrontRow;
import io.sluice.operators.edge.Sequenced;
import io.sluice.operators.state.DecodedParts;
import java.util.Map;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * The front, keyed by instrument: turns rows into entries for the risk groups and, on a side
 * output, rows at or above a crash rule's drop into candidates. What it knows of an instrument is
 * an {@link InstrumentMarket}.
 *
 * <p>An output carries its row's place in the total order as its timestamp.
 */
public final class MarketState extends AbstractStreamOperator<Sequenced>
    implements OneInputStreamOperator<FrontRow, Sequenced>,
        FrontOutput,
        DecodedParts.Codec<InstrumentMarket> {
  private static final long serialVersionUID = 1L;

  public static final OutputTag<CrashCandidate> CANDIDATES =
      new OutputTag<>("crash-candidates", EdgeType.CRASH_CANDIDATE);

  private static final MapStateDescriptor<String, byte[]> PARTS =
      new MapStateDescriptor<>(
          "market-parts", Types.STRING, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);

  private final byte[] configuration;
  private transient FrontTerms terms;
  private transient DecodedParts<InstrumentMarket> markets;
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
    }
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
    return MarketParts.read(instrument, terms, parts);
  }

  @Override
  public Map<String, byte[]> takeChanged(InstrumentMarket market) {
    return MarketParts.takeChanged(market);
  }
}
