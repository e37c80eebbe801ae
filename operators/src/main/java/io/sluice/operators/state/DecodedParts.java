package io.sluice.operators.state;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeutils.base.StringSerializer;

/**
 * Keyed state kept decoded: each key's object lives in memory while the operator runs, and is
 * stored in named parts, of which only those that have changed are written: now and then, and
 * before a checkpoint. Nothing is encoded for a single record, on any state backend.
 *
 * @param <S> the decoded state of one key
 */
public final class DecodedParts<S> {
  /** How a key's object is read from its parts, and gives out those that have changed. */
  public interface Codec<S> {
    /** An object for a key that has no parts yet. */
    S create(String key);

    S read(String key, Map<String, byte[]> parts);

    /**
     * The parts that have changed since they were last stored; null stands for a part that is gone.
     */
    Map<String, byte[]> takeChanged(S state);
  }

  /** Sets the key whose parts are read or written. */
  public interface KeyContext {
    void setCurrentKey(Object key);
  }

  private final Codec<S> codec;
  private final MapState<String, byte[]> parts;
  private final KeyContext context;
  private final Map<String, S> decoded = new HashMap<>();
  private final Set<String> touched = new HashSet<>();
  private int recordsSinceStored;

  public DecodedParts(Codec<S> codec, MapState<String, byte[]> parts, KeyContext context) {
    this.codec = codec;
    this.parts = parts;
    this.context = context;
  }

  /** The keyed state that holds a key's parts by name. */
  public static MapStateDescriptor<String, byte[]> descriptor(String name) {
    return new MapStateDescriptor<>(name, StringSerializer.INSTANCE, PartSerializer.INSTANCE);
  }

  /** The state of the current key, to be changed. */
  public S get(String key) throws Exception {
    touched.add(key);
    S state = decoded.get(key);
    if (state == null) {
      state = load(key);
      decoded.put(key, state);
    }
    return state;
  }

  /** The state of the current key as it was last stored, in place of what it has become since. */
  public S reload(String key) throws Exception {
    S state = load(key);
    decoded.put(key, state);
    return state;
  }

  private S load(String key) throws Exception {
    Map<String, byte[]> stored = new TreeMap<>();
    for (Map.Entry<String, byte[]> part : parts.entries()) {
      stored.put(part.getKey(), part.getValue());
    }
    return stored.isEmpty() ? codec.create(key) : codec.read(key, stored);
  }

  /** Lets go of a key that has nothing worth storing. */
  public void forget(String key) {
    decoded.remove(key);
    touched.remove(key);
  }

  /** Deletes a key with all that is stored of it; the key is the current one afterwards. */
  public void delete(String key) throws Exception {
    forget(key);
    context.setCurrentKey(key);
    parts.clear();
  }

  /**
   * Called after each record: stores what has changed when so many have gone by, so that a barrier
   * finds little left to store and holds nobody up.
   *
   * @param records at least 1
   */
  public void storeEvery(int records) throws Exception {
    recordsSinceStored++;
    if (recordsSinceStored >= records) {
      store();
    }
  }

  /** Stores what has changed; called when a checkpoint's barrier is about to pass. */
  public void store() throws Exception {
    recordsSinceStored = 0;
    for (String key : touched) {
      context.setCurrentKey(key);
      for (Map.Entry<String, byte[]> part : codec.takeChanged(decoded.get(key)).entrySet()) {
        if (part.getValue() == null) {
          parts.remove(part.getKey());
        } else {
          parts.put(part.getKey(), part.getValue());
        }
      }
    }
    touched.clear();
  }
}
