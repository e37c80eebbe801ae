package io.sluice.scoring;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.sluice.domain.scoring.BundleException;
import io.sluice.domain.scoring.FeatureRows;
import io.sluice.domain.scoring.ModelFile;
import io.sluice.domain.scoring.Predictor;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;

/**
 * A network over the last {@link FeatureRows#SEQUENCE} rows, oldest first, as floats of the shape
 * [1, rows, features]; an absent feature is NaN, and the network has to know what to make of it. It
 * gives the logits of not up and up, or of down, level and up; level counts by half to either.
 */
final class OnnxPredictor implements Predictor {
  private static final Cleaner CLEANER = Cleaner.create();
  private static final int TWO = 2;
  private static final int THREE = 3;

  private final OrtSession session;
  private final FloatBuffer input;
  private final FloatBuffer logits;
  private final Map<String, OnnxTensor> inputs;
  private final Map<String, OnnxTensor> outputs;

  /**
   * @param width how many features a row has
   * @throws BundleException where this is no network of such rows
   */
  OnnxPredictor(ModelFile file, byte[] model, int width) {
    try {
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        options.setDeterministicCompute(true);
        session = environment.createSession(model, options);
      }
      Native made = new Native(session);
      CLEANER.register(this, made);
      long[] rows = {1, FeatureRows.SEQUENCE, width};
      String taken = "floats of the shape " + Arrays.toString(rows);
      Map.Entry<String, NodeInfo> in = only(file, session.getInputInfo(), "takes", taken);
      if (!fits(in.getValue(), rows)) {
        throw unfit(file, "takes", in.getValue().toString(), taken);
      }
      String given = "floats of the shape [1, 2] or [1, 3]";
      Map.Entry<String, NodeInfo> out = only(file, session.getOutputInfo(), "gives", given);
      int classes = fits(out.getValue(), 1, TWO) ? TWO : THREE;
      if (!fits(out.getValue(), 1, classes)) {
        throw unfit(file, "gives", out.getValue().toString(), given);
      }
      input = floats(FeatureRows.SEQUENCE * width);
      logits = floats(classes);
      made.input = OnnxTensor.createTensor(environment, input, rows);
      made.output = OnnxTensor.createTensor(environment, logits, new long[] {1, classes});
      inputs = Map.of(in.getKey(), made.input);
      outputs = Map.of(out.getKey(), made.output);
    } catch (OrtException e) {
      throw new BundleException("the file " + file.name() + " does not load: " + e.getMessage(), e);
    } catch (LinkageError e) {
      throw new BundleException(
          "ONNX Runtime cannot be loaded: "
              + e.getMessage()
              + "; it needs Linux or macOS on x86-64 or ARM, or Windows on x86-64",
          e);
    }
  }

  private static FloatBuffer floats(int count) {
    return ByteBuffer.allocateDirect(count * Float.BYTES)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  /** The one tensor of floats that goes in or comes out, where its shape can be the expected. */
  private static Map.Entry<String, NodeInfo> only(
      ModelFile file, Map<String, NodeInfo> nodes, String does, String expected) {
    if (nodes.size() != 1) {
      throw unfit(file, does, nodes.keySet().toString(), expected);
    }
    return nodes.entrySet().iterator().next();
  }

  private static boolean fits(NodeInfo node, long... expected) {
    if (!(node.getInfo() instanceof TensorInfo tensor) || tensor.type != OnnxJavaType.FLOAT) {
      return false;
    }
    long[] shape = tensor.getShape();
    boolean fits = shape.length == expected.length;
    for (int i = 0; fits && i < shape.length; i++) {
      // Below 0 is a dimension that is left open.
      fits = shape[i] == expected[i] || shape[i] < 0;
    }
    return fits;
  }

  private static BundleException unfit(ModelFile file, String does, String found, String expected) {
    return new BundleException(
        "the network "
            + file.name()
            + " "
            + does
            + " "
            + found
            + ", expected "
            + expected
            + "; export it for rows of this bundle's features");
  }

  @Override
  public double probability(FeatureRows rows) {
    int at = 0;
    for (int age = FeatureRows.SEQUENCE - 1; age >= 0; age--) {
      for (double value : rows.aged(age)) {
        input.put(at++, (float) value);
      }
    }
    try (OrtSession.Result ignored = session.run(inputs, outputs)) {
      return up();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime cannot predict: " + e.getMessage(), e);
    }
  }

  /** Softmax, with the largest logit taken from all so that none overflows. */
  private double up() {
    int classes = logits.capacity();
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < classes; i++) {
      largest = Math.max(largest, logits.get(i));
    }
    double sum = 0;
    double up = 0;
    for (int i = 0; i < classes; i++) {
      double part = StrictMath.exp(logits.get(i) - largest);
      sum += part;
      up += i == classes - 1 ? part : i == 0 ? 0 : part / 2;
    }
    return up / sum;
  }

  private static final class Native implements Runnable {
    private final OrtSession session;
    private OnnxTensor input;
    private OnnxTensor output;

    private Native(OrtSession session) {
      this.session = session;
    }

    @Override
    public void run() {
      for (OnnxTensor tensor : Arrays.asList(input, output)) {
        if (tensor != null) {
          tensor.close();
        }
      }
      try {
        session.close();
      } catch (OrtException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
