package io.sluice.cli.live;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a journal line begins with. The rest, which is nearly all of it, is not read: whoever asks
 * only which line it is and what it comes of asks that of thousands, again and again.
 *
 * @param identity {@code group/seq}
 * @param cause {@code source/partition/offset}
 */
record JournalHead(String identity, String cause) {
  private static final JsonFactory JSON = new JsonFactory();

  static JournalHead of(byte[] line) {
    try (JsonParser parser = JSON.createParser(line)) {
      parser.nextToken();
      Map<String, String> fields = new TreeMap<>();
      for (String name = parser.nextFieldName(); !"cause".equals(name); ) {
        parser.nextToken();
        fields.put(name, parser.getText());
        name = parser.nextFieldName();
      }
      parser.nextToken();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        parser.nextToken();
        fields.put(name, parser.getText());
      }
      return new JournalHead(
          fields.get("group") + "/" + fields.get("seq"),
          fields.get("source") + "/" + fields.get("partition") + "/" + fields.get("offset"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
