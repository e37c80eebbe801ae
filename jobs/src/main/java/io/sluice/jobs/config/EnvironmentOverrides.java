package io.sluice.jobs.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.config.ConfigurationException;
import io.sluice.domain.config.Fault;
import io.sluice.domain.json.Decimals;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Configuration from environment variables: {@code SLUICE_} or {@code ADAPTIVE_RISK_} and the path
 * of a key that holds a single value, in upper case with underscores, so that {@code
 * SLUICE_EXECUTION_LATENCY_MS} is {@code execution.latency_ms}.
 */
final class EnvironmentOverrides {
  private static final List<String> PREFIXES = List.of("SLUICE_", "ADAPTIVE_RISK_");

  /** What the launcher and the command line read themselves. */
  private static final Set<String> NOT_CONFIGURATION =
      Set.of("SLUICE_HEAP", "SLUICE_JAVA_OPTS", "SLUICE_DEBUG", "SLUICE_CLICKHOUSE_PASSWORD");

  private static final List<String> PATHS =
      List.of(
          "clock",
          "id_window",
          "fill_window",
          "max_clock_skew_ms",
          "valid_for_ms",
          "max_source_silence",
          "market_worst_case",
          "adaptive",
          "control.authority",
          "execution.mode",
          "execution.latency_ms",
          "execution.slippage",
          "execution.fee",
          "kafka.bootstrap",
          "kafka.topic_prefix",
          "kafka.group",
          "clickhouse.url",
          "clickhouse.database",
          "clickhouse.user",
          "clickhouse.password_file");

  /** Names that users of earlier systems know a key by. */
  private static final Map<String, String> OTHER_NAMES =
      Map.of("ADAPTIVE_RISK_ENABLED", "adaptive");

  /** What can be read as a whole number is one, as in YAML; whether it should be is for the key. */
  private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");

  /** A variable that sets a key. */
  private record Setting(String variable, String value) {
    JsonNode node(String path) {
      return path.endsWith("_ms") && WHOLE.matcher(value).matches()
          ? JsonNodeFactory.instance.numberNode(Long.parseLong(value))
          : JsonNodeFactory.instance.textNode(value);
    }
  }

  private final Map<String, Setting> byPath;

  private EnvironmentOverrides(Map<String, Setting> byPath) {
    this.byPath = byPath;
  }

  /**
   * @throws ConfigurationException where a variable with one of the prefixes names no key, or two
   *     give one key different values
   */
  static EnvironmentOverrides of(Map<String, String> environment) {
    return of(
        environment,
        wrong -> {
          throw wrong;
        });
  }

  /** The same, where what is wrong is said of one variable after the other. */
  static EnvironmentOverrides of(
      Map<String, String> environment, Consumer<ConfigurationException> wrong) {
    Map<String, Setting> byPath = new TreeMap<>();
    for (var variable : new TreeMap<>(environment).entrySet()) {
      String name = variable.getKey();
      String prefix = PREFIXES.stream().filter(name::startsWith).findFirst().orElse(null);
      if (prefix == null || NOT_CONFIGURATION.contains(name)) {
        continue;
      }
      if (!names(name, prefix) && ServiceLinks.isOne(name, variable.getValue())) {
        continue;
      }
      String path = path(name, prefix);
      if (path == null) {
        wrong.accept(unknown(name, prefix));
        continue;
      }
      Setting setting = new Setting(name, variable.getValue());
      Setting other = byPath.put(path, setting);
      if (other != null && isOther(other.value(), setting.value())) {
        wrong.accept(contradiction(path, setting, other.variable(), other.value()));
      }
    }
    return new EnvironmentOverrides(byPath);
  }

  /** What is set, by variable. */
  Map<String, String> values() {
    Map<String, String> values = new TreeMap<>();
    byPath.values().forEach(setting -> values.put(setting.variable(), setting.value()));
    return values;
  }

  private static boolean names(String variable, String prefix) {
    return PATHS.stream().anyMatch(path -> variable.equals(prefix + suffix(path)));
  }

  /** The key that a variable names, or null. */
  private static String path(String variable, String prefix) {
    if (OTHER_NAMES.containsKey(variable)) {
      return OTHER_NAMES.get(variable);
    }
    for (String path : PATHS) {
      if (variable.equals(prefix + suffix(path))) {
        return path;
      }
    }
    return null;
  }

  /** Its value is not shown: it may be a secret. */
  private static ConfigurationException unknown(String variable, String prefix) {
    String expected =
        prefix + " followed by one of " + PATHS.stream().map(EnvironmentOverrides::suffix).toList();
    String remedy = "unset it, or correct its name";
    return new ConfigurationException(
        new Fault(
            "the environment",
            variable,
            null,
            expected,
            remedy,
            variable
                + " in the environment is no key of the configuration, expected "
                + expected
                + "; "
                + remedy));
  }

  private static String suffix(String path) {
    return path.replace('.', '_').toUpperCase(Locale.ROOT);
  }

  /** The names of all variables there can be, with the first of the prefixes. */
  static List<String> variables() {
    return PATHS.stream().map(path -> PREFIXES.get(0) + suffix(path)).toList();
  }

  /** The keys that variables can set. */
  static List<String> paths() {
    return PATHS;
  }

  /**
   * The configuration with what the environment adds.
   *
   * @param source where the configuration comes from
   * @throws ConfigurationException where both set a key, to different values
   */
  JsonNode addedTo(String source, JsonNode tree) {
    contradictions(source, tree)
        .forEach(
            wrong -> {
              throw wrong;
            });
    return over(tree);
  }

  /** The keys that the configuration and the environment set to different values. */
  List<ConfigurationException> contradictions(String source, JsonNode tree) {
    List<ConfigurationException> contradictions = new ArrayList<>();
    byPath.forEach(
        (path, setting) -> {
          JsonNode given = tree.at("/" + path.replace('.', '/'));
          if (given.isValueNode() && !given.isNull() && isOther(given.asText(), setting.value())) {
            contradictions.add(contradiction(path, setting, source, given.asText()));
          }
        });
    return contradictions;
  }

  /** The variable that sets a key, or null. */
  String variableOf(String path) {
    Setting setting = byPath.get(path);
    return setting == null ? null : setting.variable();
  }

  /** The configuration with what the environment says in place of what it says itself. */
  JsonNode over(JsonNode tree) {
    if (!(tree instanceof ObjectNode) || byPath.isEmpty()) {
      return tree;
    }
    ObjectNode changed = tree.deepCopy();
    byPath.forEach((path, setting) -> set(changed, path, setting.node(path)));
    return changed;
  }

  private static void set(ObjectNode root, String path, JsonNode value) {
    int dot = path.indexOf('.');
    if (dot < 0) {
      root.set(path, value);
      return;
    }
    String section = path.substring(0, dot);
    if (root.path(section).isObject() || !root.hasNonNull(section)) {
      root.withObjectProperty(section).set(path.substring(dot + 1), value);
    }
    // Else the section is no mapping, which is said when it is read.
  }

  /** What errors are to name as the source: the file and the variables beside it. */
  String describe(String source) {
    if (byPath.isEmpty()) {
      return source;
    }
    List<String> variables = byPath.values().stream().map(Setting::variable).toList();
    return source + " with " + String.join(", ", variables) + " of the environment";
  }

  private static boolean isOther(String one, String another) {
    BigDecimal number = Decimals.parse(one);
    BigDecimal other = Decimals.parse(another);
    return number == null || other == null ? !one.equals(another) : number.compareTo(other) != 0;
  }

  private static ConfigurationException contradiction(
      String path, Setting setting, String otherSource, String otherValue) {
    String remedy = "unset the variable, or take the key out";
    String both =
        otherValue + " in " + otherSource + " and " + setting.value() + " in " + setting.variable();
    return new ConfigurationException(
        new Fault(
            otherSource,
            path,
            both,
            "one value",
            remedy,
            path + " is " + both + ", expected one value: " + remedy));
  }
}
