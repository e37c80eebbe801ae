package io.sluice.domain.wire;

import io.sluice.domain.json.JsonWriter;

/**
 * What comes in from outside, one line of the wire each, and what the front and the clock add to
 * it: configuration, clock ticks, marks and paper ticks. Every implementation is immutable.
 */
public sealed interface Message
    permits Trade,
        Quote,
        Intent,
        Fill,
        OrderStatus,
        AccountSnapshot,
        VenueStatus,
        Command,
        ConfigChunk,
        ClockTick,
        Mark,
        PaperTick,
        Correlation {

  /** Writes the canonical object, keys in the contract's order. */
  void write(JsonWriter json);

  /** What kind of line it is; the order of the constants breaks ties between equal order times. */
  Kind kind();

  /**
   * The exchange's or sender's stamp in epoch microseconds, or null where an intent has none that
   * can be read.
   */
  Long eventTimeUs();

  default byte[] toJson() {
    JsonWriter json = new JsonWriter();
    write(json);
    return json.toBytes();
  }

  /**
   * Kinds in the contract's rank of equal order times; the last three are made inside and never
   * merged.
   */
  enum Kind {
    CONFIG("config"),
    CLOCK("clock"),
    CONTROL("control"),
    ACCOUNT("account"),
    VENUE("venue"),
    FILL("fill"),
    ORDER("order"),
    TRADE("trade"),
    QUOTE("quote"),
    INTENT("intent"),
    MARK("mark"),
    PAPER_TICK("paper_tick"),
    CORRELATION("correlation");

    private final String wireName;

    Kind(String wireName) {
      this.wireName = wireName;
    }

    public String wireName() {
      return wireName;
    }

    /** Whether its stamps are the event clock's time: those of market data are. */
    public boolean movesClock() {
      return this == TRADE || this == QUOTE;
    }
  }
}
