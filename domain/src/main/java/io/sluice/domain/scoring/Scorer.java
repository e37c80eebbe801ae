package io.sluice.domain.scoring;

import io.sluice.domain.config.ModelChoice;
import io.sluice.domain.market.Regime;
import io.sluice.domain.market.feature.FeatureRow;
import io.sluice.domain.market.feature.FeatureSchema;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A model at work on one instrument: the rows it looks at, their drift, and when it last wished.
 */
public final class Scorer {
  /** Of so many features, those that say most, it is told what they add. */
  private static final int CONTRIBUTIONS = 10;

  private final ModelChoice choice;
  private final Model model;
  private final int[] places;
  private FeatureRows rows;
  private DriftWatch drift;
  private long silentUntilUs = Long.MIN_VALUE;
  private boolean isChanged = true;

  /**
   * @param schema of the rows that it will get
   * @throws BundleException where the model wants others
   */
  public Scorer(ModelChoice choice, Model model, FeatureSchema schema) {
    this.choice = choice;
    this.model = model;
    ModelBundle bundle = model.bundle();
    bundle.checkSchema(
        schema.names(), () -> ModelBundle.schemaHash(schema.meanings(bundle.features())));
    places = bundle.features().stream().mapToInt(schema::place).toArray();
    begin();
  }

  private void begin() {
    rows = model.newRows();
    drift = new DriftWatch(model.bundle().reference());
  }

  public ModelChoice choice() {
    return choice;
  }

  public String version() {
    return model.bundle().version();
  }

  /**
   * This one in the place of another: its rows and drift begin anew, its wishes go on. The same
   * version goes on as it was.
   *
   * @param before null where there was none
   */
  public Scorer after(Scorer before) {
    if (before == null) {
      return this;
    }
    if (before.version().equals(version())) {
      return before;
    }
    silentUntilUs = before.silentUntilUs;
    return this;
  }

  /** The score at the end of a bar, by what the regime has of its own, else by what is pooled. */
  public Score on(FeatureRow row) {
    isChanged = true;
    Regime regime = row.regime();
    double[] features = rows.next();
    for (int i = 0; i < places.length; i++) {
      features[i] = row.values()[places[i]];
    }
    drift.add(features);
    ModelBundle bundle = model.bundle();
    double up = model.probability(rows, regime);
    int worst = drift.worst();
    return new Score(
        row.instrument(),
        choice.name(),
        bundle.version(),
        choice.account() == null,
        bundle.thresholds().side(up),
        up,
        bundle.thresholds().expectedReturn(up),
        regime,
        bundle.weights().in(regime),
        drift.drift(),
        worst < 0 ? null : bundle.features().get(worst),
        row.timeUs());
  }

  /**
   * Whether a score becomes a wish to trade: it buys or sells, for an account, and the horizon of
   * the wish before it has passed. Then its own begins.
   */
  public boolean isWish(Score score) {
    if (score.side() == null || choice.account() == null || score.eventTimeUs() < silentUntilUs) {
      return false;
    }
    silentUntilUs = score.eventTimeUs() + model.bundle().label().horizonUs();
    return true;
  }

  /**
   * What the features that say most add to the log odds of up; none where the model cannot tell.
   */
  public Map<String, Double> contributions(Regime regime) {
    Map<String, Double> largest = new TreeMap<>();
    double[] all = model.contributions(rows, regime);
    if (all != null) {
      IntStream.range(0, all.length)
          .boxed()
          .sorted(Comparator.comparingDouble(i -> -Math.abs(all[i])))
          .limit(CONTRIBUTIONS)
          .forEach(i -> largest.put(model.bundle().features().get(i), all[i]));
    }
    return largest;
  }

  /** Its state; null where it has not changed since the last call. */
  public byte[] takeChanged() {
    if (!isChanged) {
      return null;
    }
    isChanged = false;
    byte[] version = model.bundle().version().getBytes(StandardCharsets.UTF_8);
    byte[] seen = rows.toBytes();
    byte[] counted = drift.toBytes();
    int length = 3 * Integer.BYTES + Long.BYTES + version.length + seen.length + counted.length;
    ByteBuffer bytes = ByteBuffer.allocate(length).putLong(silentUntilUs);
    for (byte[] part : new byte[][] {version, seen, counted}) {
      bytes.putInt(part.length).put(part);
    }
    return bytes.array();
  }

  /** Goes on from a state; that of another version of the model tells only when it last wished. */
  public void read(byte[] stored) {
    ByteBuffer bytes = ByteBuffer.wrap(stored);
    silentUntilUs = bytes.getLong();
    String version = new String(part(bytes), StandardCharsets.UTF_8);
    if (version.equals(model.bundle().version())) {
      rows = FeatureRows.of(places.length, model.bundle().rowsNeeded(), part(bytes));
      drift = DriftWatch.of(model.bundle().reference(), part(bytes));
    }
  }

  private static byte[] part(ByteBuffer bytes) {
    byte[] part = new byte[bytes.getInt()];
    bytes.get(part);
    return part;
  }
}
