package io.sluice.jobs.input;

import io.sluice.domain.wire.DeadLetter;
import io.sluice.domain.wire.Message;
import io.sluice.domain.wire.Row;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a merge gives, as lines that tests compare; and the lines and files that they are made of.
 */
final class Given {
  private Given() {}

  static InputFile trades(Path path) {
    return new InputFile(path, InputKind.TRADES, 0, null, null);
  }

  static InputFile file(Path path, InputKind kind, int partition) {
    return new InputFile(path, kind, partition, null, null);
  }

  static String trade(long timeUs) {
    return trade(timeUs, null);
  }

  static String trade(long timeUs, Long receiveUs) {
    return "{\"type\":\"trade\",\"instrument\":\"A:B\",\"trade_id\":null,\"price\":\"1\",\"qty\":\"1\","
        + "\"aggressor\":\"BUY\",\"event_time_us\":%d,\"receive_time_us\":%s}"
            .formatted(timeUs, receiveUs);
  }

  static String quote(long timeUs) {
    return "{\"type\":\"quote\",\"instrument\":\"A:B\",\"bid\":\"1\",\"bid_qty\":\"1\",\"ask\":\"2\","
        + "\"ask_qty\":\"1\",\"event_time_us\":%d,\"receive_time_us\":null}".formatted(timeUs);
  }

  /** An intent that is readable, if not right. */
  static String intent(Long timeUs) {
    return "{\"type\":\"intent\",\"intent_id\":\"i\",\"account\":\"a\",\"event_time_us\":%s}"
        .formatted(timeUs);
  }

  static String fill(long timeUs) {
    return "{\"type\":\"fill\",\"fill_id\":\"f\",\"account\":\"a\",\"instrument\":\"A:B\",\"side\":\"BUY\","
        + "\"qty\":\"1\",\"price\":\"1\",\"event_time_us\":%d}".formatted(timeUs);
  }

  static String order(long timeUs) {
    return "{\"type\":\"order\",\"intent_id\":\"i\",\"account\":\"a\",\"instrument\":\"A:B\","
        + "\"status\":\"DONE\",\"cum_qty\":\"0\",\"event_time_us\":%d}".formatted(timeUs);
  }

  static String account(long timeUs) {
    return "{\"type\":\"account\",\"account\":\"a\",\"currency\":\"USD\",\"cash\":\"1\",\"positions\":[],"
        + "\"event_time_us\":%d}".formatted(timeUs);
  }

  static String venue(long timeUs) {
    return "{\"type\":\"venue\",\"venue\":\"A\",\"status\":\"UP\",\"event_time_us\":%d}"
        .formatted(timeUs);
  }

  static String control(long timeUs) {
    return "{\"type\":\"control\",\"command_id\":\"c\",\"command\":\"HALT\",\"scope\":\"firm\","
        + "\"event_time_us\":%d}".formatted(timeUs);
  }

  static String lines(String... lines) {
    return String.join("\n", lines) + "\n";
  }

  static List<Message> messages(InputFile file) throws IOException {
    List<Message> messages = new ArrayList<>();
    try (MergedInput input = new MergedInput(List.of(file))) {
      while (input.advance()) {
        if (input.row() != null) {
          messages.add(input.row().message());
        }
      }
    }
    return messages;
  }

  static List<DeadLetter> deadLetters(InputFile file) throws IOException {
    List<DeadLetter> letters = new ArrayList<>();
    try (MergedInput input = new MergedInput(List.of(file))) {
      while (input.advance()) {
        if (input.deadLetter() != null) {
          letters.add(input.deadLetter());
        }
      }
    }
    return letters;
  }

  /** {@code 1: trades 1 trade order 5 clock 5}, or {@code dead trades 2}. */
  static List<String> places(List<InputFile> files) throws IOException {
    List<String> places = new ArrayList<>();
    try (MergedInput input = new MergedInput(files)) {
      while (input.advance()) {
        places.add(place(input));
      }
    }
    return places;
  }

  static String place(MergedInput input) {
    DeadLetter letter = input.deadLetter();
    if (letter != null) {
      return "dead " + letter.source() + " " + letter.offset();
    }
    Row row = input.row();
    return "%d: %s %d %s order %d clock %d"
        .formatted(
            row.number(),
            row.cause().source(),
            row.cause().offset(),
            row.message().kind().wireName(),
            row.orderTimeUs(),
            row.clockUs());
  }

  static String text(DeadLetter letter) {
    return new String(letter.bytes(), StandardCharsets.UTF_8);
  }
}
