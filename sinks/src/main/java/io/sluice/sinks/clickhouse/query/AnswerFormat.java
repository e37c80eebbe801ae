package io.sluice.sinks.clickhouse.query;

import com.clickhouse.data.ClickHouseFormat;
import java.util.Map;

/** How an answer is written. */
public enum AnswerFormat {
  /** For people: columns aligned under their names. */
  TABLE(
      ClickHouseFormat.PrettyCompactMonoBlock,
      Map.of(
          "output_format_pretty_color", "0",
          "output_format_pretty_row_numbers", "0",
          "output_format_pretty_max_rows", "10000",
          "output_format_pretty_max_value_width", "200")),

  /** Names first, then a line a row. */
  CSV(ClickHouseFormat.CSVWithNames, Map.of()),

  /** An object a line, decimals as text so that they stay exact. */
  JSON(ClickHouseFormat.JSONEachRow, Map.of("output_format_json_quote_decimals", "1"));

  private final ClickHouseFormat format;
  private final Map<String, String> settings;

  AnswerFormat(ClickHouseFormat format, Map<String, String> settings) {
    this.format = format;
    this.settings = settings;
  }

  ClickHouseFormat format() {
    return format;
  }

  Map<String, String> settings() {
    return settings;
  }
}
