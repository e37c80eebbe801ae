package io.sluice.domain.scoring;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.domain.config.ConfigurationException;
import io.sluice.domain.config.Section;
import io.sluice.domain.json.StrictJson;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.market.Regime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * Reads {@code model.json}, strictly: what is wrong is named with its key, its value and a remedy.
 */
final class BundleFile {
  static final String POOLED = "pooled";
  static final int FORMAT = 1;

  private static final int MAX_FEATURES = 1_000;
  private static final long MAX_HORIZON_MS = 30L * 24 * 3_600_000;

  private final Section root;

  private BundleFile(Section root) {
    this.root = root;
  }

  static ModelBundle read(String source, byte[] json) {
    try {
      return new BundleFile(Section.root(source, StrictJson.trusted(json))).bundle();
    } catch (UnreadableException | ConfigurationException | IllegalArgumentException e) {
      String at = e instanceof ConfigurationException ? "" : source + ": ";
      throw new BundleException(at + e.getMessage(), e);
    }
  }

  private ModelBundle bundle() {
    root.whole("format", FORMAT, FORMAT);
    root.allow(
        "format",
        "name",
        "version",
        "features",
        "schema_hash",
        "label",
        "members",
        "weights",
        "calibration",
        "thresholds",
        "training",
        "reference",
        "probe");
    List<String> features = features();
    List<Member> members = members();
    return new ModelBundle(
        root.text("name"),
        root.text("version"),
        features,
        root.text("schema_hash"),
        label(root.section("label")),
        members,
        weights(root.section("weights"), members),
        calibration(root.section("calibration")),
        thresholds(root.section("thresholds")),
        training(root.section("training")),
        reference(features),
        probe(root.section("probe"), features.size()));
  }

  private List<String> features() {
    List<String> features = root.texts("features");
    if (features.isEmpty() || features.size() > MAX_FEATURES) {
      throw root.wrong("features", "from 1 to " + MAX_FEATURES + " names");
    }
    if (new HashSet<>(features).size() < features.size()) {
      throw root.wrong("features", "names that differ");
    }
    return features;
  }

  private static Label label(Section section) {
    section.allow("kind", "horizon_ms", "barrier");
    Label.Kind kind = section.enumOf("kind", Label.Kind.class);
    double barrier = section.has("barrier") ? number(section, "barrier") : 0;
    return new Label(kind, section.whole("horizon_ms", 1, MAX_HORIZON_MS) * 1_000, barrier);
  }

  private List<Member> members() {
    List<Member> members = new ArrayList<>();
    for (Section section : root.list("members")) {
      section.allow("name", "kind", "files");
      members.add(
          new Member(
              section.text("name"),
              section.enumOf("kind", Member.Kind.class),
              perRegime(section.section("files"), BundleFile::file)));
    }
    if (members.isEmpty()) {
      throw root.wrong("members", "at least one member");
    }
    if (members.stream().map(Member::name).distinct().count() < members.size()) {
      throw root.wrong("members", "names that differ");
    }
    return members;
  }

  /** A name that leads out of the bundle's folder is refused. */
  private static ModelFile file(Section files, String regime) {
    Section section = files.section(regime).allow("file", "sha256");
    String name = section.text("file");
    if (name.contains("/") || name.contains("\\") || name.startsWith(".")) {
      throw section.wrong("file", "the name of a file in the bundle's folder");
    }
    return new ModelFile(name, section.text("sha256"));
  }

  private static PerRegime<Map<String, Double>> weights(Section section, List<Member> members) {
    return perRegime(
        section,
        (all, regime) -> {
          Section its = all.section(regime);
          its.allow(members.stream().map(Member::name).toArray(String[]::new));
          Map<String, Double> weights = new TreeMap<>();
          for (String member : its.keys()) {
            double weight = number(its, member);
            if (!(weight > 0)) {
              throw its.wrong(member, "a number above 0; leave a member out that has no weight");
            }
            weights.put(member, weight);
          }
          if (weights.isEmpty()) {
            throw all.wrong(regime, "the weight of at least one member");
          }
          return weights;
        });
  }

  /** Keys are {@code pooled}, which has to be there, and names of regimes. */
  private static <T> PerRegime<T> perRegime(Section section, BiFunction<Section, String, T> part) {
    List<String> names = new ArrayList<>(List.of(POOLED));
    Arrays.stream(Regime.values()).map(BundleFile::nameOf).forEach(names::add);
    section.allow(names.toArray(String[]::new));
    if (!section.has(POOLED)) {
      throw section.wrong(POOLED, "what the regimes share that have none of their own");
    }
    Map<Regime, T> own = new TreeMap<>();
    for (Regime regime : Regime.values()) {
      if (section.has(nameOf(regime))) {
        own.put(regime, part.apply(section, nameOf(regime)));
      }
    }
    return new PerRegime<>(part.apply(section, POOLED), own);
  }

  static String nameOf(Regime regime) {
    return regime.name().toLowerCase(Locale.ROOT);
  }

  private static Calibration calibration(Section section) {
    String kind = section.text("kind");
    return switch (kind) {
      case "none" -> {
        section.allow("kind");
        yield new Calibration.Identity();
      }
      case "platt" -> {
        section.allow("kind", "a", "b");
        yield new Calibration.Platt(number(section, "a"), number(section, "b"));
      }
      case "isotonic" -> {
        section.allow("kind", "at", "values");
        double[] values = numbers(section, "values");
        if (Arrays.stream(values).anyMatch(value -> value < 0 || value > 1)) {
          throw section.wrong("values", "numbers from 0 to 1");
        }
        yield new Calibration.Isotonic(numbers(section, "at"), values);
      }
      default -> throw section.wrong("kind", "one of [none, platt, isotonic]");
    };
  }

  private static Thresholds thresholds(Section section) {
    section.allow("min_confidence", "up_return", "down_return");
    double confidence = number(section, "min_confidence");
    if (!(confidence >= 0.5 && confidence <= 1)) {
      throw section.wrong("min_confidence", "a number from 0.5 to 1");
    }
    return new Thresholds(confidence, number(section, "up_return"), number(section, "down_return"));
  }

  private static Training training(Section section) {
    section.allow("from_us", "to_us", "rows", "metrics");
    long fromUs = section.whole("from_us", 0, Long.MAX_VALUE);
    Section metrics = section.section("metrics");
    Map<String, Double> measured = new TreeMap<>();
    metrics.keys().forEach(key -> measured.put(key, number(metrics, key)));
    return new Training(
        fromUs,
        section.whole("to_us", fromUs, Long.MAX_VALUE),
        section.whole("rows", 1, Long.MAX_VALUE),
        measured);
  }

  private Reference reference(List<String> features) {
    Section section = root.section("reference").allow("rows", "features");
    Section bins = section.section("features");
    bins.allow(features.toArray(String[]::new));
    List<ReferenceBins> all = new ArrayList<>();
    double[] importance = new double[features.size()];
    for (int i = 0; i < importance.length; i++) {
      if (!bins.has(features.get(i))) {
        throw bins.wrong(features.get(i), "the feature's spread in the training window");
      }
      Section its = bins.section(features.get(i)).allow("importance", "edges", "shares");
      importance[i] = number(its, "importance");
      if (importance[i] < 0) {
        throw its.wrong("importance", "a number of at least 0");
      }
      ReferenceBins spread = new ReferenceBins(numbers(its, "edges"), numbers(its, "shares"));
      if (!spread.isWhole()) {
        throw its.wrong("shares", "numbers of at least 0 that add up to 1");
      }
      all.add(spread);
    }
    return new Reference(all, importance, (int) section.whole("rows", 2, Integer.MAX_VALUE));
  }

  private static Probe probe(Section section, int width) {
    section.allow("row", "probability");
    JsonNode row = section.node("row");
    if (!row.isArray() || row.size() != width) {
      throw section.wrong("row", "a list of " + width + " numbers, null where absent");
    }
    double[] values = new double[width];
    for (int i = 0; i < width; i++) {
      values[i] = row.get(i).isNull() ? Double.NaN : finite(section, "row", row.get(i));
    }
    double probability = number(section, "probability");
    if (!(probability >= 0 && probability <= 1)) {
      throw section.wrong("probability", "a number from 0 to 1");
    }
    return new Probe(values, probability);
  }

  private static double number(Section section, String key) {
    return finite(section, key, section.node(key));
  }

  private static double[] numbers(Section section, String key) {
    JsonNode list = section.node(key);
    if (!list.isArray()) {
      throw section.wrong(key, "a list of numbers");
    }
    double[] values = new double[list.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = finite(section, key, list.get(i));
    }
    return values;
  }

  private static double finite(Section section, String key, JsonNode value) {
    if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
      throw section.wrong(key, value.isContainerNode() ? "a number" : "finite numbers");
    }
    return value.doubleValue();
  }
}
