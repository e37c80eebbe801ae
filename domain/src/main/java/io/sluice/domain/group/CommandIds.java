package io.sluice.domain.group;

import io.sluice.domain.json.Delimited;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The commands that have been folded. Their ids are never forgotten: a resume that comes again
 * after an hour must not end what was halted since.
 */
final class CommandIds {
  private final Map<String, String> contents = new TreeMap<>();
  private final Set<String> touched = new TreeSet<>();

  /** What is known of a command's id. */
  enum Known {
    NEW,
    SAME_CONTENT,
    OTHER_CONTENT
  }

  Known known(String id, String content) {
    String first = contents.get(Delimited.text(id));
    if (first == null) {
      return Known.NEW;
    }
    return first.equals(content) ? Known.SAME_CONTENT : Known.OTHER_CONTENT;
  }

  /** The command that is folded now; its id stands for it from here on. */
  void remember(String id, String content) {
    String key = Delimited.text(id);
    contents.put(key, content);
    touched.add(key);
  }

  /** Content by id. */
  Map<String, String> contents() {
    return Collections.unmodifiableMap(contents);
  }

  /** The keys that have become known since the last call. */
  List<String> takeTouched() {
    List<String> taken = new ArrayList<>(touched);
    touched.clear();
    return taken;
  }

  void restore(String key, String content) {
    contents.put(key, content);
  }
}
