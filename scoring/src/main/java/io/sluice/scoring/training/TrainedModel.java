package io.sluice.scoring.training;

import io.sluice.domain.scoring.ModelBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A model that was trained.
 *
 * @param bundle what its model.json is to say
 * @param files of its members, by name
 * @param record how good it was on rows that it had not seen
 */
public record TrainedModel(ModelBundle bundle, Map<String, byte[]> files, OutOfSample record) {
  /** The report's file in the bundle's folder. */
  public static final String REPORT = "report.md";

  /** Writes the bundle and its report; {@code model.json} comes last. */
  public void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Files.write(folder.resolve(file.getKey()), file.getValue());
    }
    Files.writeString(folder.resolve(REPORT), new TrainingReport(bundle, record).text());
    Files.write(folder.resolve(ModelBundle.FILE), bundle.toJson());
  }
}
