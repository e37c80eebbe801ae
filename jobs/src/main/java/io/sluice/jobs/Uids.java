package io.sluice.jobs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The operators' uids: state is found again by them, so that none is ever changed or used for
 * something else.
 */
public final class Uids {
  // Front and gate, in every job.
  public static final String MARKET_STATE = "market-state";
  public static final String RISK_GATE = "risk-gate";
  public static final String FLASH_CRASH = "flash-crash";
  public static final String FLASH_CRASH_OUTPUT = "flash-crash-output";

  // A bounded input.
  public static final String SOURCE = "source";
  public static final String ROUTER = "router";
  public static final String ORDERED_EDGE = "ordered-edge";
  public static final String OUTPUT_LINES = "output-lines";
  public static final String FILES = "files";

  // Live on Kafka.
  public static final String MARKET_SOURCE = "market-source";
  public static final String MARKET_INTAKE = "market-intake";
  public static final String MARKET_ROUTER = "market-router";
  public static final String ORDERS_SOURCE = "orders-source";
  public static final String ORDERS_INTAKE = "orders-intake";
  public static final String ORDERS_ROUTER = "orders-router";
  public static final String CLOCK_SOURCE = "clock-source";
  public static final String GROUP_CLOCK = "group-clock";
  public static final String SOURCE_PULSE = "source-pulse";
  public static final String SILENCE_WATCH = "silence-watch";
  public static final String MARKET_ENTRIES = "market-entries";
  public static final String DIRECT_ENTRIES = "direct-entries";
  public static final String FRONT_OUTPUTS = "front-outputs";
  public static final String ENTRY_SOURCE = "entry-source";
  public static final String ENTRY_INTAKE = "entry-intake";
  public static final String ANSWERS = "answers";
  public static final String GATE_OUTPUTS = "gate-outputs";
  public static final String JOURNAL_LINES = "journal-lines";
  public static final String JOURNAL = "journal";
  public static final String ENTRY_DEAD_LETTERS = "entry-dead-letters";

  // The archive.
  public static final String ARCHIVE_BOOKS = "archive-books";

  private Uids() {}

  /** All of the gate on Kafka and of its archive, those that sinks bring along too. */
  public static Set<String> deployed() {
    Set<String> uids = new TreeSet<>(listed("live"));
    uids.addAll(listed("archive"));
    return uids;
  }

  private static Set<String> listed(String job) {
    try (InputStream in = Uids.class.getResourceAsStream("uids/" + job + ".txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What reads a topic for the archive. */
  public static String archiveSource(String topic) {
    return "archive-source-" + topic;
  }

  /** What makes rows of a topic's records. */
  public static String archiveRows(String topic) {
    return "archive-rows-" + topic;
  }

  /** What writes into a table of the archive. */
  public static String archiveTable(String table) {
    return "archive-table-" + table;
  }
}
