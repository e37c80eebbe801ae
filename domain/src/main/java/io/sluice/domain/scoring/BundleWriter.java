package io.sluice.domain.scoring;

import io.sluice.domain.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Consumer;

/** Writes {@code model.json}; numbers to their last bit, so that they read back as they were. */
final class BundleWriter {
  private final JsonWriter json = new JsonWriter();

  private BundleWriter() {}

  static byte[] write(ModelBundle bundle) {
    return new BundleWriter().bundle(bundle);
  }

  private byte[] bundle(ModelBundle bundle) {
    json.beginObject().name("format").value(BundleFile.FORMAT);
    json.name("name").value(bundle.name()).name("version").value(bundle.version());
    json.name("features").beginArray();
    bundle.features().forEach(json::value);
    json.endArray().name("schema_hash").value(bundle.schemaHash());
    label(bundle.label());
    json.name("members").beginArray();
    bundle.members().forEach(this::member);
    json.endArray().name("weights");
    perRegime(
        bundle.weights(),
        weights -> {
          json.beginObject();
          weights.forEach(this::number);
          json.endObject();
        });
    calibration(bundle.calibration());
    json.name("thresholds").beginObject();
    number("min_confidence", bundle.thresholds().minConfidence());
    number("up_return", bundle.thresholds().upReturn());
    number("down_return", bundle.thresholds().downReturn());
    json.endObject();
    training(bundle.training());
    reference(bundle);
    json.name("probe").beginObject();
    numbers("row", bundle.probe().row());
    number("probability", bundle.probe().probability());
    return json.endObject().endObject().toBytes();
  }

  private void label(Label label) {
    json.name("label")
        .beginObject()
        .name("kind")
        .value(label.kind().name().toLowerCase(Locale.ROOT));
    json.name("horizon_ms").value(label.horizonUs() / 1_000);
    if (label.barrier() != 0) {
      number("barrier", label.barrier());
    }
    json.endObject();
  }

  private void member(Member member) {
    json.beginObject().name("name").value(member.name());
    json.name("kind").value(member.kind().name().toLowerCase(Locale.ROOT)).name("files");
    perRegime(
        member.files(),
        file -> {
          json.beginObject().name("file").value(file.name());
          json.name("sha256").value(file.sha256()).endObject();
        });
    json.endObject();
  }

  private <T> void perRegime(PerRegime<T> parts, Consumer<T> part) {
    json.beginObject().name(BundleFile.POOLED);
    part.accept(parts.pooled());
    parts
        .own()
        .forEach(
            (regime, its) -> {
              json.name(BundleFile.nameOf(regime));
              part.accept(its);
            });
    json.endObject();
  }

  private void calibration(Calibration calibration) {
    json.name("calibration").beginObject().name("kind");
    if (calibration instanceof Calibration.Platt platt) {
      json.value("platt");
      number("a", platt.a());
      number("b", platt.b());
    } else if (calibration instanceof Calibration.Isotonic isotonic) {
      json.value("isotonic");
      numbers("at", isotonic.at());
      numbers("values", isotonic.values());
    } else {
      json.value("none");
    }
    json.endObject();
  }

  private void training(Training training) {
    json.name("training").beginObject().name("from_us").value(training.fromUs());
    json.name("to_us").value(training.toUs()).name("rows").value(training.rows());
    json.name("metrics").beginObject();
    training.metrics().forEach(this::number);
    json.endObject().endObject();
  }

  private void reference(ModelBundle bundle) {
    Reference reference = bundle.reference();
    json.name("reference").beginObject().name("rows").value(reference.rows());
    json.name("features").beginObject();
    for (int i = 0; i < bundle.features().size(); i++) {
      json.name(bundle.features().get(i)).beginObject();
      number("importance", reference.importance()[i]);
      numbers("edges", reference.bins().get(i).edges());
      numbers("shares", reference.bins().get(i).shares());
      json.endObject();
    }
    json.endObject().endObject();
  }

  private void number(String name, double value) {
    json.name(name);
    number(value);
  }

  private void numbers(String name, double[] values) {
    json.name(name).beginArray();
    for (double value : values) {
      number(value);
    }
    json.endArray();
  }

  private void number(double value) {
    if (Double.isNaN(value)) {
      json.nullValue();
    } else {
      json.raw(Double.toString(value).getBytes(StandardCharsets.US_ASCII));
    }
  }
}
