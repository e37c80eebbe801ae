package io.sluice.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.scoring.ModelBundle;
import io.sluice.scoring.training.OutOfSample;
import io.sluice.scoring.training.TrainedModel;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;

/** What training came to, in a few lines or as JSON. */
final class TrainedReport {
  private final ModelBundle bundle;
  private final OutOfSample record;
  private final Path folder;

  /**
   * @param folder of the bundle
   */
  TrainedReport(TrainedModel trained, Path folder) {
    this.bundle = trained.bundle();
    this.record = trained.record();
    this.folder = folder;
  }

  void print(PrintWriter out, boolean isJson) {
    if (isJson) {
      out.println(json());
    } else {
      text(out);
    }
    out.flush();
  }

  private void text(PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "model %s version %s with %d features: out of sample AUC %.4f ± %.4f, log loss %.4f"
            + " (share of up %.4f), on %d rows%n",
        bundle.name(),
        bundle.version(),
        bundle.features().size(),
        record.model().auc(),
        record.standardError(),
        record.model().logLoss(),
        record.base().logLoss(),
        record.model().rows());
    out.println(
        record.hasEdge()
            ? "there is an edge out of sample, before costs"
            : "there is NO edge out of sample: do not trade it");
    out.println("bundle: " + folder + ", report: " + folder.resolve(TrainedModel.REPORT));
  }

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("model", bundle.name()).put("model_version", bundle.version());
    json.put("bundle", folder.toString()).put("features", bundle.features().size());
    json.put("has_edge", record.hasEdge());
    ObjectNode metrics = json.putObject("metrics");
    bundle.training().metrics().forEach(metrics::put);
    return json;
  }
}
