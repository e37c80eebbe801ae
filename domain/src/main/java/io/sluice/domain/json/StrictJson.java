package io.sluice.domain.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads one JSON object from a line, strictly: valid UTF-8, no duplicate keys, nothing behind the
 * object, no unpaired surrogates. A number that could not be written out plainly is read as text.
 */
public final class StrictJson {
  /** The longest line that is read. */
  public static final int MAX_LINE_BYTES = 64 * 1024;

  private static final int MAX_NUMBER_LENGTH = 400;
  private static final int MAX_DEPTH = 1_000;
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(MAX_LINE_BYTES)
                  .build())
          .enable(com.fasterxml.jackson.core.StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();
  private static final ObjectReader READER =
      JsonMapper.builder(FACTORY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(
              com.fasterxml.jackson.databind.cfg.JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build()
          .readerFor(JsonNode.class);

  private StrictJson() {}

  /**
   * @throws UnreadableException where the line is not one strict JSON object, saying why
   */
  public static ObjectNode object(byte[] line) throws UnreadableException {
    checkLength(line);
    return trusted(line);
  }

  /** The same for what Sluice wrote itself, of any length. */
  public static ObjectNode trusted(byte[] line) throws UnreadableException {
    checkText(line);
    JsonNode node;
    try {
      node = tree(line);
    } catch (JsonProcessingException e) {
      throw new UnreadableException("not valid JSON: " + firstLine(e.getOriginalMessage()), null);
    } catch (IOException e) {
      throw new UnreadableException("not valid JSON: " + firstLine(e.getMessage()), null);
    }
    if (node == null || node.isMissingNode()) {
      throw new UnreadableException("an empty line where a JSON object was expected", null);
    }
    if (!(node instanceof ObjectNode object)) {
      throw new UnreadableException(
          "a JSON " + node.getNodeType() + " where an object was expected", null);
    }
    checked(object, new int[1]);
    return object;
  }

  private static JsonNode tree(byte[] line) throws IOException {
    try {
      return READER.readTree(line);
    } catch (NumberFormatException e) {
      return treeWithBoundlessNumbersAsText(line);
    }
  }

  /** The same where an exponent is larger than any that a decimal can have. */
  private static JsonNode treeWithBoundlessNumbersAsText(byte[] line) throws IOException {
    try (JsonParser parser = FACTORY.createParser(line);
        TokenBuffer tokens = new TokenBuffer(parser)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.VALUE_NUMBER_FLOAT) {
          copyNumber(parser, tokens);
        } else {
          tokens.copyCurrentEvent(parser);
        }
      }
      try (JsonParser copy = tokens.asParser()) {
        return READER.readTree(copy);
      }
    }
  }

  private static void copyNumber(JsonParser parser, TokenBuffer tokens) throws IOException {
    BigDecimal number;
    try {
      number = parser.getDecimalValue();
    } catch (NumberFormatException e) {
      tokens.writeString(parser.getText());
      return;
    }
    tokens.writeNumber(number);
  }

  /**
   * A streaming parser with the same rules, for hot message types; the caller reads to the end of
   * the object.
   */
  public static JsonParser parser(byte[] line) throws UnreadableException {
    checkLength(line);
    checkText(line);
    try {
      return FACTORY.createParser(line);
    } catch (IOException e) {
      throw new UnreadableException("not valid JSON: " + firstLine(e.getMessage()), null);
    }
  }

  static String firstLine(String message) {
    if (message == null) {
      return "unknown error";
    }
    int end = message.indexOf('\n');
    String first = end < 0 ? message : message.substring(0, end);
    // Where an object began is no help in a line, and the parser says there what it does not show.
    int began = first.indexOf(" (start marker at ");
    first = began < 0 ? first : first.substring(0, began);
    return first.length() > 200 ? first.substring(0, 200) : first;
  }

  private static void checkLength(byte[] line) throws UnreadableException {
    if (line.length > MAX_LINE_BYTES) {
      throw new UnreadableException(
          "a line of " + line.length + " bytes, expected at most " + MAX_LINE_BYTES, null);
    }
  }

  private static void checkText(byte[] line) throws UnreadableException {
    for (byte b : line) {
      if (b < 0) {
        checkUtf8(line);
        return;
      }
    }
  }

  private static void checkUtf8(byte[] line) throws UnreadableException {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line));
    } catch (CharacterCodingException e) {
      throw new UnreadableException("not valid UTF-8", null);
    }
  }

  /**
   * Checks every string. A number that would be too long when written out plainly, by itself or
   * with those before it, becomes the text of itself: whoever wants a number there refuses it by
   * its field, and nobody writes it out.
   */
  private static JsonNode checked(JsonNode node, int[] plainDigits) throws UnreadableException {
    if (node.isTextual()) {
      checkSurrogates(node.textValue());
    } else if (node.isBigDecimal()) {
      long length = plainLength(node.decimalValue());
      if (length > MAX_NUMBER_LENGTH || plainDigits[0] + length > MAX_LINE_BYTES) {
        return TextNode.valueOf(node.decimalValue().toString());
      }
      plainDigits[0] += (int) length;
    } else if (node instanceof ObjectNode object) {
      for (var field : object.properties()) {
        checkSurrogates(field.getKey());
        field.setValue(checked(field.getValue(), plainDigits));
      }
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, checked(array.get(i), plainDigits));
      }
    }
    return node;
  }

  private static long plainLength(BigDecimal number) {
    long behindPoint = number.scale();
    return behindPoint > 0
        ? Math.max(number.precision(), behindPoint) + 3
        : number.precision() - behindPoint + 1;
  }

  /** Rejects a string that has half of a surrogate pair: it has no UTF-8 form. */
  public static void checkSurrogates(String text) throws UnreadableException {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        throw new UnreadableException("an unpaired surrogate in a string", null);
      }
    }
  }
}
