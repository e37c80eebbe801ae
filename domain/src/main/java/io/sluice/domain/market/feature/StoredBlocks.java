package io.sluice.domain.market.feature;

import io.sluice.domain.market.state.StateTape;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** States by name in one array of bytes: what is not wanted is left, what is new is absent. */
final class StoredBlocks {
  private static final byte[] ANY = {};

  private final StateTape blocks = StateTape.recording();

  void add(String key, Consumer<StateTape> state) {
    StateTape tape = StateTape.recording();
    state.accept(tape);
    blocks.block(key.getBytes(StandardCharsets.UTF_8));
    blocks.block(tape.toBytes());
  }

  byte[] toBytes() {
    return blocks.toBytes();
  }

  /** The states by name. */
  static Map<String, byte[]> of(byte[] stored) {
    Map<String, byte[]> byKey = new HashMap<>();
    StateTape tape = StateTape.of(stored);
    while (!tape.isAtEnd()) {
      String key = new String(tape.block(ANY), StandardCharsets.UTF_8);
      byKey.put(key, tape.block(ANY));
    }
    return byKey;
  }

  /** Gives a state back what it had; where it had none it stays as it is. */
  static void read(Map<String, byte[]> blocks, String key, Consumer<StateTape> state) {
    byte[] block = blocks.get(key);
    if (block != null) {
      StateTape tape = StateTape.of(block);
      state.accept(tape);
      if (!tape.isAtEnd()) {
        throw new IllegalStateException("the feature " + key + " is stored in another form");
      }
    }
  }
}
