package io.sluice.sinks.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sluice.domain.wire.DeadLetter;
import io.sluice.sinks.clickhouse.table.DeadLetters;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an insert looks like on its way. */
class BinaryInsertsTest {
  /** What the driver asks of every server, in binary. */
  private static final String SERVER =
      "\3\4user\10timezone\7version\6String\6String\6String\7default\3UTC\00426.7";

  private final List<String> addresses = new ArrayList<>();
  private final List<byte[]> inserted = new ArrayList<>();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String address =
        URLDecoder.decode(exchange.getRequestURI().getRawQuery(), StandardCharsets.UTF_8);
    byte[] body = exchange.getRequestBody().readAllBytes();
    boolean isInsert = address.contains("INSERT");
    if (isInsert) {
      addresses.add(address);
      inserted.add(body);
    }
    byte[] answer = (isInsert ? "" : SERVER).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("X-ClickHouse-Format", "RowBinaryWithNamesAndTypes");
    exchange.getResponseHeaders().add("X-ClickHouse-Timezone", "UTC");
    exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private Connection connect() throws SQLException {
    return connect(Map.of());
  }

  private Connection connect(Map<String, String> properties) throws SQLException {
    String url = "http://localhost:" + server.getAddress().getPort();
    return new ClickHouseSettings(url, "d", properties).connectToInsert(DeadLetters.TABLE);
  }

  private static void add(PreparedStatement insert, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      insert.setObject(i + 1, values[i]);
    }
    insert.addBatch();
  }

  @Test
  void valuesGoToTheColumnsOfTheirNames() throws Exception {
    Row row = DeadLetters.TABLE.row(new DeadLetter("s", 1, 2, "r", null, new byte[] {0, -1}, true));
    try (Connection connection = connect();
        PreparedStatement insert = connection.prepareStatement(DeadLetters.TABLE.insert())) {
      for (int i = 0; i < 2; i++) {
        Object[] values = new Object[row.getArity()];
        for (int column = 0; column < values.length; column++) {
          values[column] = row.getField(column);
        }
        add(insert, values);
      }
      insert.executeBatch();
    }
    assertThat(addresses)
        .singleElement()
        .asString()
        .contains(
            "INSERT INTO dead_letters (source, source_partition, source_offset, reason, field,"
                + " bytes, truncated) FORMAT RowBinary")
        .contains("async_insert=0")
        .contains("throw_on_max_partitions_per_insert_block=0");
    byte[] one = {1, 's', 1, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 1, 'r', 0, 2, 0, -1, 1};
    byte[] two = new byte[2 * one.length];
    System.arraycopy(one, 0, two, 0, one.length);
    System.arraycopy(one, 0, two, one.length, one.length);
    assertThat(inserted).containsExactly(two);
  }

  /** In ClickHouse's own blocks: a checksum, the method's number, how much it is and was. */
  @Test
  void whoAsksForItSendsLess() throws Exception {
    try (Connection connection = connect(Map.of("decompress", "true"));
        PreparedStatement insert = connection.prepareStatement(DeadLetters.TABLE.insert())) {
      add(insert, "s", 1, 2L, "r", "", new byte[10_000], true);
      insert.executeBatch();
    }
    assertThat(addresses).singleElement().asString().contains("decompress=1");
    byte[] block = inserted.get(0);
    assertThat(block).hasSizeLessThan(200);
    assertThat(block[16]).as("LZ4 or ZSTD").isIn((byte) 0x82, (byte) 0x90);
  }

  /** What the connector does with a batch that failed: all of its rows are added once more. */
  @Test
  void aRowThatCannotBeWrittenLeavesNothingBehind() throws Exception {
    try (Connection connection = connect();
        PreparedStatement insert = connection.prepareStatement(DeadLetters.TABLE.insert())) {
      add(insert, "s", 1, 2L, "r", "", new byte[0], true);
      assertThatThrownBy(() -> add(insert, "s", 1, "no number", "r", "", new byte[0], true))
          .isNotNull();
      add(insert, "s", 1, 2L, "r", "", new byte[0], true);
      insert.executeBatch();
    }
    byte[] one = {1, 's', 1, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 1, 'r', 0, 0, 1};
    assertThat(inserted).containsExactly(one);
  }

  /** Nothing fails before something is written: where that is, it is tried again. */
  @Test
  void aStatementIsMadeWhileNobodyAnswers() throws Exception {
    try (Connection connection = connect()) {
      server.stop(0);
      PreparedStatement insert = connection.prepareStatement(DeadLetters.TABLE.insert());
      add(insert, "s", 1, 2L, "r", "", new byte[0], true);
      assertThatThrownBy(insert::executeBatch).isInstanceOf(SQLException.class);
    }
  }
}
