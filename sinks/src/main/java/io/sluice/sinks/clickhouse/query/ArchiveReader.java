package io.sluice.sinks.clickhouse.query;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.query.QueryResponse;
import com.clickhouse.client.api.query.QuerySettings;
import com.clickhouse.jdbc.ConnectionImpl;
import io.sluice.sinks.clickhouse.ClickHouseException;
import io.sluice.sinks.clickhouse.ClickHouseSettings;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;

/** Asks the archive and writes its answers; it changes nothing there. */
public final class ArchiveReader implements AutoCloseable {
  /** Reads only; settings of a query may be set. */
  private static final Map<String, String> READ_ONLY = Map.of("readonly", "2");

  /** A person waits, and can ask again. */
  private static final Map<String, String> NO_RETRIES =
      Map.of("client_retry_on_failures", "None", "retry", "0");

  private final ClickHouseSettings settings;
  private final Connection connection;

  private ArchiveReader(ClickHouseSettings settings, Connection connection) {
    this.settings = settings;
    this.connection = connection;
  }

  /**
   * @throws ClickHouseException when there is none to connect to
   */
  public static ArchiveReader open(ClickHouseSettings settings) {
    Map<String, String> properties = new TreeMap<>(settings.properties());
    properties.putAll(NO_RETRIES);
    ClickHouseSettings own =
        new ClickHouseSettings(settings.url(), settings.database(), properties);
    try {
      return new ArchiveReader(settings, own.connect());
    } catch (SQLException e) {
      throw failed(settings, e);
    }
  }

  /**
   * Asks a named query.
   *
   * @param given values by parameter, as people write them
   */
  public void answer(NamedQuery query, Map<String, String> given, AnswerFormat format, Writer out)
      throws IOException, InterruptedException {
    answer(query.sql(), query.values(given), format, out);
  }

  /**
   * Asks any query.
   *
   * @param values of its parameters, {@code {name:Type}} in the SQL; null for NULL
   * @throws ClickHouseException with what ClickHouse says
   */
  public void answer(String sql, Map<String, String> values, AnswerFormat format, Writer out)
      throws IOException, InterruptedException {
    QuerySettings asked = new QuerySettings().setFormat(format.format()).waitEndOfQuery(true);
    READ_ONLY.forEach(asked::serverSetting);
    format.settings().forEach(asked::serverSetting);
    try {
      Client client = connection.unwrap(ConnectionImpl.class).getClient();
      try (QueryResponse response =
              client.query(sql, new TreeMap<String, Object>(values), asked).get();
          Reader text = new InputStreamReader(response.getInputStream(), StandardCharsets.UTF_8)) {
        text.transferTo(out);
      }
      out.flush();
    } catch (ExecutionException e) {
      throw failed(settings, e.getCause());
    } catch (IOException | InterruptedException e) {
      throw e;
    } catch (Exception e) {
      throw failed(settings, e);
    }
  }

  private static ClickHouseException failed(ClickHouseSettings settings, Throwable thrown) {
    return new ClickHouseException(
        "ClickHouse at " + settings.url() + ", database " + settings.database(), thrown);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw failed(settings, e);
    }
  }
}
