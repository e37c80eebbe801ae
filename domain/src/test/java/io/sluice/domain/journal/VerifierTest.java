package io.sluice.domain.journal;

import static io.sluice.domain.group.GroupUnderTest.BTC;
import static io.sluice.domain.group.GroupUnderTest.ETH;
import static io.sluice.domain.group.GroupUnderTest.setup;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.group.GroupUnderTest;
import io.sluice.domain.journal.Verifier.Finding;
import io.sluice.domain.journal.Verifier.Head;
import io.sluice.domain.market.Liquidity;
import io.sluice.domain.market.Snapshot;
import io.sluice.domain.risk.Outcome.Result;
import io.sluice.domain.wire.Side;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody may do to a journal, and where it is found. */
class VerifierTest {
  /** The line with the decision that the tests edit: config, snapshot and mark come before it. */
  private static final int DECISION = 4;

  private static List<String> journal() {
    GroupUnderTest group = setup().start();
    group.trade(BTC, "100");
    group.buy("2").id("i-a").send();
    group.fill("f-a", "i-a", BTC, Side.BUY, "2", "100", "0.1");
    group.advance(1_000_000);
    group.trade(BTC, "101");
    group.sell("1").limit("102").id("i-b").send();
    group.cancel("i-b").id("i-c").send();
    return new ArrayList<>(text(group));
  }

  private static List<String> text(GroupUnderTest group) {
    return group.lines().stream().map(line -> new String(line, StandardCharsets.UTF_8)).toList();
  }

  private static Finding first(List<String> lines) {
    Verifier verifier = Verifier.ofFile();
    for (String line : lines) {
      Finding finding = verifier.check(line.getBytes(StandardCharsets.UTF_8));
      if (finding != null) {
        return finding;
      }
    }
    return null;
  }

  private static void found(List<String> lines, long line, long seq, String field) {
    Finding finding = first(lines);
    assertThat(finding).isNotNull();
    assertThat(finding.group()).isEqualTo("firm");
    assertThat(finding.line()).as("%s", finding).isEqualTo(line);
    assertThat(finding.seq()).as("%s", finding).isEqualTo(seq);
    assertThat(finding.field()).as("%s", finding).isEqualTo(field);
  }

  private static List<String> edited(String from, String to) {
    List<String> lines = journal();
    String line = lines.get(DECISION - 1);
    assertThat(line).contains(from);
    lines.set(DECISION - 1, line.replace(from, to));
    return lines;
  }

  @Test
  void the_chain_is_what_anybody_can_compute() throws Exception {
    String previous = "0".repeat(64);
    int seq = 0;
    for (String line : journal()) {
      ObjectNode node = (ObjectNode) new ObjectMapper().readTree(line);
      String hash = node.get("hash").textValue();
      int tail = ",\"hash\":\"\"}".length() + 64;
      String without = line.substring(0, line.length() - tail) + "}";
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(previous.getBytes(StandardCharsets.US_ASCII));
      digest.update(without.getBytes(StandardCharsets.UTF_8));

      assertThat(hash).isEqualTo(HexFormat.of().formatHex(digest.digest()));
      assertThat(node.get("prev_hash").textValue()).isEqualTo(previous);
      assertThat(node.get("seq").asInt()).isEqualTo(++seq);
      assertThat(node.fieldNames())
          .toIterable()
          .containsExactly(
              "group",
              "seq",
              "gate_time_us",
              "cause",
              "input",
              "snapshot",
              "decisions",
              "prev_hash",
              "hash");
      previous = hash;
    }
    assertThat(first(journal())).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"seq\":4,\"gate|\"seq\":5,\"gate|seq",
        "\"offset\":|\"offset\":1|hash",
        "\"intent_id\":\"i-a\",\"action\":\"NEW\",\"target|\"intent_id\":\"i-x\",\"action\":\"NEW\",\"target|decisions[0].decision_id",
        "\"last\":\"100\"|\"last\":\"101\"|decisions[0].outcomes",
        "\"approved_qty\":\"2\"|\"approved_qty\":\"3\"|decisions[0].approved_qty",
        "\"verdict\":\"ALLOW\"|\"verdict\":\"DENY\"|decisions[0].verdict",
        "\"reasons\":[]|\"reasons\":[\"R03\"]|decisions[0].reasons",
        "\"reference_price\":\"100\"|\"reference_price\":\"99\"|decisions[0].reference_price",
        "\"limits_version\":1|\"limits_version\":2|decisions[0].limits_version",
        "\"group\":\"firm\",\"account\"|\"group\":\"farm\",\"account\"|decisions[0].group",
        "\"snapshot\":{\"last|\"snapshot\":{\"more\":1,\"last|hash",
        "\"seq\":4,\"sub\":0|\"seq\":4,\"sub\":1|decisions[0].sub"
      })
  void an_edit_is_found_in_its_line(String from, String to, String field) {
    found(edited(from, to), DECISION, DECISION, field);
  }

  @Test
  void edits_of_time_chain_and_hash_are_found_in_their_line() {
    long time = GroupUnderTest.START_US;
    found(
        edited("\"gate_time_us\":" + time, "\"gate_time_us\":" + (time - 1)), 4, 4, "gate_time_us");
    List<String> lines = journal();
    String hash = lines.get(2).substring(lines.get(2).length() - 66, lines.get(2).length() - 2);
    found(edited(hash, "0".repeat(64)), 4, 4, "prev_hash");
    String own = lines.get(3).substring(lines.get(3).length() - 66, lines.get(3).length() - 2);
    found(edited(own, "f".repeat(64)), 4, 4, "hash");
    found(edited("\"input\":{", "\"input\":{ "), 4, 4, "hash");
    found(edited("\"type\":\"intent\"", "\"type\":\"dance\""), 4, 4, "input");
  }

  @Test
  void an_edited_group_is_a_group_that_begins_in_the_middle() {
    Finding finding = first(edited("{\"group\":\"firm\"", "{\"group\":\"farm\""));
    assertThat(finding.line()).isEqualTo(4);
    assertThat(finding.field()).isEqualTo("seq");
  }

  @Test
  void a_deleted_line_is_missed_where_it_stood() {
    List<String> lines = journal();
    lines.remove(3);
    found(lines, 4, 4, "seq");
  }

  @Test
  void the_first_line_is_missed_too() {
    List<String> lines = journal();
    lines.remove(0);
    found(lines, 1, 1, "seq");
  }

  @Test
  void a_line_that_stands_twice_is_found() {
    List<String> lines = journal();
    lines.add(4, lines.get(3));
    found(lines, 5, 4, "seq");
  }

  @Test
  void swapped_lines_are_found() {
    List<String> lines = journal();
    Collections.swap(lines, 3, 4);
    found(lines, 4, 4, "seq");
  }

  @Test
  void an_inserted_line_is_found() {
    List<String> lines = journal();
    lines.add(4, lines.get(3).replace("i-a", "i-z"));
    found(lines, 5, 4, "seq");
  }

  @Test
  void a_cut_tail_shows_at_the_heads() {
    List<String> lines = journal();
    Verifier whole = Verifier.ofFile();
    lines.forEach(line -> whole.check(line.getBytes(StandardCharsets.UTF_8)));
    Map<String, Head> heads = whole.heads();
    assertThat(whole.checkHeads(heads)).isEmpty();
    assertThat(whole.lines()).isEqualTo(8);
    assertThat(whole.decisions()).isEqualTo(3);

    Verifier cut = Verifier.ofFile();
    lines.subList(0, 5).forEach(line -> cut.check(line.getBytes(StandardCharsets.UTF_8)));
    assertThat(cut.checkHeads(heads))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.group()).isEqualTo("firm");
              assertThat(finding.seq()).isEqualTo(6);
              assertThat(finding.field()).isEqualTo("seq");
            });
    assertThat(Verifier.ofFile().checkHeads(heads)).hasSize(1);
    assertThat(cut.checkHeads(Map.of())).extracting(Finding::field).containsExactly("group");
    assertThat(whole.checkHeads(Map.of("firm", new Head(8, "0".repeat(64)))))
        .extracting(Finding::field)
        .containsExactly("hash");
  }

  /** Rewrites a line and every hash from there on, as somebody with the tools could. */
  private static List<String> forged(int index, String from, String to) throws Exception {
    List<String> lines = journal();
    assertThat(lines.get(index)).contains(from);
    lines.set(index, lines.get(index).replace(from, to));
    String previous = index == 0 ? "0".repeat(64) : hashOf(lines.get(index - 1));
    for (int i = index; i < lines.size(); i++) {
      String line = lines.get(i);
      String body = line.substring(0, line.indexOf("\"prev_hash\":\""));
      String without = body + "\"prev_hash\":\"" + previous + "\"}";
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(previous.getBytes(StandardCharsets.US_ASCII));
      digest.update(without.getBytes(StandardCharsets.UTF_8));
      previous = HexFormat.of().formatHex(digest.digest());
      lines.set(i, without.substring(0, without.length() - 1) + ",\"hash\":\"" + previous + "\"}");
    }
    return lines;
  }

  private static String hashOf(String line) {
    return line.substring(line.length() - 66, line.length() - 2);
  }

  @Test
  void a_decision_that_derives_otherwise_is_found_though_the_chain_is_right() throws Exception {
    assertThat(first(forged(3, "i-a", "i-a"))).isNull();
    found(
        forged(3, "\"approved_qty\":\"2\"", "\"approved_qty\":\"3\""),
        4,
        4,
        "decisions[0].approved_qty");
    found(forged(3, "\"decisions\":[{", "\"decisions\":[],\"x\":[{"), 4, 4, "decisions");
    found(forged(4, "\"decisions\":[]", "\"decisions\":[],\"more\":1"), 5, 5, "line");
  }

  @Test
  void a_fork_derives_well_and_shows_at_the_heads() throws Exception {
    List<String> fork = forged(4, "\"fee\":\"0.1\"", "\"fee\":\"0.0\"".replace("0.0", "0"));
    Verifier original = Verifier.ofFile();
    journal().forEach(line -> original.check(line.getBytes(StandardCharsets.UTF_8)));
    Finding finding = first(fork);
    // The smaller fee shows in the losses that the next decision was held against.
    assertThat(finding.seq()).isEqualTo(7);
    assertThat(finding.field()).isEqualTo("decisions[0].outcomes");

    List<String> mixed = journal();
    mixed.set(5, fork.get(5));
    found(mixed, 6, 6, "prev_hash");
  }

  @Test
  void groups_may_be_mixed_and_each_is_checked_by_itself() {
    List<String> firm = journal();
    List<String> mixed = new ArrayList<>();
    for (String line : firm) {
      mixed.add(line);
    }
    Finding other =
        first(List.of(firm.get(0), firm.get(1), "{\"group\":\"b\",\"seq\":2}", firm.get(2)));
    assertThat(other.group()).isEqualTo("b");
    assertThat(other.seq()).isEqualTo(1);
    assertThat(first(mixed)).isNull();
    assertThat(first(List.of("no json")).field()).isEqualTo("line");
    assertThat(first(List.of("{\"group\":\"b\"}")).field()).isEqualTo("seq");
  }

  /**
   * Such numbers have no place in JSON: they would be read back as absent, and derive otherwise.
   */
  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
  void what_is_no_number_is_absent_and_the_journal_derives_the_same(double none) {
    GroupUnderTest group =
        setup()
            .limit("firm", "max_impact", "0.5")
            .limit("account:demo", "max_var", "100")
            .with("not_fed", "{R32: 'allow', R36: 'deny'}")
            .start();
    group.trade(BTC, "100");
    group.mark(ETH, "10", none);
    group.fill("f-a", null, ETH, Side.BUY, "1", "10", "0");
    group.buy("1").seeing(market -> withSigma(market, 0.02)).id("i-mark").send();
    Decision decision =
        group
            .buy("1")
            .model("m", none, group.nowUs())
            .drifted(none)
            .seeing(market -> withSigma(market, none))
            .id("i-snapshot")
            .send();

    assertThat(GroupUnderTest.outcome(decision, "R32").result()).isEqualTo(Result.NOT_FED);
    assertThat(GroupUnderTest.outcome(decision, "R36").result()).isEqualTo(Result.NOT_FED);
    assertThat(first(text(group))).isNull();
  }

  private static Snapshot withSigma(Snapshot seen, double sigmaDaily) {
    return new Snapshot(
            seen.last(),
            seen.lastEventTimeUs(),
            null,
            null,
            null,
            null,
            null,
            sigmaDaily,
            List.of(),
            false,
            false,
            seen.frontTimeUs())
        .with(new Liquidity(null, null, BigDecimal.ONE, BigDecimal.TEN), null);
  }
}
