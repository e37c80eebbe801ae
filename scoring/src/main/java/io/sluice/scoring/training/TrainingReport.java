package io.sluice.scoring.training;

import io.sluice.domain.scoring.ModelBundle;
import io.sluice.domain.scoring.training.Judgement;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** Says in Markdown what a model is worth. */
final class TrainingReport {
  private static final int BINS = 10;
  private static final int BAR = 40;

  private final ModelBundle bundle;
  private final OutOfSample record;
  private final Optional<Trials> trials;
  private final StringBuilder text = new StringBuilder();

  TrainingReport(TrainedModel trained) {
    this.bundle = trained.bundle();
    this.record = trained.record();
    this.trials = trained.trials();
  }

  String text() {
    line("# Model %s version %s", bundle.name(), bundle.version());
    line("");
    verdict();
    line("");
    line(
        "Trained on %d rows from %s to %s, judged by %d later rows, of which %d have labels that do"
            + " not overlap. Label: %s within %d s%s.",
        bundle.training().rows(),
        at(bundle.training().fromUs()),
        at(bundle.training().toUs()),
        record.model().rows(),
        record.independent(),
        bundle.label().kind().name().toLowerCase(Locale.ROOT),
        bundle.label().horizonUs() / 1_000_000,
        bundle.label().barrier() > 0 ? ", barrier " + bundle.label().barrier() : "");
    trials.ifPresent(
        search -> {
          line("");
          text.append(search.text()).append('\n');
        });
    measures();
    calibration();
    importance();
    return text.toString();
  }

  private void verdict() {
    if (record.hasEdge()) {
      line(
          "**There is an edge out of sample:** the area under the curve is above a half by more than"
              + " 1.645 standard errors and above that of the return before the row, and the log loss"
              + " is below that of the share of up. Costs are not in it.");
    } else {
      line(
          "**There is no edge.** Out of sample the model does not tell more than chance, the share of"
              + " up or the return before the row. Do not trade it.");
    }
  }

  private void measures() {
    line("");
    line("## Out of sample");
    line("");
    line("| | AUC | log loss | Brier |");
    line("|---|---|---|---|");
    line(
        "| model | %.4f ± %.4f | %.4f | %.4f |",
        record.model().auc(),
        record.standardError(),
        record.model().logLoss(),
        record.model().brier());
    line("| share of up | 0.5 | %.4f | %.4f |", record.base().logLoss(), record.base().brier());
    line("| return before the row | %.4f | | |", record.momentum());
    line("");
    line(
        "It would have bought or sold on %d rows%s.",
        record.signals(),
        record.signals() == 0
            ? ""
            : String.format(
                Locale.ROOT,
                ", with a mean return of %.3f %% in its direction before costs",
                100 * record.signalReturn()));
  }

  private void calibration() {
    line("");
    line("## Calibration");
    line("");
    line(
        "Said (`.`) and happened (`#`), mean distance %.4f:",
        record.model().calibrationError(BINS));
    line("");
    line("```");
    for (Judgement.Bin bin : record.model().reliability(BINS)) {
      char[] bar = " ".repeat(BAR + 1).toCharArray();
      bar[(int) (bin.said() * BAR)] = '.';
      bar[(int) (bin.happened() * BAR)] = '#';
      line(
          "|%s| said %.3f happened %.3f rows %d",
          new String(bar), bin.said(), bin.happened(), bin.rows());
    }
    line("```");
  }

  private void importance() {
    line("");
    line("## Importance");
    line("");
    line("| feature | share of gain |");
    line("|---|---|");
    double[] importance = bundle.reference().importance();
    IntStream.range(0, importance.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -importance[i]))
        .forEach(i -> line("| %s | %.4f |", bundle.features().get(i), importance[i]));
  }

  private static String at(long us) {
    return Instant.ofEpochMilli(us / 1_000).toString();
  }

  private void line(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
