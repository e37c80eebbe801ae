package io.sluice.sinks.clickhouse;

import io.sluice.domain.json.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One step of the schema's history, forward and back. Every statement may be run again, because
 * ClickHouse has no transactions: a migration that was interrupted is simply run once more.
 *
 * @param version counts from 1
 * @param name what it brings
 * @param up statements that bring the schema to this version
 * @param down statements that bring it back to the version before
 * @param schema what the schema is at this version
 * @param checksum of the statements that go up
 */
public record Migration(
    int version, String name, List<String> up, List<String> down, Schema schema, String checksum) {
  private static final List<String> NAMES =
      List.of(
          "inputs",
          "decisions",
          "minutes",
          "books",
          "shadow",
          "market",
          "parameters",
          "multipliers");

  /** All of them, in order. */
  public static List<Migration> all() {
    List<Migration> all = new ArrayList<>();
    for (String name : NAMES) {
      all.add(read(all.size() + 1, name));
    }
    return List.copyOf(all);
  }

  private static Migration read(int version, String name) {
    String file = "migrations/%04d-%s".formatted(version, name);
    List<String> up = SqlScript.statements(resource(file + ".up.sql"));
    return new Migration(
        version,
        name,
        up,
        SqlScript.statements(resource(file + ".down.sql")),
        Schema.parse(resource(file + ".schema.tsv")),
        Sha256.hex(String.join(";\n", up)));
  }

  private static String resource(String name) {
    try (InputStream stream = Migration.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException(name + " is missing beside " + Migration.class.getName());
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return version + " (" + name + ")";
  }
}
