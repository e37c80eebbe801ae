package io.sluice.domain.group;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.account.Order;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.StrictJson;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.wire.OrderStatus;
import io.sluice.domain.wire.PaperTick;
import io.sluice.domain.wire.Side;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Orders are stored one by one, so that a checkpoint is as long as what has changed. */
class StoredOrdersTest {
  private static final long MINUTE = GroupUnderTest.MINUTE;
  private static final long HOUR = 60 * MINUTE;
  private static final int ORDERS = 50;

  private final GroupUnderTest group = GroupUnderTest.setup().start();
  private final StateParts parts = new StateParts();

  @BeforeEach
  void ordersThatHaveEnded() {
    group.trade(GroupUnderTest.BTC, "100");
    for (int i = 0; i < ORDERS; i++) {
      filled("o-" + i);
    }
  }

  private void filled(String id) {
    group.buy("0.01").id(id).send();
    group.fill(id, Side.BUY, "0.01", "100");
    group.status(id, OrderStatus.Status.DONE, "0.01");
  }

  private static List<String> known(GroupState state) {
    return state.books().get("demo").orders().all().stream().map(Order::intentId).toList();
  }

  @Test
  void onlyOrdersThatHaveChangedAreWrittenAgain() {
    assertThat(orders(parts.takeChanged(group.state()))).hasSize(ORDERS);
    group.buy("0.01").id("one-more").send();
    assertThat(orders(parts.takeChanged(group.state())))
        .singleElement()
        .asString()
        .endsWith(":one-more");
  }

  @Test
  void ordersThatAreForgottenAreTakenOut() {
    parts.takeChanged(group.state());
    group.clock(HOUR);
    Map<String, byte[]> changed = parts.takeChanged(group.state());
    assertThat(orders(changed)).hasSize(ORDERS);
    assertThat(orders(changed)).allSatisfy(part -> assertThat(changed.get(part)).isNull());
  }

  @Test
  void anOrderIsForgottenWhenItsOwnTimeHasComeAndSoItIsAfterARestore() {
    group.clock(5 * MINUTE);
    filled("later");
    group.clock(4 * MINUTE);
    assertThat(known(group.state())).hasSize(ORDERS + 1);

    Map<String, byte[]> stored = new StateParts().takeChanged(group.state());
    GroupState restored = StateReader.read("firm", stored, new StateParts());
    for (GroupState state : List.of(group.state(), restored)) {
      state.gateTimeUs += 3 * MINUTE;
      ClockFold.forgetEndedOrders(state);
      assertThat(known(state)).containsExactly("later");
    }
  }

  @Test
  void anOrderThatAVenueSpeaksOfAgainIsKnownForAsLongAgain() {
    group.clock(9 * MINUTE);
    group.status("o-7", OrderStatus.Status.DONE, "0.01");
    group.clock(5 * MINUTE);
    assertThat(known(group.state())).containsExactly("o-7");
    group.clock(6 * MINUTE);
    assertThat(known(group.state())).isEmpty();
  }

  @Test
  void onPaperNobodySpeaksOfAnOrderThatHasEnded() {
    GroupUnderTest paper = GroupUnderTest.setup().paper().start();
    paper.trade(GroupUnderTest.BTC, "100");
    paper.buy("0.01").id("filled").send();
    paper.tick("filled", PaperTick.Status.FILLED, "100");
    paper.buy("0.01").id("working").send();
    paper.clock(10 * GroupUnderTest.SECOND);
    assertThat(known(paper.state())).containsExactly("working");
  }

  @Test
  void ordersThatAnEarlierBuildStoredWithTheirAccountMoveOut() throws UnreadableException {
    Map<String, byte[]> stored = parts.takeChanged(group.state());
    StateParts tracking = new StateParts();
    GroupState restored = StateReader.read("firm", asEarlier(stored), tracking);
    Map<String, byte[]> moved = tracking.takeChanged(restored);
    assertThat(orders(moved)).hasSize(ORDERS).isEqualTo(orders(stored));
    assertThat(orders(moved))
        .allSatisfy(part -> assertThat(moved.get(part)).isEqualTo(stored.get(part)));
  }

  private static Map<String, byte[]> asEarlier(Map<String, byte[]> stored)
      throws UnreadableException {
    Map<String, byte[]> earlier = new TreeMap<>(stored);
    ObjectNode book = StrictJson.trusted(earlier.get("book:demo"));
    ArrayNode orders = book.putArray("orders");
    for (String part : orders(stored)) {
      orders.add(StrictJson.trusted(earlier.remove(part)));
    }
    earlier.put("book:demo", new JsonWriter().tree(book).toBytes());
    return earlier;
  }

  private static List<String> orders(Map<String, byte[]> changed) {
    return changed.keySet().stream().filter(part -> part.startsWith("order:")).toList();
  }
}
