package io.sluice.domain.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.StrictJson;
import io.sluice.domain.json.UnreadableException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong with a line, what is kept of it can be written and read. */
class DeadLetterTest {
  private static final String FACE = "\ud83d\ude42";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"\\ud800\":1,\"\\ud800\":2}",
        "{\"a\":\ud836\udc00}",
        "{\"a\":\ud87e\udc00}",
        "{\"LONG\":1,\"LONG\":2}",
        "{\"xLONG\":1,\"xLONG\":2}",
        "{\"type\":\"LONG\"}",
        "{\"type\":\"xLONG\"}",
        "\ud83d\ude42",
        "{"
      })
  void a_line_that_cannot_be_read_is_kept_with_a_reason_that_can_be(String written)
      throws Exception {
    byte[] line = written.replace("LONG", FACE.repeat(300)).getBytes(StandardCharsets.UTF_8);
    var why = catchThrowableOfType(UnreadableException.class, () -> WireReader.read(line));
    DeadLetter letter = DeadLetter.of("intents.jsonl", 0, 1, why.getMessage(), why.field(), line);

    JsonWriter json = new JsonWriter();
    letter.write(json);
    var read = StrictJson.object(json.toBytes());
    assertThat(read.path("reason").textValue()).isEqualTo(letter.reason()).isNotEmpty();
    assertThat(read.path("bytes_base64").binaryValue()).isEqualTo(line);
  }
}
