package io.sluice.domain.flow;

import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/**
 * Things by name, each kept until a window of gate time has passed since it was last touched. Names
 * come from outside, so that nothing but the window bounds how many there are.
 */
final class Recent<T> {
  private final BiConsumer<String, T> onForget;
  private final Map<String, Kept<T>> byTouch = new LinkedHashMap<>();
  private final Set<String> touched = new HashSet<>();

  /** A thing and when it was last touched. */
  record Kept<T>(T thing, long atUs) {}

  Recent(BiConsumer<String, T> onForget) {
    this.onForget = onForget;
  }

  Recent() {
    this((name, thing) -> {});
  }

  /** The thing of a name, or null. */
  T get(String name) {
    Kept<T> kept = byTouch.get(name);
    return kept == null ? null : kept.thing;
  }

  void touch(String name, T thing, long nowUs) {
    byTouch.remove(name);
    byTouch.put(name, new Kept<>(thing, nowUs));
    touched.add(name);
  }

  void forget(String name) {
    Kept<T> kept = byTouch.remove(name);
    if (kept != null) {
      touched.add(name);
      onForget.accept(name, kept.thing);
    }
  }

  /** Forgets what was last touched before a time: as time goes on, each thing once. */
  void forgetBefore(long us) {
    while (!byTouch.isEmpty()) {
      Map.Entry<String, Kept<T>> oldest = byTouch.entrySet().iterator().next();
      if (oldest.getValue().atUs >= us) {
        return;
      }
      forget(oldest.getKey());
    }
  }

  /** All things, the longest untouched first. */
  List<T> all() {
    return byTouch.values().stream().map(Kept::thing).toList();
  }

  /** Puts others in the places of all things. */
  void replaceAll(UnaryOperator<T> other) {
    byTouch.replaceAll((name, kept) -> new Kept<>(other.apply(kept.thing), kept.atUs));
    touched.addAll(byTouch.keySet());
  }

  /** What was touched or forgotten since the last call, by name; null for what is gone. */
  Map<String, Kept<T>> takeTouched() {
    Map<String, Kept<T>> taken = new TreeMap<>();
    touched.forEach(name -> taken.put(name, byTouch.get(name)));
    touched.clear();
    return taken;
  }

  /** Puts back what was stored, in whatever order it lay. */
  void restore(Map<String, Kept<T>> stored) {
    stored.entrySet().stream()
        .sorted(Comparator.comparingLong(entry -> entry.getValue().atUs))
        .forEach(entry -> byTouch.put(entry.getKey(), entry.getValue()));
  }
}
