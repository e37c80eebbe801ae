package io.sluice.scoring;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes a network in ONNX form, field by field of its protocol buffers: the mean over the rows,
 * times a matrix of features and classes.
 */
final class TinyNetwork {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private TinyNetwork() {}

  /**
   * @param matrix a line for every feature, of a weight for every class
   */
  static byte[] of(int rows, float[]... matrix) {
    int features = matrix.length;
    int classes = matrix[0].length;
    TinyNetwork graph =
        new TinyNetwork()
            .part(
                1,
                node("ReduceMean", "mean", "x")
                    .part(5, ints("axes", 1))
                    .part(5, whole("keepdims", 0)))
            .part(1, node("MatMul", "y", "mean", "w"))
            .text(2, "tiny")
            .part(5, weights(matrix))
            .part(11, tensor("x", 1, rows, features))
            .part(12, tensor("y", 1, classes));
    return new TinyNetwork()
        .number(1, 8)
        .part(7, graph)
        .part(8, new TinyNetwork().text(1, "").number(2, 13))
        .bytes
        .toByteArray();
  }

  private static TinyNetwork node(String operation, String output, String... inputs) {
    TinyNetwork node = new TinyNetwork();
    for (String input : inputs) {
      node.text(1, input);
    }
    return node.text(2, output).text(4, operation);
  }

  private static TinyNetwork ints(String name, int value) {
    return new TinyNetwork().text(1, name).number(8, value).number(20, 7);
  }

  private static TinyNetwork whole(String name, int value) {
    return new TinyNetwork().text(1, name).number(3, value).number(20, 2);
  }

  private static TinyNetwork weights(float[][] matrix) {
    ByteBuffer raw =
        ByteBuffer.allocate(matrix.length * matrix[0].length * Float.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    for (float[] line : matrix) {
      for (float weight : line) {
        raw.putFloat(weight);
      }
    }
    return new TinyNetwork()
        .number(1, matrix.length)
        .number(1, matrix[0].length)
        .number(2, 1)
        .text(8, "w")
        .field(9, raw.array());
  }

  private static TinyNetwork tensor(String name, int... shape) {
    TinyNetwork dimensions = new TinyNetwork();
    for (int size : shape) {
      dimensions.part(1, new TinyNetwork().number(1, size));
    }
    TinyNetwork tensor = new TinyNetwork().number(1, 1).part(2, dimensions);
    return new TinyNetwork().text(1, name).part(2, new TinyNetwork().part(1, tensor));
  }

  private TinyNetwork number(int field, int value) {
    varint(field << 3);
    varint(value);
    return this;
  }

  private TinyNetwork text(int field, String value) {
    return field(field, value.getBytes(StandardCharsets.UTF_8));
  }

  private TinyNetwork part(int field, TinyNetwork part) {
    return field(field, part.bytes.toByteArray());
  }

  private TinyNetwork field(int field, byte[] value) {
    varint(field << 3 | 2);
    varint(value.length);
    bytes.writeBytes(value);
    return this;
  }

  private void varint(int value) {
    int rest = value;
    while (rest > 0x7f) {
      bytes.write(rest & 0x7f | 0x80);
      rest >>>= 7;
    }
    bytes.write(rest);
  }
}
