package io.sluice.domain.group;

import io.sluice.domain.account.AccountBook;
import io.sluice.domain.account.BookCodec;
import io.sluice.domain.account.Order;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.StrictJson;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.wire.Fields;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A group's state in parts, each a small JSON object under a name, so that a checkpoint writes only
 * what has changed: {@code head}, {@code control}, {@code sums}, {@code config}, {@code
 * book:ACCOUNT}, {@code order:ACCOUNT, INTENT}, the same for an account's twin, {@code
 * mark:INSTRUMENT}, {@code ids:PAGE}, {@code fills:PAGE}, {@code high:SOURCE}, {@code command:ID},
 * {@code flow:WHAT}, {@code user-rules} and {@code correlation:PAIR}. JSON, so that fields can be
 * added from one version to the next and a state can be read by people.
 */
public final class StateParts {
  /** The newest form of the parts that this build reads, and the one that it writes. */
  public static final int VERSION = 1;

  /**
   * The version of stored parts, which may be one that this build does not read.
   *
   * @throws UnreadableException where they have none
   */
  public static long versionOf(Map<String, byte[]> parts) throws UnreadableException {
    return new Fields(StrictJson.trusted(parts.get(HEAD))).whole("version");
  }

  static final String HEAD = "head";
  static final String CONTROL = "control";
  static final String SUMS = "sums";
  static final String CONFIG = "config";
  static final String BOOK = "book:";
  static final String ORDER = "order:";
  static final String TWIN = "twin:";
  static final String TWIN_ORDER = "twin-order:";
  static final String MARK = "mark:";
  static final String IDS = "ids:";
  static final String FILLS = "fills:";
  static final String HIGH = "high:";
  static final String COMMAND = "command:";
  static final String FLOW = "flow:";
  static final String USER_RULES = "user-rules";
  static final String CORRELATION = "correlation:";

  private final IdPages ids = new IdPages(IDS);
  private final IdPages fills = new IdPages(FILLS);
  private String storedConfiguration = "";

  /**
   * The parts that have changed since the last call; null stands for a part that is gone. All of
   * them the first time.
   */
  public Map<String, byte[]> takeChanged(GroupState state) {
    Map<String, byte[]> changed = new TreeMap<>();
    changed.put(HEAD, json(json -> HeadCodec.write(state, json)));
    changed.put(CONTROL, json(json -> control(state, json)));
    changed.put(SUMS, json(json -> SumsCodec.write(state, json)));
    if (state.isConfigured() && !storedConfiguration.equals(state.configurationHash)) {
      changed.put(CONFIG, json(state.configuration::write));
      storedConfiguration = state.configurationHash;
      state.books.keySet().forEach(state::touch);
      state.books.values().forEach(book -> book.orders().touchAll());
      state.twins.all().keySet().forEach(state.twins::touch);
      state.twins.all().values().forEach(twin -> twin.book().orders().touchAll());
    }
    for (String account : state.takeTouched()) {
      if (state.books.containsKey(account)) {
        changed.put(BOOK + account, json(json -> BookCodec.write(state.books.get(account), json)));
      }
    }
    state.books.values().forEach(book -> orders(book, ORDER, changed));
    twins(state, changed);
    for (String instrument : state.marks.takeTouched()) {
      changed.put(MARK + instrument, state.marks.get(instrument).toJson());
    }
    ids.write(state.ids, changed);
    fills.write(state.fills, changed);
    identities(state, changed);
    state.flow.takeChanged().forEach((name, part) -> changed.put(FLOW + name, part));
    for (String pair : state.correlations.takeTouched()) {
      changed.put(CORRELATION + pair, state.correlations.all().get(pair).toJson());
    }
    if (state.userRuleLayers.takeChanged()) {
      changed.put(USER_RULES, json(json -> UserRulesCodec.write(state, json)));
    }
    return changed;
  }

  /** One by one: an account has answered many orders, and few of them change any more. */
  private static void orders(AccountBook book, String prefix, Map<String, byte[]> changed) {
    for (String intentId : book.orders().takeTouched()) {
      Order order = book.orders().get(intentId);
      changed.put(
          orderPart(prefix, book.account().id(), intentId),
          order == null ? null : json(json -> BookCodec.write(order, json)));
    }
  }

  /** The account's length tells where it ends, whatever is in it. */
  private static String orderPart(String prefix, String account, String intentId) {
    return prefix + account.length() + ":" + account + ":" + intentId;
  }

  /** The account of a part that holds an order. */
  static String accountOfOrder(String prefix, String part) {
    int colon = part.indexOf(':', prefix.length());
    int length = Integer.parseInt(part.substring(prefix.length(), colon));
    return part.substring(colon + 1, colon + 1 + length);
  }

  private static void twins(GroupState state, Map<String, byte[]> changed) {
    for (String account : state.twins.takeTouched()) {
      Twin twin = state.twins.all().get(account);
      changed.put(TWIN + account, json(json -> TwinCodec.write(twin, json)));
    }
    state.twins.all().values().forEach(twin -> orders(twin.book(), TWIN_ORDER, changed));
  }

  /** What was restored is stored already. */
  void restored(GroupState state) {
    storedConfiguration = state.configurationHash == null ? "" : state.configurationHash;
    state.takeTouched();
    state.marks.takeTouched();
    state.twins.takeTouched();
    state.highWater.takeTouched();
    state.commands.takeTouched();
    state.flow.takeChanged();
    state.userRuleLayers.takeChanged();
    state.correlations.takeTouched();
  }

  IdPages ids() {
    return ids;
  }

  IdPages fills() {
    return fills;
  }

  private static void identities(GroupState state, Map<String, byte[]> changed) {
    for (String key : state.highWater.takeTouched()) {
      long offset = state.highWater.marks().get(key);
      changed.put(
          HIGH + key, json(json -> json.beginObject().name("offset").value(offset).endObject()));
    }
    for (String key : state.commands.takeTouched()) {
      String content = state.commands.contents().get(key);
      changed.put(
          COMMAND + key,
          json(json -> json.beginObject().name("content").value(content).endObject()));
    }
  }

  private static void control(GroupState state, JsonWriter json) {
    json.beginObject();
    StandingCommandsCodec.write(state, json);
    ConsequencesCodec.write(state, json);
    json.endObject();
  }

  static byte[] json(Consumer<JsonWriter> write) {
    JsonWriter json = new JsonWriter();
    write.accept(json);
    return json.toBytes();
  }
}
