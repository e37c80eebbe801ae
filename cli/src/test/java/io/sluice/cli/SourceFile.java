package io.sluice.cli;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** An input file, read without any of Sluice's code. */
record SourceFile(String option, int partition, String name, List<byte[]> lines) {
  private static final Pattern LONE_SURROGATE =
      Pattern.compile(
          "[\\ud800-\\udbff](?![\\udc00-\\udfff])|(?<![\\ud800-\\udbff])[\\udc00-\\udfff]");

  private static final ObjectMapper STRICT =
      new ObjectMapper()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** The files of a replay's arguments, one behind each option. */
  static List<SourceFile> of(List<String> arguments) throws IOException {
    List<SourceFile> files = new ArrayList<>();
    for (int i = 0; i < arguments.size() - 1; i++) {
      if (arguments.get(i).matches("--(trades|quotes|intents|fills|orders|accounts|control)")) {
        Path path = Path.of(arguments.get(i + 1));
        byte[] bytes = Files.readAllBytes(path);
        if (path.toString().endsWith(".gz")) {
          bytes = new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes();
        }
        String name = path.getFileName().toString();
        files.add(new SourceFile(arguments.get(i), files.size(), name, split(bytes)));
      }
    }
    return files;
  }

  private static List<byte[]> split(byte[] bytes) {
    List<byte[]> lines = new ArrayList<>();
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (byte next : bytes) {
      if (next == '\n') {
        lines.add(withoutReturn(line.toByteArray()));
        line.reset();
      } else {
        line.write(next);
      }
    }
    if (line.size() > 0) {
      lines.add(withoutReturn(line.toByteArray()));
    }
    return lines;
  }

  private static byte[] withoutReturn(byte[] line) {
    return line.length > 0 && line[line.length - 1] == '\r'
        ? Arrays.copyOf(line, line.length - 1)
        : line;
  }

  /** The object of a line that is one strict JSON object of at most 64 KiB, else null. */
  static JsonNode object(byte[] line) {
    if (line.length > 64 * 1024) {
      return null;
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
      JsonNode node = STRICT.readTree(text);
      boolean isWhole = node.isObject() && !LONE_SURROGATE.matcher(texts(node)).find();
      return isWhole ? node : null;
    } catch (CharacterCodingException | JsonProcessingException e) {
      return null;
    }
  }

  /** All keys and texts in a node, apart from one another. */
  private static String texts(JsonNode node) {
    StringBuilder texts = new StringBuilder(node.isTextual() ? node.textValue() : "");
    node.properties().forEach(field -> texts.append(field.getKey()).append(' '));
    node.forEach(child -> texts.append(texts(child)).append(' '));
    return texts.toString();
  }

  /** The intent of a line if it is a readable one as the contract has it, else null. */
  static JsonNode readableIntent(byte[] line) {
    JsonNode node = object(line);
    boolean isReadable =
        node != null
            && "intent".equals(node.path("type").textValue())
            && isId(node.path("intent_id"))
            && isId(node.path("account"));
    return isReadable ? node : null;
  }

  private static boolean isId(JsonNode node) {
    return node.isTextual() && !node.textValue().isEmpty() && node.textValue().length() <= 128;
  }
}
