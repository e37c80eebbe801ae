package io.sluice.benchmarks;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.config.Configuration;
import io.sluice.domain.config.Execution;
import io.sluice.domain.json.StrictJson;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.market.bar.BarInterval;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * The configuration of all measurements: three instruments, two risk groups of four accounts on two
 * desks each, cash and margin, limits at every kind of scope. The breakers are set, and so wide
 * that none trips.
 */
public final class DeskConfiguration {
  private static final String RESOURCE = "desk.json";
  private static final String LARGE_LIMITS = "large-desk-limits.json";
  private static final int LARGE_ACCOUNTS = 100;
  private static final List<String> LARGE_ASSETS =
      List.of(
          "BTC", "ETH", "SOL", "ADA", "XRP", "DOT", "LTC", "LINK", "AVAX", "ATOM", "UNI", "NEAR",
          "APT", "ARB", "OP", "FIL", "ETC", "XLM", "TRX", "SUI");

  private DeskConfiguration() {}

  /** As it is: executed on paper. */
  public static Configuration paper() {
    return Configuration.parse(RESOURCE, tree());
  }

  /**
   * The same with everything that the front can make of the market: features at all intervals,
   * fitted volatility, regimes, anomalies, and a model that scores seconds and trades.
   *
   * @param bundle the model's folder
   */
  public static Configuration everything(String bundle) {
    ObjectNode tree = tree();
    ArrayNode intervals = tree.putObject("features").putArray("intervals");
    for (BarInterval interval : BarInterval.values()) {
      intervals.add(interval.code());
    }
    tree.putObject("volatility").put("method", "garch");
    tree.putObject("regimes");
    tree.putObject("anomalies");
    ObjectNode model = tree.putArray("models").addObject().put("name", "direction");
    model.put("bundle", bundle).put("interval", BarInterval.SECOND.code());
    model.put("account", tree.path("accounts").path(0).path("id").textValue());
    return Configuration.parse(RESOURCE, tree);
  }

  /** The same with fills and order statuses that come in from outside. */
  public static Configuration external() {
    ObjectNode tree = tree();
    tree.withObject("/execution").put("mode", Execution.Mode.EXTERNAL.name().toLowerCase());
    return Configuration.parse(RESOURCE, tree);
  }

  /**
   * One risk group of a hundred accounts, twenty instruments, and for each order fifty limits in
   * force: nearly every rule has one, some at several scopes.
   */
  static Configuration large() {
    ObjectNode tree = tree();
    ObjectNode limits = resource(LARGE_LIMITS);
    ArrayNode known = (ArrayNode) tree.get("instruments");
    ArrayNode instruments = tree.arrayNode();
    for (int i = 0; i < LARGE_ASSETS.size(); i++) {
      String asset = LARGE_ASSETS.get(i);
      ObjectNode instrument = known.get(i % known.size()).deepCopy();
      instruments.add(instrument.put("id", "BINANCE:" + asset + "USDT").put("base", asset));
    }
    tree.set("instruments", instruments);
    ArrayNode accounts = tree.putArray("accounts");
    for (int i = 0; i < LARGE_ACCOUNTS; i++) {
      ObjectNode account = accounts.addObject().put("id", "account-" + i).put("group", "firm");
      account.put("desk", i % 2 == 0 ? "alpha" : "beta").put("profile", "standard");
      account.put("currency", "USDT").put("cash", "10000000");
      if (i / 2 % 2 == 0) {
        account.put("kind", "cash");
      } else {
        account.put("kind", "margin").put("leverage", "3").put("maintenance_margin", "0.05");
      }
    }
    tree.withObject("/execution").put("mode", "external");
    tree.withObject("/profiles").set("standard", limits.get("profile"));
    tree.set("limits", limits.get("limits"));
    return Configuration.parse(LARGE_LIMITS, tree);
  }

  /** As JSON, to be changed. */
  public static ObjectNode tree() {
    return resource(RESOURCE);
  }

  private static ObjectNode resource(String name) {
    try (InputStream in = DeskConfiguration.class.getResourceAsStream(name)) {
      return StrictJson.trusted(in.readAllBytes());
    } catch (IOException | UnreadableException e) {
      throw new IllegalStateException("the packaged configuration reads", e);
    }
  }
}
