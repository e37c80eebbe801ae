package io.sluice.domain.flow;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.domain.json.JsonWriter;
import java.math.BigDecimal;

/** Where a price stood over a window of gate time: the first that came in each slot. */
final class PricePath extends Slotted {
  private final BigDecimal[] first = new BigDecimal[SLOTS];

  PricePath(long windowUs) {
    super(windowUs);
  }

  void see(BigDecimal price, long nowUs) {
    int place = turnTo(nowUs);
    if (first[place] == null) {
      first[place] = price;
    }
  }

  /** The first price of the window that ends at a time, or null where none came in it. */
  BigDecimal atStart(long nowUs) {
    long oldest = oldest(nowUs);
    int place = place(oldest);
    for (long slot = oldest; slot <= newest(); slot++) {
      if (first[place] != null) {
        return first[place];
      }
      place = after(place);
    }
    return null;
  }

  /** The same for another window, which begins now with the price at the start of this one. */
  PricePath resized(long otherWindowUs, long nowUs) {
    PricePath resized = new PricePath(otherWindowUs);
    resized.see(atStart(nowUs), nowUs);
    return resized;
  }

  @Override
  void clear(int place) {
    first[place] = null;
  }

  @Override
  void write(int place, JsonWriter json) {
    json.value(first[place]);
  }

  static PricePath read(JsonNode stored) {
    PricePath read = new PricePath(stored.required("window_us").longValue());
    long newest = stored.required("newest").longValue();
    read.restoreNewest(newest);
    for (int i = 0; i < SLOTS; i++) {
      JsonNode price = stored.required("slots").path(i);
      read.first[place(newest - SLOTS + 1 + i)] =
          price.isTextual() ? new BigDecimal(price.textValue()) : null;
    }
    return read;
  }
}
