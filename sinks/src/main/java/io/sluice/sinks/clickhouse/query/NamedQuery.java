package io.sluice.sinks.clickhouse.query;

import io.sluice.sinks.clickhouse.ClickHouseException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A question to the archive that has a name.
 *
 * @param title in a few words
 * @param answers what it answers, a few sentences
 * @param parameters in the order in which they are explained
 * @param columns of the answer, in order, with what each of them means
 * @param sql one SELECT with ClickHouse's own parameters, {@code {name:Type}}
 */
public record NamedQuery(
    String name,
    String title,
    String answers,
    List<QueryParameter> parameters,
    Map<String, String> columns,
    String sql) {
  private static final List<String> NAMES =
      List.of(
          "decision",
          "trade-audit",
          "rejections",
          "headroom",
          "different-limit",
          "different-limit-orders",
          "performance",
          "open-positions",
          "crash-timeline",
          "decision-latency",
          "data-quality");

  /** All of them, in the order in which they are listed. */
  public static List<NamedQuery> all() {
    return NAMES.stream().map(NamedQuery::read).toList();
  }

  /**
   * @throws ClickHouseException when there is none of that name, naming those that there are
   */
  public static NamedQuery named(String name) {
    if (!NAMES.contains(name)) {
      throw new ClickHouseException(
          "query is " + name + ", expected one of " + String.join(", ", NAMES));
    }
    return read(name);
  }

  private static NamedQuery read(String name) {
    return QueryFile.parse(name, file(name));
  }

  /** A query as it is written down, or a part that queries have in common. */
  static String file(String name) {
    String file = name + ".sql";
    try (InputStream stream = NamedQuery.class.getResourceAsStream(file)) {
      if (stream == null) {
        throw new IllegalStateException(file + " is missing beside " + NamedQuery.class.getName());
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The values of all parameters as ClickHouse reads them, null for NULL.
   *
   * @param given values by parameter, as people write them
   * @throws ClickHouseException naming the parameter, the value and what was expected
   */
  public Map<String, String> values(Map<String, String> given) {
    List<String> known = parameters.stream().map(QueryParameter::name).toList();
    for (Map.Entry<String, String> entry : given.entrySet()) {
      if (!known.contains(entry.getKey())) {
        throw new ClickHouseException(
            "parameter "
                + entry.getKey()
                + " is "
                + entry.getValue()
                + ", but "
                + name
                + " has none of that name, expected one of "
                + String.join(", ", known));
      }
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (QueryParameter parameter : parameters) {
      values.put(parameter.name(), parameter.read(given.get(parameter.name())));
    }
    return values;
  }

  /** How it is asked on the command line, with the parameters that have to be given. */
  public String example() {
    return "./sluice sql --query "
        + name
        + parameters.stream()
            .filter(QueryParameter::isRequired)
            .map(parameter -> " --param " + parameter.name() + "=" + parameter.example())
            .collect(Collectors.joining());
  }
}
