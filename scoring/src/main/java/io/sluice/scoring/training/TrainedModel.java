package io.sluice.scoring.training;

import io.sluice.domain.scoring.ModelBundle;
import io.sluice.domain.scoring.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A model that was trained.
 *
 * @param bundle what its model.json is to say
 * @param files of its members, by name
 * @param record how good it was on rows that it had not seen
 * @param trials the search for its parameters, where there was one
 */
public record TrainedModel(
    ModelBundle bundle, Map<String, byte[]> files, OutOfSample record, Optional<Trials> trials) {
  /** The report's file in the bundle's folder. */
  public static final String REPORT = "report.md";

  /** The same model, which tells that a search chose its parameters. */
  public TrainedModel chosenBy(Trials search) {
    Map<String, Double> metrics = new TreeMap<>(bundle.training().metrics());
    metrics.put("trials", (double) search.count());
    Training training =
        new Training(
            bundle.training().fromUs(),
            bundle.training().toUs(),
            bundle.training().rows(),
            metrics);
    ModelBundle telling =
        new ModelBundle(
            bundle.name(),
            bundle.version(),
            bundle.features(),
            bundle.schemaHash(),
            bundle.label(),
            bundle.members(),
            bundle.weights(),
            bundle.calibration(),
            bundle.thresholds(),
            training,
            bundle.reference(),
            bundle.probe());
    return new TrainedModel(telling, files, record, Optional.of(search));
  }

  /** Writes the bundle and its report; {@code model.json} comes last. */
  public void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Files.write(folder.resolve(file.getKey()), file.getValue());
    }
    Files.writeString(folder.resolve(REPORT), new TrainingReport(this).text());
    Files.write(folder.resolve(ModelBundle.FILE), bundle.toJson());
  }
}
