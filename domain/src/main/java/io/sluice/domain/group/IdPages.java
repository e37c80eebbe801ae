package io.sluice.domain.group;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.StrictJson;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.wire.Fields;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The pages of an id window in storage, and how far they go. */
final class IdPages {
  private final String prefix;
  private final TreeSet<Long> stored = new TreeSet<>();
  private long storedIds;

  IdPages(String prefix) {
    this.prefix = prefix;
  }

  /** The pages hold the ids up to the n-th. */
  void reach(long ids) {
    storedIds = ids;
  }

  /** Adds the pages that have changed since; null stands for one that is gone. */
  void write(IdWindow window, Map<String, byte[]> changed) {
    if (window.folded() > storedIds) {
      window
          .pagesFrom(storedIds)
          .forEach(
              (number, page) -> {
                changed.put(prefix + number, StateParts.json(json -> page(page, json)));
                stored.add(number);
              });
      storedIds = window.folded();
    }
    while (!stored.isEmpty() && stored.first() < window.firstPage()) {
      changed.put(prefix + stored.pollFirst(), null);
    }
  }

  private static void page(IdWindow.Page page, JsonWriter json) {
    json.beginObject().name("first").value(page.first()).name("ids").beginArray();
    for (IdWindow.Seen seen : page.ids()) {
      json.beginArray().value(seen.id()).value(HexFormat.of().toHexDigits(seen.content()));
      json.value(seen.source()).value(seen.partition()).value(seen.offset());
      // The record's sub, which earlier builds read and do not compare.
      json.value(0).value(seen.atUs()).endArray();
    }
    json.endArray().endObject();
  }

  /** The stored pages of an id window, in the order of their numbers. */
  Collection<IdWindow.Page> read(Map<String, byte[]> parts) throws UnreadableException {
    Map<Long, IdWindow.Page> pages = new TreeMap<>();
    for (var part : parts.entrySet()) {
      if (part.getKey().startsWith(prefix)) {
        long number = Long.parseLong(part.getKey().substring(prefix.length()));
        ObjectNode page = StrictJson.trusted(part.getValue());
        List<IdWindow.Seen> ids = new ArrayList<>();
        for (JsonNode seen : page.required("ids")) {
          ids.add(seen(seen));
        }
        pages.put(number, new IdWindow.Page(new Fields(page).whole("first"), ids));
        stored.add(number);
      }
    }
    return pages.values();
  }

  private static IdWindow.Seen seen(JsonNode node) {
    String content = node.get(1).textValue();
    return new IdWindow.Seen(
        node.get(0).textValue(),
        content.isEmpty() ? 0 : HexFormat.fromHexDigitsToLong(content, 0, 16),
        node.get(2).textValue(),
        node.get(3).intValue(),
        node.get(4).longValue(),
        node.get(6).longValue());
  }
}
