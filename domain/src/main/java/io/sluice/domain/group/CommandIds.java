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

  /** What is known of a command; it is known then. */
  IdWindow.Known know(String id, String content) {
    String key = Delimited.text(id);
    String first = contents.get(key);
    if (first == null) {
      remember(key, content);
      return IdWindow.Known.NEW;
    }
    String again = key + "\n" + content;
    if (first.equals(content) || contents.containsKey(again)) {
      return IdWindow.Known.SAME_RECORD;
    }
    remember(again, content);
    return IdWindow.Known.OTHER_CONTENT;
  }

  private void remember(String key, String content) {
    contents.put(key, content);
    touched.add(key);
  }

  /** Content by key: the id, and for another command under the same id also its content. */
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
