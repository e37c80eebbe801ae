package io.sluice.scoring.training;

import io.sluice.domain.json.Sha256;
import io.sluice.domain.market.Regime;
import io.sluice.domain.scoring.Calibration;
import io.sluice.domain.scoring.FeatureRows;
import io.sluice.domain.scoring.Member;
import io.sluice.domain.scoring.Model;
import io.sluice.domain.scoring.ModelBundle;
import io.sluice.domain.scoring.ModelFile;
import io.sluice.domain.scoring.PerRegime;
import io.sluice.domain.scoring.Probe;
import io.sluice.domain.scoring.Reference;
import io.sluice.domain.scoring.ReferenceBins;
import io.sluice.domain.scoring.Thresholds;
import io.sluice.domain.scoring.Training;
import io.sluice.domain.scoring.training.Judgement;
import io.sluice.domain.scoring.training.PlattFit;
import io.sluice.domain.scoring.training.PurgedSplit;
import io.sluice.domain.wire.Side;
import io.sluice.scoring.BundleLoader;
import io.sluice.scoring.LightGbmTrainer;
import io.sluice.scoring.LightGbmTrainer.Trees;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Makes a model of a dataset: the same data and plan make the same bytes. */
public final class TrainingRun {
  /** Says how far it is. */
  @FunctionalInterface
  public interface Progress {
    void on(String step);
  }

  private static final String TREES = "trees";
  private static final String POOLED = "pooled.txt";

  /** Below so many a split means nothing. */
  private static final int LEAST_ROWS = 100;

  /** A feature that more of the training rows lack is not taken. */
  private static final double MOST_ABSENT = 0.5;

  /** The part of all gain that the features kept have together. */
  private static final double GAIN_KEPT = 0.99;

  private static final int DRIFT_BINS = 10;

  private final Dataset data;
  private final TrainingPlan plan;
  private final Progress progress;
  private final LabelledRows train;
  private final LabelledRows validation;
  private final LabelledRows test;
  private final Map<String, byte[]> files = new TreeMap<>();
  private int[] features;

  /**
   * @param learnable rows for training and validation
   * @param test rows that it is judged by
   */
  TrainingRun(
      Dataset data,
      TrainingPlan plan,
      LabelledRows learnable,
      LabelledRows test,
      Progress progress) {
    this.data = data;
    this.plan = plan;
    this.progress = progress;
    PurgedSplit.Fold inner = learnable.split(plan.embargoUs()).tail(plan.validation());
    train = learnable.at(inner.train());
    validation = learnable.at(inner.test());
    this.test = test;
    require("training", train);
    require("validation", validation);
    require("test", test);
  }

  private static void require(String part, LabelledRows rows) {
    if (rows.count() < LEAST_ROWS || !rows.hasBoth()) {
      throw new TrainingException(
          "the "
              + part
              + " part has "
              + rows.count()
              + " rows, "
              + rows.ups()
              + " of them up; expected at least "
              + LEAST_ROWS
              + " of both kinds: give more trades, or a shorter horizon or --interval");
    }
  }

  /**
   * @throws TrainingException where there are too few rows
   */
  public static TrainedModel train(Dataset data, TrainingPlan plan, Progress progress) {
    LabelledRows all = LabelledRows.of(data, plan.label());
    PurgedSplit.Fold outer = all.split(plan.embargoUs()).tail(plan.test());
    return new TrainingRun(data, plan, all.at(outer.train()), all.at(outer.test()), progress).run();
  }

  TrainedModel run() {
    progress.on(
        "rows: "
            + train.count()
            + " to learn from, "
            + validation.count()
            + " to stop and calibrate by, "
            + test.count()
            + " to judge by");
    select();
    Trees pooled = grow("pooled", train, validation);
    files.put(POOLED, pooled.model());
    double[] importance = shares(pooled.gain());
    ModelBundle raw = withRegimes(importance);
    Judgement validated = validation.judged(said(load(raw), validation));
    Calibration calibration = PlattFit.of(validated);
    ModelBundle calibrated =
        bundle(raw.members(), calibration, importance, probe(raw, calibration), Map.of());
    Model model = load(calibrated);
    OutOfSample record = outOfSample(model);
    ModelBundle bundle =
        bundle(
            calibrated.members(),
            calibration,
            importance,
            calibrated.probe().probability(),
            record.metrics());
    return new TrainedModel(bundle, files, record, Optional.empty());
  }

  /** Keeps the features that trees over all of them gain most by. */
  private void select() {
    int[] present =
        IntStream.range(0, data.features().size())
            .filter(
                feature ->
                    Arrays.stream(train.column(feature)).filter(Double::isNaN).count()
                        <= MOST_ABSENT * train.count())
            .toArray();
    if (present.length == 0) {
      throw new TrainingException(
          "no feature has a value in half of the training rows: give more trades");
    }
    features = present;
    double[] gain = shares(grow("selection", train, validation).gain());
    int[] byGain =
        IntStream.range(0, present.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -gain[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    int kept = 0;
    double sum = 0;
    while (kept < Math.min(plan.mostFeatures(), byGain.length)
        && (kept == 0 || sum < GAIN_KEPT && gain[byGain[kept]] > 0)) {
      sum += gain[byGain[kept++]];
    }
    features = Arrays.stream(byGain, 0, kept).map(i -> present[i]).sorted().toArray();
    progress.on("features: " + kept + " of " + data.features().size() + " kept");
  }

  private static double[] shares(double[] gain) {
    double sum = Arrays.stream(gain).sum();
    return Arrays.stream(gain).map(its -> sum > 0 ? its / sum : 0).toArray();
  }

  private Trees grow(String what, LabelledRows learned, LabelledRows judged) {
    Trees trees =
        LightGbmTrainer.train(
            names(), learned.of(features), judged.of(features), plan.settings(), (r, l) -> true);
    progress.on(
        what
            + ": "
            + trees.rounds()
            + " trees, validation log loss "
            + String.format(Locale.ROOT, "%.4f", trees.logLoss()));
    return trees;
  }

  private List<String> names() {
    return Arrays.stream(features).mapToObj(data.features()::get).toList();
  }

  private ModelFile file(String name) {
    return new ModelFile(name, Sha256.hex(files.get(name)));
  }

  /** A regime gets trees of its own where it has the rows, and they are better there. */
  private ModelBundle withRegimes(double[] importance) {
    Map<Regime, ModelFile> own = new TreeMap<>();
    Model pooled = load(uncalibrated(own, importance));
    for (Regime regime : Regime.values()) {
      LabelledRows learned = train.in(regime);
      LabelledRows judged = validation.in(regime);
      if (learned.count() < plan.regimeRows()
          || judged.count() < LEAST_ROWS
          || !learned.hasBoth()
          || !judged.hasBoth()) {
        continue;
      }
      String name = regime.name().toLowerCase(Locale.ROOT);
      Trees trees = grow(name, learned, judged);
      if (trees.logLoss() < judged.judged(said(pooled, judged)).logLoss()) {
        files.put(name + ".txt", trees.model());
        own.put(regime, file(name + ".txt"));
      } else {
        progress.on(name + ": no better than the pooled trees, which it keeps");
      }
    }
    return uncalibrated(own, importance);
  }

  private ModelBundle uncalibrated(Map<Regime, ModelFile> own, double[] importance) {
    Member trees = new Member(TREES, Member.Kind.LIGHTGBM, new PerRegime<>(file(POOLED), own));
    return bundle(List.of(trees), new Calibration.Identity(), importance, 0, Map.of());
  }

  private ModelBundle bundle(
      List<Member> members,
      Calibration calibration,
      double[] importance,
      double probed,
      Map<String, Double> metrics) {
    String schema =
        ModelBundle.schemaHash(Arrays.stream(features).mapToObj(data.descriptions()::get).toList());
    return new ModelBundle(
        plan.name(),
        Sha256.hex(schema + members + calibration).substring(0, 12),
        names(),
        schema,
        plan.label(),
        members,
        new PerRegime<>(Map.of(TREES, 1.0), Map.of()),
        calibration,
        new Thresholds(plan.minConfidence(), train.meanReturn(true), train.meanReturn(false)),
        new Training(
            train.timeUs(0), validation.timeUs(validation.count() - 1), train.count(), metrics),
        reference(importance),
        new Probe(validation.row(validation.count() - 1, features), probed));
  }

  private Reference reference(double[] importance) {
    List<ReferenceBins> bins =
        Arrays.stream(features)
            .mapToObj(feature -> ReferenceBins.of(train.column(feature), DRIFT_BINS))
            .toList();
    return new Reference(bins, importance, Math.max(LEAST_ROWS, train.count() / 10));
  }

  /** What the members make of the probe row, calibrated. */
  private double probe(ModelBundle raw, Calibration calibration) {
    Model members = load(raw);
    FeatureRows rows = members.newRows();
    System.arraycopy(raw.probe().row(), 0, rows.next(), 0, features.length);
    return calibration.apply(members.probability(rows, null));
  }

  /** Its probe is not looked at: what it has to say is known only when all is loaded. */
  private Model load(ModelBundle bundle) {
    return new BundleLoader(plan.name(), files::get).loadUnprobed(bundle);
  }

  private double[] said(Model model, LabelledRows rows) {
    double[] said = new double[rows.count()];
    FeatureRows row = model.newRows();
    for (int place = 0; place < said.length; place++) {
      System.arraycopy(rows.row(place, features), 0, row.next(), 0, features.length);
      said[place] = model.probability(row, rows.regime(place));
    }
    return said;
  }

  private OutOfSample outOfSample(Model model) {
    double[] said = said(model, test);
    double[] base = new double[said.length];
    Arrays.fill(base, (double) train.ups() / train.count());
    int signals = 0;
    double returns = 0;
    for (int place = 0; place < said.length; place++) {
      Side side = model.bundle().thresholds().side(said[place]);
      if (side != null) {
        signals++;
        returns += (side == Side.BUY ? 1 : -1) * test.forwardReturn(place);
      }
    }
    double learned = pastReturns(train).auc();
    double seen = pastReturns(test).auc();
    return new OutOfSample(
        test.judged(said),
        test.judged(base),
        learned >= 0.5 ? seen : 1 - seen,
        test.independent(),
        signals,
        returns / signals);
  }

  private Judgement pastReturns(LabelledRows rows) {
    return rows.judged(
        IntStream.range(0, rows.count())
            .mapToDouble(place -> rows.pastReturn(place, plan.label().horizonUs()))
            .toArray());
  }
}
