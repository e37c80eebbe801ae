package io.sluice.domain.group;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.account.AccountBook;
import io.sluice.domain.account.BookCodec;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.wire.Fields;

/**
 * An account's ungated twin, as the part {@code twin:ACCOUNT}; its orders are parts of their own.
 */
final class TwinCodec {
  private TwinCodec() {}

  static void write(Twin twin, JsonWriter json) {
    json.beginObject().name("book");
    BookCodec.write(twin.book(), json);
    json.name("peak").value(twin.peak());
    json.name("deepest_drawdown").value(twin.deepestDrawdown());
    json.name("round_trips").value(twin.roundTrips().ended());
    json.name("won").value(twin.roundTrips().won());
    json.name("gated_round_trips").value(twin.gated().ended());
    json.name("gated_won").value(twin.gated().won()).endObject();
  }

  /**
   * @param book an empty one of the twin's account
   */
  static Twin read(ObjectNode stored, AccountBook book) throws UnreadableException {
    Fields fields = new Fields(stored);
    BookCodec.read((ObjectNode) stored.get("book"), book);
    Twin twin = new Twin(book);
    twin.restore(
        fields.amount("peak"),
        fields.amount("deepest_drawdown"),
        new RoundTrips(fields.whole("round_trips"), fields.whole("won")),
        new RoundTrips(fields.whole("gated_round_trips"), fields.whole("gated_won")));
    return twin;
  }
}
