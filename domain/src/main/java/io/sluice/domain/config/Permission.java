package io.sluice.domain.config;

import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.wire.OrderType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What an account, or one of its strategies, may trade.
 *
 * @param account its id, or {@code *} for every account
 * @param strategy its name, or null for every strategy
 * @param instruments ids, {@code VENUE:*} for all of a venue; empty for all
 * @param orderTypes empty for all
 */
public record Permission(
    String account, String strategy, List<String> instruments, Set<OrderType> orderTypes) {
  private static final String ANY = "*";

  public Permission {
    instruments = List.copyOf(instruments);
    orderTypes =
        orderTypes.isEmpty()
            ? Set.of()
            : java.util.Collections.unmodifiableSet(EnumSet.copyOf(orderTypes));
  }

  static List<Permission> parse(Section root) {
    List<Permission> permissions = new ArrayList<>();
    root.each("permissions", section -> permissions.add(read(section)));
    return permissions;
  }

  private static Permission read(Section section) {
    section.allow("account", "strategy", "instruments", "order_types");
    Set<OrderType> types = EnumSet.noneOf(OrderType.class);
    for (String type : section.texts("order_types")) {
      types.add(orderType(section, type));
    }
    return new Permission(
        section.text("account"),
        section.text("strategy", null),
        section.texts("instruments"),
        types);
  }

  private static OrderType orderType(Section section, String name) {
    for (OrderType type : OrderType.values()) {
      if (type.name().equalsIgnoreCase(name)) {
        return type;
      }
    }
    throw section.wrong("order_types", "a list of market and limit");
  }

  /** Whether it permits an order. */
  public boolean covers(String byAccount, String byStrategy, Instrument in, OrderType type) {
    return (account.equals(ANY) || account.equals(byAccount))
        && (strategy == null || strategy.equals(byStrategy))
        && (orderTypes.isEmpty() || orderTypes.contains(type))
        && (instruments.isEmpty()
            || instruments.contains(in.id())
            || instruments.contains(in.venue() + ":" + ANY));
  }

  static void write(List<Permission> permissions, JsonWriter json) {
    json.beginArray();
    for (Permission permission : permissions) {
      json.beginObject().name("account").value(permission.account);
      if (permission.strategy != null) {
        json.name("strategy").value(permission.strategy);
      }
      json.name("instruments").beginArray();
      permission.instruments.forEach(json::value);
      json.endArray().name("order_types").beginArray();
      permission.orderTypes.forEach(type -> json.value(type.name().toLowerCase(Locale.ROOT)));
      json.endArray().endObject();
    }
    json.endArray();
  }
}
