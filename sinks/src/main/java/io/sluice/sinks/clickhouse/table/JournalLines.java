package io.sluice.sinks.clickhouse.table;

/** What each group folded, in order, with the hash chain. */
public final class JournalLines {
  public static final Table<Recorded> TABLE =
      Table.<Recorded>named("journal")
          .text("risk_group", line -> line.fields().text("group"))
          .whole("seq", line -> line.fields().whole("seq"))
          .time("gate_time", line -> line.fields().whole("gate_time_us"))
          .text("input", line -> line.object("input").text("type"))
          .text("cause_source", line -> line.object("cause").text("source"))
          .count("cause_partition", line -> (int) line.object("cause").whole("partition"))
          .whole("cause_offset", line -> line.object("cause").whole("offset"))
          .count("cause_sub", line -> (int) line.object("cause").whole("sub"))
          .count("decisions", line -> line.fields().array("decisions").size())
          .fixed("hash", 64, line -> line.fields().text("hash"))
          .bytes("line", Recorded::bytes);

  private JournalLines() {}
}
