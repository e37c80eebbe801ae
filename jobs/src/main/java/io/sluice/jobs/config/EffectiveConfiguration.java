package io.sluice.jobs.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.config.Configuration;
import io.sluice.domain.config.Section;
import io.sluice.domain.json.Durations;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.StrictJson;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.jobs.archive.ArchiveSettings;
import io.sluice.jobs.kafka.KafkaSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Every value that is in force, with where it comes from. Secrets are not among them: only the
 * references to them are.
 */
public record EffectiveConfiguration(List<Value> values) {
  private static final Pattern LIMIT =
      Pattern.compile("(?:(?:shadow_)?limits\\[[^]]+]|profiles\\.[^.]+)\\.([a-z_]+)");

  /**
   * A value.
   *
   * @param path such as {@code limits[firm].max_qty}
   * @param source {@code default}, {@code file:line}, {@code variable NAME}, {@code packaged
   *     profile NAME} or {@code command ID ...}
   */
  public record Value(String path, String value, String source) {
    public static final String DEFAULT = "default";

    public boolean isDefault() {
      return source.equals(DEFAULT);
    }
  }

  public EffectiveConfiguration {
    values = List.copyOf(values);
  }

  /**
   * Of a file, with the environment over it.
   *
   * @throws io.sluice.domain.config.ConfigurationException where it is not valid
   */
  public static EffectiveConfiguration of(Path file, Map<String, String> environment)
      throws IOException {
    String name = file.getFileName().toString();
    byte[] yaml = Files.readAllBytes(file);
    EnvironmentOverrides variables = EnvironmentOverrides.of(environment);
    JsonNode tree = ConfigurationFile.tree(name, yaml);
    JsonNode whole = variables.addedTo(name, tree);
    Map<String, String> places = new HashMap<>();
    ConfigurationTree.walk(tree, (path, place, node) -> places.put(path, place));
    YamlLines lines = YamlLines.of(yaml);
    List<Value> values = new ArrayList<>();
    ConfigurationTree.walk(
        inForce(name, whole),
        (path, place, node) -> {
          if (!ConfigurationTree.isLeaf(node)) {
            return;
          }
          String variable = variables.variableOf(path);
          Integer line = places.containsKey(path) ? lines.of(places.get(path)) : null;
          String source =
              line != null
                  ? name + ":" + line
                  : variable != null ? "variable " + variable : otherwise(path, places);
          values.add(new Value(path, ConfigurationTree.text(node), source));
          addConsequence(path, values);
        });
    return new EffectiveConfiguration(values);
  }

  /** Only a packaged profile has what no file says and is no default. */
  private static String otherwise(String path, Map<String, String> places) {
    String[] steps = path.split("\\.");
    boolean isPackaged =
        steps.length > 2
            && steps[0].equals("profiles")
            && !places.containsKey("profiles." + steps[1])
            && !path.endsWith(".flash_crash");
    return isPackaged ? "packaged profile " + steps[1] : Value.DEFAULT;
  }

  /** What a breaker does, and what ends that, where it is written in its short form. */
  private static void addConsequence(String path, List<Value> values) {
    Matcher limit = LIMIT.matcher(path);
    LimitKey key = limit.matches() ? LimitKey.of(limit.group(1)) : null;
    if (key != null && key.isBreaker()) {
      String then = key.defaultConsequence().name().toLowerCase(Locale.ROOT);
      values.add(new Value(path + ".then", then, Value.DEFAULT));
      values.add(new Value(path + ".release", key.defaultRelease().toString(), Value.DEFAULT));
    }
  }

  private static ObjectNode inForce(String name, JsonNode whole) {
    JsonWriter canonical = new JsonWriter();
    Configuration.parse(name, ConfigurationFile.riskPart(whole)).write(canonical);
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    Section root = Section.root(name, whole);
    if (root.has(ConfigurationFile.KAFKA)) {
      write(
          KafkaSettings.parse(root.section(ConfigurationFile.KAFKA)),
          all.putObject(ConfigurationFile.KAFKA));
    }
    if (root.has(ConfigurationFile.CLICKHOUSE)) {
      write(
          ArchiveSettings.parse(root.section(ConfigurationFile.CLICKHOUSE)),
          all.putObject(ConfigurationFile.CLICKHOUSE));
    }
    try {
      ObjectNode risk = (ObjectNode) StrictJson.trusted(canonical.toBytes());
      UnwrittenDefaults.addTo(risk);
      return all.setAll(risk);
    } catch (UnreadableException e) {
      throw new IllegalStateException("the canonical form reads", e);
    }
  }

  private static void write(KafkaSettings kafka, ObjectNode into) {
    into.put("bootstrap", kafka.bootstrap());
    into.put("topic_prefix", kafka.topicPrefix());
    into.put("group", kafka.group());
    kafka.properties().forEach(into.putObject("properties")::put);
  }

  private static void write(ArchiveSettings archive, ObjectNode into) {
    into.put("url", archive.server().url());
    into.put("database", archive.server().database());
    into.put("user", archive.server().properties().get("user"));
    into.put("password_file", archive.passwordFile());
    into.put("market", archive.isMarketArchived());
    into.put("batch_rows", archive.batchRows());
    into.put("batch_interval", Durations.print(archive.batchMs() * 1_000));
    ObjectNode properties = into.putObject("properties");
    archive.server().properties().forEach(properties::put);
    properties.remove("user");
  }

  /** The same with what commands have put in the place of configuration, or set beside it. */
  public EffectiveConfiguration under(StandingCommands commands) {
    List<Value> changed = new ArrayList<>(values);
    commands
        .values()
        .forEach(
            (path, set) -> {
              int at = changed.size();
              for (int i = changed.size() - 1; i >= 0; i--) {
                String known = changed.get(i).path();
                if (known.equals(path)
                    || known.startsWith(path + ".")
                    || known.startsWith(path + "[")) {
                  changed.remove(i);
                  at = i;
                }
              }
              changed.addAll(at, set);
            });
    return new EffectiveConfiguration(changed);
  }
}
