package io.sluice.cli.models;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.json.StrictJson;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.market.bar.BarInterval;
import io.sluice.domain.scoring.record.BarPath;
import io.sluice.domain.scoring.record.BarPath.Bar;
import io.sluice.domain.scoring.record.ScoredBar;
import io.sluice.domain.scoring.record.TrackRecord;
import io.sluice.domain.wire.Side;
import io.sluice.jobs.input.InputException;
import io.sluice.sinks.clickhouse.ClickHouseSettings;
import io.sluice.sinks.clickhouse.query.AnswerFormat;
import io.sluice.sinks.clickhouse.query.ArchiveReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What models have said, and what the market did then: from files of a replay or the archive. */
public final class Recordings {
  private static final String SCORES =
      "SELECT line FROM scores FINAL WHERE model_version = {version:String} ORDER BY event_time";

  private static final String BARS =
      """
      SELECT instrument, length_s * 1000000 AS length_us, toUnixTimestamp64Micro(start_time) AS start_time_us,
        toFloat64(open) AS open, toFloat64(high) AS high, toFloat64(low) AS low, toFloat64(close) AS close
      FROM bars FINAL WHERE trades > 0 AND instrument IN
        (SELECT DISTINCT instrument FROM scores WHERE model_version = {version:String})
      SETTINGS output_format_json_quote_64bit_integers = 0
      """;

  private final Map<String, List<ObjectNode>> scores = new HashMap<>();
  private final Map<String, List<Bar>> bars = new HashMap<>();

  private Recordings() {}

  /**
   * From files as a replay writes them.
   *
   * @throws InputException where one cannot be read
   */
  public static Recordings ofFiles(List<Path> scores, List<Path> bars) throws InputException {
    Recordings recordings = new Recordings();
    for (Path file : scores) {
      recordings.read(file, recordings::score);
    }
    for (Path file : bars) {
      recordings.read(file, recordings::bar);
    }
    return recordings;
  }

  /** From the archive: what these versions have said. */
  public static Recordings ofArchive(ClickHouseSettings clickHouse, List<String> versions)
      throws IOException, InterruptedException {
    Recordings recordings = new Recordings();
    try (ArchiveReader archive = ArchiveReader.open(clickHouse)) {
      for (String version : versions) {
        for (ObjectNode row : asked(archive, SCORES, version)) {
          recordings.score(parsed("the archive", row.path("line").textValue()));
        }
        for (ObjectNode row : asked(archive, BARS, version)) {
          recordings.add(row, row.path("length_us").longValue());
        }
      }
    }
    return recordings;
  }

  private static List<ObjectNode> asked(ArchiveReader archive, String sql, String version)
      throws IOException, InterruptedException {
    StringWriter answer = new StringWriter();
    archive.answer(sql, Map.of("version", version), AnswerFormat.JSON, answer);
    List<ObjectNode> rows = new ArrayList<>();
    for (String line : answer.toString().lines().toList()) {
      rows.add(parsed("the archive's answer", line));
    }
    return rows;
  }

  /** Takes a line. */
  private interface Reader {
    void take(ObjectNode line);
  }

  private void read(Path file, Reader reader) throws InputException {
    int number = 0;
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        reader.take(parsed(file + ":" + number, line));
      }
    } catch (NoSuchFileException e) {
      throw new InputException(file + " is not there, expected a file that a replay wrote");
    } catch (IOException | RuntimeException e) {
      throw new InputException(file + ":" + number + " does not read: " + e.getMessage());
    }
  }

  private static ObjectNode parsed(String where, String line) {
    try {
      return StrictJson.trusted(line.getBytes(StandardCharsets.UTF_8));
    } catch (UnreadableException e) {
      throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
    }
  }

  private void score(ObjectNode line) {
    if (!line.path("type").asText().equals("score")) {
      throw new IllegalArgumentException("type is " + line.path("type") + ", expected score");
    }
    String version = line.path("model_version").textValue();
    scores.computeIfAbsent(version, key -> new ArrayList<>()).add(line);
  }

  private void bar(ObjectNode line) {
    BarInterval interval = BarInterval.of(line.path("interval").textValue());
    if (!line.path("type").asText().equals("bar") || interval == null) {
      throw new IllegalArgumentException("type is " + line.path("type") + ", expected bar");
    }
    if (line.path("trades").longValue() > 0) {
      add(line, interval.us());
    }
  }

  private void add(ObjectNode bar, long lengthUs) {
    bars.computeIfAbsent(bar.path("instrument").textValue(), key -> new ArrayList<>())
        .add(
            new Bar(
                bar.path("start_time_us").asLong(),
                lengthUs,
                bar.path("open").asDouble(),
                bar.path("high").asDouble(),
                bar.path("low").asDouble(),
                bar.path("close").asDouble()));
  }

  /** The record of a version, by the label that it was taught. */
  public TrackRecord of(Registry.Version version) {
    List<ScoredBar> said = new ArrayList<>();
    for (ObjectNode line : scores.getOrDefault(version.name(), List.of())) {
      String side = line.path("side").asText();
      said.add(
          ScoredBar.of(
              line.path("instrument").textValue(),
              line.path("event_time_us").asLong(),
              side.equals("HOLD") ? null : Side.valueOf(side),
              number(line, "confidence"),
              number(line, "expected_return"),
              version.bundle().thresholds()));
    }
    Map<String, BarPath> paths = new HashMap<>();
    bars.forEach((instrument, all) -> paths.put(instrument, new BarPath(all)));
    return TrackRecord.of(
        said, paths, version.bundle().label(), version.bundle().training().toUs());
  }

  private static Double number(ObjectNode line, String field) {
    return line.path(field).isNumber() ? (Double) line.path(field).doubleValue() : null;
  }
}
