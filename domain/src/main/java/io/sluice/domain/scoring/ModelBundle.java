package io.sluice.domain.scoring;

import io.sluice.domain.json.Sha256;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What a bundle's {@code model.json} says: everything about a model but the bytes of its members.
 *
 * @param name by which intents and scores know it
 * @param version another text for every other training
 * @param features the columns of a row, in order
 * @param schemaHash of what the features mean
 * @param weights of the members by name, each above 0
 */
public record ModelBundle(
    String name,
    String version,
    List<String> features,
    String schemaHash,
    Label label,
    List<Member> members,
    PerRegime<Map<String, Double>> weights,
    Calibration calibration,
    Thresholds thresholds,
    Training training,
    Reference reference,
    Probe probe) {
  /** The file that is read. */
  public static final String FILE = "model.json";

  public ModelBundle {
    features = List.copyOf(features);
    members = List.copyOf(members);
  }

  /**
   * Reads a {@code model.json}.
   *
   * @param source its name, for what is said of it
   * @throws BundleException where it cannot be used, naming key, value and what was expected
   */
  public static ModelBundle read(String source, byte[] json) {
    return BundleFile.read(source, json);
  }

  public byte[] toJson() {
    return BundleWriter.write(this);
  }

  /**
   * Whether the features that are there are those that the model was made with.
   *
   * @param known names of all features there are
   * @param actualHash the {@link #schemaHash(List)} of the model's features, where all are known
   * @throws BundleException where they are not
   */
  public void checkSchema(Collection<String> known, Supplier<String> actualHash) {
    for (String feature : features) {
      if (!known.contains(feature)) {
        throw new BundleException(
            "model "
                + name
                + " version "
                + version
                + " wants the feature "
                + feature
                + ", which is not known here; train it anew, or configure the feature");
      }
    }
    if (!actualHash.get().equals(schemaHash)) {
      throw new BundleException(
          "model "
              + name
              + " version "
              + version
              + " was made with features of the schema "
              + schemaHash
              + ", here they have "
              + actualHash.get()
              + ": a feature of the same name is worked out in another way; train it anew");
    }
  }

  /** The hash of a schema: of its features' descriptions, in order, a line each. */
  public static String schemaHash(List<String> descriptions) {
    return Sha256.hex(String.join("\n", descriptions));
  }

  /**
   * Rows that it has to see before it can score: those of a sequence where it has such a member.
   */
  public int rowsNeeded() {
    return members.stream().anyMatch(member -> member.kind() == Member.Kind.ONNX)
        ? FeatureRows.SEQUENCE
        : 1;
  }
}
