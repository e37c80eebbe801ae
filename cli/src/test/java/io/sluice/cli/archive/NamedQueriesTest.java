package io.sluice.cli.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.Cli;
import io.sluice.domain.account.AccountBook;
import io.sluice.domain.config.Account;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every named query and view, on the real engine, gives what was worked out by hand. */
class NamedQueriesTest {
  private static ArchiveRows archive;

  @BeforeAll
  static void start() throws Exception {
    archive = ArchiveRows.start();
  }

  @AfterAll
  static void stop() {
    if (archive != null) {
      archive.close();
    }
  }

  @BeforeEach
  void clear() throws Exception {
    archive.clear();
  }

  @Test
  void aDecisionIsExplainedInFull() throws Exception {
    String decision =
        """
        {"decision_id":"%s","intent_id":"i-1","origin":"STRATEGY","risk_group":"firm",\
        "account":"demo","strategy":"momentum","instrument":"X:BTC","action":"NEW","side":"BUY",\
        "order_type":"LIMIT","limit_price":"101.5","time_in_force":"IOC","requested_qty":"2",\
        "verdict":"SHRINK","approved_qty":"0.5","reasons":["R04"],"outcomes.rule":["R03","R04","R09"],\
        "outcomes.outcome":["PASS","LIMITED","NOT_FED"],"outcomes.observed":["2","203",null],\
        "outcomes.limit":["5","50.75",null],"outcomes.headroom":["3","-152.25",null],\
        "outcomes.permitted":["2","0.5","2"],"outcomes.why":["","too much, at firm","max_gross is not set"],\
        "passed":["P02","R05"],"overridden":["R07"],"params_version":2,"rollout":"partial",\
        "is_shadow":true,"shadow_verdict":"DENY","shadow_approved_qty":"0",\
        "risk_score":0.25,"reference_price":"100.5","equity":"10000","position":"-1",\
        "data_age_us":1500,"limits_version":3,"event_time":"2026-01-01 12:00:00.000001",\
        "gate_time":"2026-01-01 12:00:00.004","valid_until":"2026-01-01 12:00:05.004",\
        "seq":7,"published_at":"2026-01-01 12:00:00.006"}"""
            .formatted("a".repeat(32));
    archive.insert(
        "decisions",
        decision,
        // Published again after a restart: the first one counts.
        decision.replace("12:00:00.006", "12:09:00.006"),
        decision.replace("\"demo\"", "\"other\"").replace("aaaa", "bbbb"));
    archive.insert(
        "journal",
        """
        {"risk_group":"firm","seq":7,"gate_time":"2026-01-01 12:00:00.004","input":"intent",\
        "line":"{\\"input\\":{\\"type\\":\\"intent\\",\\"confidence\\":\\"0.8\\"},\\"snapshot\\":\
        {\\"last\\":\\"100\\",\\"bid\\":\\"100\\",\\"ask\\":\\"101\\",\\"crashes\\":[],\
        \\"front_time_us\\":1767268800002500}}"}""");
    String expected =
        """
        demo,intent,intent_id,,i-1,,,,
        demo,intent,decision_id,,%s,,,,
        demo,intent,origin,,STRATEGY,,,,
        demo,intent,strategy,,momentum,,,,
        demo,intent,instrument,,X:BTC,,,,
        demo,intent,action,,NEW,,,,
        demo,intent,side,,BUY,,,,
        demo,intent,order_type,,LIMIT,,,,
        demo,intent,requested_qty,,2,,,,
        demo,intent,limit_price,,101.5,,,,
        demo,intent,time_in_force,,IOC,,,,
        demo,intent,confidence,,0.8,,,,
        demo,intent,event_time,,2026-01-01 12:00:00.000001,,,,
        demo,account,equity,,10000,,,,
        demo,account,position,,-1,,,,
        demo,market,reference_price,,100.5,,,,
        demo,market,last,,100,,,,
        demo,market,bid,,100,,,,
        demo,market,ask,,101,,,,
        demo,market,data_age_ms,,1.5,,,,
        demo,market,crash_rules_active,,0,,,,
        demo,rule,P02,PASS,,,,2,
        demo,rule,R03,PASS,2,5,3,2,
        demo,rule,R04,LIMITED,203,50.75,-152.25,0.5,too much, at firm
        demo,rule,R05,PASS,,,,2,
        demo,rule,R09,NOT_FED,,,,2,max_gross is not set
        demo,answer,verdict,,SHRINK,,,,
        demo,answer,approved_qty,,0.5,,,,
        demo,answer,reasons,,R04,,,,
        demo,answer,overridden,,R07,,,,
        demo,answer,rollout,,partial,,,,
        demo,answer,shadow_verdict,,DENY,,,,
        demo,answer,shadow_approved_qty,,0,,,,
        demo,answer,reduce_only,,false,,,,
        demo,answer,risk_score,,0.25,,,,
        demo,answer,gate_time,,2026-01-01 12:00:00.004000,,,,
        demo,answer,valid_until,,2026-01-01 12:00:05.004000,,,,
        demo,version,limits,,3,,,,
        demo,version,params,,2,,,,
        demo,version,journal,,firm 7,,,,
        demo,latency,arrival_to_gate_ms,,1.5,,,,
        demo,latency,gate_to_published_ms,,2,,,,
        """
            .formatted("a".repeat(32));
    assertThat(archive.answer("decision", "id=i-1", "account=demo")).isEqualTo(expected);
    assertThat(archive.answer("decision", "id=" + "a".repeat(32))).isEqualTo(expected);
    assertThat(archive.answer("decision", "id=i-1").lines()).hasSize(2 * 42);
    assertThat(archive.answer("decision", "id=i-1' OR 1 = 1 --")).isEmpty();
  }

  @Test
  void rejectionsAreCountedByReasonAndHour() throws Exception {
    archive.insert(
        "decisions",
        judged("1", "demo", "12:00:00", "DENY", "0", "R03", "R04"),
        judged("2", "demo", "12:59:59.999999", "DENY", "0", "R04"),
        judged("3", "demo", "12:30:00", "SHRINK", "1", "R04"),
        judged("4", "demo", "12:30:01", "ALLOW", "2"),
        judged("5", "demo", "13:00:00", "HALT", "0", "K01"),
        judged("6", "other", "13:00:00", "DENY", "0", "R04"),
        judged("7", "demo", "12:31:00", "ALLOW", "0").replace("\"NEW\"", "\"CANCEL\""));
    assertThat(archive.answer("rejections"))
        .isEqualTo(
            """
            2026-01-01 12:00:00,R04,2,1,4,0.75
            2026-01-01 12:00:00,R03,1,0,4,0.25
            2026-01-01 13:00:00,K01,1,0,2,0.5
            2026-01-01 13:00:00,R04,1,0,2,0.5
            """);
    assertThat(
            archive.answer(
                "rejections",
                "account=demo",
                "strategy=momentum",
                "instrument=X:BTC",
                "from=2026-01-01T13:00:00Z",
                "to=2026-01-01T15:00:00+01:00"))
        .isEqualTo("2026-01-01 13:00:00,K01,1,0,1,1\n");
    assertThat(archive.answer("rejections", "to=2026-01-01T13:00:00Z").lines()).hasSize(2);
  }

  @Test
  void headroomIsThatOfEveryOrderHeldAgainstALimit() throws Exception {
    archive.insert(
        "decisions",
        held("1", "demo", "[\"R04\",\"R05\"]", "[\"100\",null]", "[\"200\",null]"),
        held("2", "demo", "[\"R04\"]", "[\"50\"]", "[\"200\"]"),
        held("3", "demo", "[\"R04\"]", "[\"-20\"]", "[\"200\"]"),
        held("4", "demo", "[\"R03\"]", "[\"0\"]", "[\"0\"]"),
        held("5", "other", "[\"R04\"]", "[\"7.5\"]", "[\"10\"]"));
    assertThat(archive.answer("headroom"))
        .isEqualTo(
            """
            demo,R03,1,0,0,0,0,-
            demo,R04,3,1,-20,-20,50,-0.1
            other,R04,1,0,7.5,7.5,7.5,0.75
            """);
    assertThat(archive.answer("headroom", "account=demo", "rule=R04").lines()).hasSize(1);
  }

  private static String judged(
      String id, String account, String time, String verdict, String approved, String... reasons) {
    return """
        {"decision_id":"%032d","intent_id":"i-%s","account":"%s","strategy":"momentum",\
        "instrument":"X:BTC","action":"NEW","side":"BUY","requested_qty":"2","verdict":"%s",\
        "approved_qty":"%s","reasons":[%s],"gate_time":"2026-01-01 %s"}"""
        .formatted(
            Integer.parseInt(id),
            id,
            account,
            verdict,
            approved,
            reasons.length == 0 ? "" : "\"" + String.join("\",\"", reasons) + "\"",
            time);
  }

  private static String held(
      String id, String account, String rules, String headrooms, String limits) {
    String none = rules.replaceAll("\"R\\d\\d\"", "null");
    return """
        {"decision_id":"%032d","account":"%s","action":"NEW","outcomes.rule":%s,\
        "outcomes.outcome":%s,"outcomes.observed":%s,"outcomes.limit":%s,"outcomes.headroom":%s,\
        "outcomes.permitted":%s,"outcomes.why":%s,"gate_time":"2026-01-01 12:00:00"}"""
        .formatted(
            Integer.parseInt(id),
            account,
            rules,
            rules.replaceAll("R\\d\\d", "PASS"),
            none,
            limits,
            headrooms,
            none,
            rules);
  }

  @Test
  void latencyRunsFromTheIntentsRecordToTheDecisions() throws Exception {
    long arrived = 1_767_268_800_000_000L;
    String[] decisions = new String[5];
    String[] lines = new String[5];
    int[] tookMs = {5, 2, 150, 3, 40};
    for (int i = 0; i < tookMs.length; i++) {
      // The last one falls into another period.
      long arrivedUs = arrived + (i == 4 ? 60_000_000L : i);
      decisions[i] =
          """
          {"decision_id":"%032d","risk_group":"firm","seq":%d,"gate_time":"%d.%06d",\
          "published_at":"%d.%03d"}"""
              .formatted(
                  i,
                  i,
                  arrivedUs / 1_000_000,
                  arrivedUs % 1_000_000 + 1_000,
                  (arrivedUs / 1_000 + tookMs[i]) / 1_000,
                  (arrivedUs / 1_000 + tookMs[i]) % 1_000);
      lines[i] =
          """
          {"risk_group":"firm","seq":%d,"input":"intent","gate_time":"2026-01-01 12:00:00",\
          "line":"{\\"snapshot\\":{\\"front_time_us\\":%d}}"}"""
              .formatted(i, arrivedUs);
    }
    archive.insert("decisions", decisions);
    archive.insert("journal", lines);
    assertThat(archive.answer("decision-latency", "every_s=60"))
        .isEqualTo(
            """
            2026-01-01 12:00:00,4,3,150,150,150,150,1
            2026-01-01 12:01:00,1,40,40,40,40,40,0
            """);
    assertThat(archive.answer("decision-latency"))
        .isEqualTo("2026-01-01 12:00:00,5,5,150,150,150,150,1\n");
    assertThat(archive.answer("decision-latency", "group=other")).isEmpty();
  }

  @Test
  void aDifferentLimitChangesOrdersAsTheyStood() throws Exception {
    archive.insert(
        "decisions",
        limited(
            "1",
            "2",
            "[\"PASS\",\"PASS\",\"PASS\"]",
            "[null,\"2\",\"200\"]",
            "[\"2\",\"2\",\"2\"]"),
        limited(
            "2",
            "10",
            "[\"PASS\",\"LIMITED\",\"PASS\"]",
            "[null,\"10\",\"1000\"]",
            "[\"10\",\"5\",\"10\"]"),
        limited(
            "3",
            "10",
            "[\"REFUSED\",\"PASS\",\"PASS\"]",
            "[null,\"10\",null]",
            "[\"0\",\"10\",\"10\"]"),
        limited(
                "4",
                "10",
                "[\"PASS\",\"PASS\",\"PASS\"]",
                "[null,\"10\",\"1\"]",
                "[\"1\",\"10\",\"10\"]")
            .replace("NEW", "AMEND"));
    assertThat(archive.answer("different-limit-orders", "max_qty=1"))
        .isEqualTo(
            """
            2026-01-01 12:00:00.000000,demo,momentum,X:BTC,i-1,BUY,2,2,1,cut
            2026-01-01 12:00:00.000000,demo,momentum,X:BTC,i-2,BUY,10,5,1,cut
            """);
    // 2 at 200 and 10 at 1,000 are both 1 for 100.
    assertThat(archive.answer("different-limit-orders", "max_notional=100", "min_qty=1.5"))
        .isEqualTo(
            """
            2026-01-01 12:00:00.000000,demo,momentum,X:BTC,i-1,BUY,2,2,0,refused
            2026-01-01 12:00:00.000000,demo,momentum,X:BTC,i-2,BUY,10,5,0,refused
            """);
    assertThat(archive.answer("different-limit-orders", "max_qty=8", "max_notional=700"))
        .isEqualTo("2026-01-01 12:00:00.000000,demo,momentum,X:BTC,i-2,BUY,10,5,7,more\n");
    assertThat(archive.answer("different-limit-orders")).isEmpty();
    assertThat(archive.answer("different-limit-orders", "max_qty=1", "rows=1").lines()).hasSize(1);
    assertThat(archive.answer("different-limit", "max_qty=1"))
        .isEqualTo("demo,momentum,3,0,2,0,700,200\n");
    assertThat(archive.answer("different-limit", "max_notional=100", "min_qty=1.5"))
        .isEqualTo("demo,momentum,3,2,0,0,700,0\n");
    assertThat(archive.answer("different-limit", "max_qty=8"))
        .isEqualTo("demo,momentum,3,0,0,1,700,1000\n");
    assertThat(archive.answer("different-limit")).isEqualTo("demo,momentum,3,0,0,0,700,700\n");
  }

  private static String limited(
      String id, String qty, String outcomes, String observed, String permitted) {
    return """
        {"decision_id":"%032d","intent_id":"i-%s","account":"demo","strategy":"momentum",\
        "instrument":"X:BTC","action":"NEW","side":"BUY","requested_qty":"%s",\
        "reference_price":"100","outcomes.rule":["R01","R03","R04"],"outcomes.outcome":%s,\
        "outcomes.observed":%s,"outcomes.limit":[null,null,null],\
        "outcomes.headroom":[null,null,null],"outcomes.permitted":%s,"outcomes.why":["","",""],\
        "gate_time":"2026-01-01 12:00:00"}"""
        .formatted(Integer.parseInt(id), id, qty, outcomes, observed, permitted);
  }

  @Test
  void performanceIsThatOfRoundTripsNetOfFees() throws Exception {
    archive.insert(
        "closed_trades",
        closed(1, "momentum", "27", "3", "2026-01-01 12:00:00"),
        closed(2, "momentum", "-5.5", "0.5", "2026-01-03 00:00:00"),
        closed(3, "momentum", "0", "0", "2026-01-03 23:59:59"),
        closed(4, "reversion", "2", "0", "2026-01-03 02:00:00"),
        closed(5, "reversion", "-1", "0", "2026-01-03 03:00:00"),
        closed(6, "reversion", "4", "0", "2026-01-03 04:00:00"),
        closed(6, "reversion", "4", "0", "2026-01-03 04:00:00"));
    archive.insert(
        "account_risk",
        equity(1, "2026-01-01 12:00:00", "10000", "0"),
        equity(2, "2026-01-01 23:59:00", "10027", "27"),
        equity(3, "2026-01-03 04:00:00", "10022", "-5"));
    // The account's days begin with 10,000, 10,027 and 10,027.
    String sharpe = sharpeOf("27", "-5.5");
    assertThat(archive.answer("performance"))
        .isEqualTo(
            """
            demo,momentum,2026-01-01,1,1,27,3,-,27,0,-
            demo,momentum,2026-01-03,2,0,-5.5,0.5,0,21.5,5.5,%s
            demo,reversion,2026-01-03,3,0.6667,5,0,6,5,1,%s
            """
                .formatted(sharpe, sharpeOf("0", "5")));
    assertThat(archive.answer("performance", "strategy=momentum", "from=2026-01-02"))
        .isEqualTo("demo,momentum,2026-01-03,2,0,-5.5,0.5,0,21.5,5.5," + sharpe + "\n");
    assertThat(archive.answer("performance", "to=2026-01-02").lines()).hasSize(1);
    assertThat(archive.answer("performance", "account=other")).isEmpty();
  }

  /**
   * The gauge's own, of an account with 10,000 that has these profits on the first and third day.
   */
  private static String sharpeOf(String first, String third) {
    BigDecimal cash = new BigDecimal("10000");
    Account owner =
        new Account(
            "demo", "firm", null, "demo", "USD", Account.Kind.CASH, cash, null, null, false);
    AccountBook book =
        new AccountBook(owner, BigDecimal.ZERO, currency -> null, instrument -> null, null);
    book.start(cash);
    book.daysEnded(new BigDecimal(first), cash, 2);
    book.daysEnded(new BigDecimal(third), new BigDecimal("10027"), 1);
    return BigDecimal.valueOf(book.trackRecord().sharpeRatio())
        .setScale(4, RoundingMode.HALF_EVEN)
        .stripTrailingZeros()
        .toPlainString();
  }

  private static String equity(int seq, String minute, String equity, String pnlDay) {
    return """
        {"risk_group":"firm","account":"demo","minute":"%s","seq":%d,"equity":"%s","pnl_day":"%s"}"""
        .formatted(minute, seq, equity, pnlDay);
  }

  private static String closed(int seq, String strategy, String net, String fees, String time) {
    return """
        {"risk_group":"firm","account":"demo","strategy":"%s","instrument":"X:BTC","net_pnl":"%s",\
        "fees":"%s","closed_at":"%s","seq":%d}"""
        .formatted(strategy, net, fees, time, seq);
  }

  @Test
  void openPositionsAreTheNewestOfEachAtTheNewestPrice() throws Exception {
    archive.insert(
        "positions",
        position(1, "X:BTC", "1", "100", "100", "2026-01-01 10:00:00"),
        position(2, "X:BTC", "2", "210", "110", "2026-01-01 10:00:01"),
        position(3, "X:BTC", "1.5", "157.5", "200", "2026-01-01 11:00:00"),
        position(4, "X:ETH", "5", "50", "10", "2026-01-01 10:00:00"),
        position(5, "X:ETH", "0", "0", "12", "2026-01-01 11:00:00"),
        position(6, "X:XRP", "-2", "-24", "11", "2026-01-01 11:00:00"));
    archive.insert(
        "journal",
        mark(7, "2026-01-01 10:30:00", 1_767_263_400_000_000L, "115"),
        mark(8, "2026-01-01 11:30:00", 1_767_267_000_000_000L, "120"));
    assertThat(archive.answer("open-positions"))
        .isEqualTo(
            """
            demo,X:BTC,1.5,105,120,22.5,2026-01-01 11:00:00.000000,momentum,90,130,0.25,d-3
            demo,X:XRP,-2,12,11,2,2026-01-01 11:00:00.000000,momentum,90,130,0.25,d-6
            """);
    assertThat(archive.answer("open-positions", "at=2026-01-01T10:59:59Z"))
        .isEqualTo(
            """
            demo,X:BTC,2,105,115,20,2026-01-01 10:00:01.000000,momentum,90,130,0.25,d-2
            demo,X:ETH,5,10,10,0,2026-01-01 10:00:00.000000,momentum,90,130,0.25,d-4
            """);
    assertThat(archive.answer("open-positions", "at=2026-01-01T09:00:00Z")).isEmpty();
    assertThat(archive.answer("open-positions", "account=other")).isEmpty();
  }

  private static String position(
      int seq, String instrument, String qty, String cost, String mark, String time) {
    String average =
        qty.equals("0")
            ? "null"
            : "\"" + new BigDecimal(cost).divide(new BigDecimal(qty)).toPlainString() + "\"";
    return """
        {"risk_group":"firm","account":"demo","instrument":"%s","seq":%d,"qty":"%s","cost":"%s",\
        "avg_price":%s,"mark":"%s","strategy":"momentum","decision_id":"d-%d","stop_loss":"90",\
        "take_profit":"130","risk_score":0.25,"gate_time":"%s"}"""
        .formatted(instrument, seq, qty, cost, average, mark, seq, time);
  }

  private static String fill(
      String id,
      String strategy,
      String instrument,
      String side,
      String qty,
      String price,
      String fee,
      String time) {
    return """
        {"account":"demo","fill_id":"f-%s","intent_id":"i-%s","strategy":"%s","instrument":"%s",\
        "side":"%s","qty":"%s","price":"%s","fee":"%s","fee_currency":"USD","event_time":"%s",\
        "topic_offset":%s}"""
        .formatted(id, id, strategy, instrument, side, qty, price, fee, time, id);
  }

  private static String mark(int seq, String gateTime, long us, String price) {
    return """
        {"risk_group":"firm","seq":%d,"input":"mark","gate_time":"%s","line":"{\\"input\\":\
        {\\"instrument\\":\\"X:BTC\\",\\"last\\":\\"%s\\",\\"high\\":\\"%s\\",\\"low\\":\\"%s\\",\
        \\"event_time_us\\":%d}}"}"""
        .formatted(seq, gateTime, price, price, price, us);
  }

  @Test
  void aCrashHasItsPricesAroundIt() throws Exception {
    String at = "2026-01-01 12:00:";
    archive.insert(
        "trades",
        trade(1, "100", at + "20"),
        trade(2, "101", at + "29"),
        trade(3, "95", at + "30"),
        trade(4, "96", at + "39.999999"),
        trade(5, "98", at + "45"),
        trade(6, "50", at + "19.999999"),
        trade(7, "50", at + "50"));
    archive.insert(
        "events",
        """
        {"event_id":"%032d","type":"FLASH_CRASH","scope":"instrument:X:BTC","instrument":"X:BTC",\
        "severity":"CRITICAL","event_time":"2026-01-01 12:00:30",\
        "detail":"{\\"window_ms\\":10000,\\"drop\\":\\"0.0594\\"}"}"""
            .formatted(1));
    archive.insert(
        "decisions",
        judged("1", "demo", "12:00:31", "DENY", "0", "R30"),
        judged("2", "demo", "12:00:42", "ALLOW", "2"));
    String[] window = {"instrument=X:BTC", "before_s=10", "after_s=20"};
    String expected =
        """
        -10,2026-01-01 12:00:20.000000,100,101,101,0.009901,0,0,
        0,2026-01-01 12:00:30.000000,95,96,96,0.059406,0,1,FLASH_CRASH 0.0594 in 10000 ms
        10,2026-01-01 12:00:40.000000,98,98,98,0.029703,1,0,
        """;
    assertThat(archive.answer("crash-timeline", window)).isEqualTo(expected);
    assertThat(
            archive.answer(
                "crash-timeline", window[0], window[1], window[2], "at=2026-01-01T12:00:30Z"))
        .isEqualTo(expected);

    archive.clear();
    archive.insert("journal", mark(1, "2026-01-01 12:00:31", 1_767_268_830_000_000L, "95"));
    assertThat(
            archive.answer(
                "crash-timeline", window[0], window[1], window[2], "at=2026-01-01T12:00:30Z"))
        .isEqualTo("0,2026-01-01 12:00:30.000000,95,95,95,0,0,0,\n");
    assertThat(archive.answer("crash-timeline", window)).isEmpty();
  }

  private static String trade(int offset, String price, String time) {
    return """
        {"instrument":"X:BTC","event_time":"%s","price":"%s","qty":"1","topic_offset":%d}"""
        .formatted(time, price, offset);
  }

  @Test
  void dataThatIsMissingLateOrUnreadableIsFound() throws Exception {
    String line =
        """
        {"risk_group":"firm","seq":%d,"hash":"%064d","decisions":%d,\
        "gate_time":"2026-01-01 12:00:00"}""";
    archive.insert(
        "journal",
        line.formatted(1, 1, 0),
        line.formatted(2, 2, 1),
        line.formatted(4, 4, 1),
        line.formatted(4, 5, 0),
        line.formatted(1, 1, 0).replace("firm", "whole"));
    archive.insert(
        "decisions",
        judged("1", "demo", "12:00:00", "ALLOW", "2")
            .replace("\"account\"", "\"risk_group\":\"firm\",\"data_age_us\":2000000,\"account\""));
    archive.insert(
        "dead_letters",
        """
        {"source":"market.trades","source_partition":0,"source_offset":5,"reason":"not JSON"}""");
    assertThat(archive.answer("data-quality"))
        .isEqualTo(
            """
            journal lines missing,firm,1,0,false,seq 1 to 4, first missing 3
            journal lines missing,whole,0,0,true,seq 1 to 1
            journal lines forked,firm,1,0,false,two hashes of one seq
            journal lines forked,whole,0,0,true,
            decisions archived,firm,1,2,false,decisions against those in the journal
            decisions archived,whole,0,0,true,decisions against those in the journal
            price age at p99, ms,X:BTC,2000,1000,false,1 orders, oldest 2000 ms
            dead letters,market.trades,1,0,false,not JSON
            """);
    assertThat(archive.answer("data-quality", "max_lag_ms=2000"))
        .contains("price age at p99, ms,X:BTC,2000,2000,true");
  }

  @Test
  void anAuditFollowsAnOrderStepByStep() throws Exception {
    String intent =
        """
        {"account":"demo","intent_id":"i-%s","action":"NEW","strategy":"s","instrument":"X:BTC",\
        "side":"BUY","order_type":"MARKET","time_in_force":"IOC","qty":"2",\
        "event_time":"2026-01-01 12:00:0%s","topic_offset":%s}""";
    archive.insert("intents", intent.formatted(2, 2, 2), intent.formatted(1, 1, 1));
    archive.insert(
        "decisions",
        judged("1", "demo", "12:00:01", "SHRINK", "1", "R03"),
        judged("2", "demo", "12:00:02", "DENY", "0", "R03", "R04"));
    String order =
        """
        {"account":"demo","intent_id":"i-1","instrument":"X:BTC","status":"%s","cum_qty":"%s",\
        "leaves_qty":"%s","event_time":"2026-01-01 12:00:0%s","topic_offset":%s}""";
    archive.insert(
        "orders", order.formatted("ACKED", 0, 1, 3, 1), order.formatted("DONE", 1, 0, 5, 2));
    archive.insert(
        "fills", fill("1", "s", "X:BTC", "BUY", "1", "100.5", "0.1", "2026-01-01 12:00:04"));
    String first =
        """
        i-1,2026-01-01 12:00:01.000000,intent,NEW BUY,2,-,MARKET IOC,
        i-1,2026-01-01 12:00:01.000000,decision,SHRINK,1,-,R03,%032d
        i-1,2026-01-01 12:00:03.000000,order,ACKED,0,-,1 open,
        i-1,2026-01-01 12:00:04.000000,fill,BUY,1,100.5,fee 0.1 USD,f-1
        i-1,2026-01-01 12:00:05.000000,order,DONE,1,-,0 open,
        """
            .formatted(1);
    String second =
        """
        i-2,2026-01-01 12:00:02.000000,intent,NEW BUY,2,-,MARKET IOC,
        i-2,2026-01-01 12:00:02.000000,decision,DENY,0,-,R03 R04,%032d
        i-2,2026-01-01 12:00:06.000000,paper,FILLED,-,101,,
        """
            .formatted(2);
    archive.insert(
        "journal",
        """
        {"risk_group":"firm","seq":9,"input":"paper_tick","gate_time":"2026-01-01 12:00:06",\
        "line":"{\\"input\\":{\\"intent_id\\":\\"i-2\\",\\"account\\":\\"demo\\",\
        \\"status\\":\\"FILLED\\",\\"price\\":\\"101\\",\\"qty\\":\\"7\\"}}"}""");
    assertThat(archive.answer("trade-audit", "account=demo")).isEqualTo(first + second);
    assertThat(archive.answer("trade-audit", "account=demo", "intent_id=i-2")).isEqualTo(second);
    assertThat(archive.answer("trade-audit", "account=other")).isEmpty();
    assertThat(archive.answer("trade-audit", "account=demo", "rows=2").lines()).hasSize(2);
  }

  @Test
  void aStrategysDaysAreThoseOfItsRoundTrips() throws Exception {
    archive.insert(
        "closed_trades",
        lasting(closed(1, "momentum", "27", "3", "2026-01-01 12:00:00"), "30", 90),
        lasting(closed(2, "momentum", "-5.5", "0.5", "2026-01-03 00:00:00"), "-5", 10),
        lasting(closed(3, "momentum", "22", "0", "2026-01-03 23:59:59.999999"), "22", 20),
        lasting(closed(4, "reversion", "0", "0", "2026-01-03 02:00:00"), "0", 1));
    archive.insert(
        "closed_trades",
        lasting(closed(1, "momentum", "27", "3", "2026-01-01 12:00:00"), "30", 90));
    assertThat(rows("SELECT * FROM strategy_days ORDER BY day, strategy"))
        .isEqualTo(
            """
            2026-01-01,demo,momentum,1,1,0,30,3,27,27,-,-,1,90
            2026-01-03,demo,momentum,2,1,1,17,0.5,16.5,22,5.5,4,0.5,15
            2026-01-03,demo,reversion,1,0,0,0,0,0,-,-,-,0,1
            """);
  }

  private static String lasting(String closed, String gross, long seconds) {
    return closed.replace(
        "\"seq\"",
        "\"gross_pnl\":\"%s\",\"holding_us\":%d,\"seq\"".formatted(gross, seconds * 1_000_000));
  }

  @Test
  void minutesOfTradesAreTheSameHoweverOftenATradeIsWritten() throws Exception {
    archive.insert(
        "trades",
        trade(2, "101", "2026-01-01 12:00:29"),
        trade(1, "100", "2026-01-01 12:00:00"),
        trade(3, "95", "2026-01-01 12:00:59.999999"));
    archive.insert(
        "trades", trade(1, "100", "2026-01-01 12:00:00"), trade(4, "96", "2026-01-01 12:01:00"));
    assertThat(
            rows(
                "SELECT minute, instrument, argMinMerge(open), max(high), min(low),"
                    + " argMaxMerge(close), uniqExactMerge(trades) FROM trades_by_minute"
                    + " GROUP BY minute, instrument ORDER BY minute"))
        .isEqualTo(
            """
            2026-01-01 12:00:00,X:BTC,100,101,95,95,3
            2026-01-01 12:01:00,X:BTC,96,96,96,96,1
            """);
  }

  private static String rows(String sql) {
    Cli.Run run = archive.sql(sql, "--csv");
    assertThat(run.err()).isEmpty();
    return run.out().substring(run.out().indexOf('\n') + 1).replace("\"", "").replace("\\N", "-");
  }

  /** Of events as the gate writes them, one of them twice. */
  @Test
  void ordersThatLimitsOnTrialWouldAnswerOtherwiseAreRows() throws Exception {
    String allowed =
        difference(
            "a",
            "account:demo",
            """
            {"intent_id":"o","decision_id":"7f","verdict":"SHRINK","approved_qty":"10",\
            "reasons":["R03"],"shadow_verdict":"ALLOW",\
            "shadow_approved_qty":"15.000000000000000001","shadow_reasons":[],"limits_version":1}""");
    archive.insert("events", allowed);
    archive.insert(
        "events",
        allowed,
        difference(
            "b",
            "account:account:x",
            """
            {"intent_id":"it's","decision_id":"80","verdict":"ALLOW","approved_qty":"2",\
            "reasons":[],"shadow_verdict":"DENY","shadow_approved_qty":"0",\
            "shadow_reasons":["R03","R10"],"limits_version":12}"""),
        // 21 digits before the point are more than a column has.
        difference(
            "c",
            "account:demo",
            """
            {"intent_id":"p","decision_id":"81","verdict":"ALLOW","approved_qty":"1.5",\
            "reasons":[],"shadow_verdict":"SHRINK","shadow_approved_qty":"100000000000000000000",\
            "shadow_reasons":["R04"],"limits_version":12}"""),
        difference("d", "account:demo", "{}").replace("SHADOW_DIFF", "BREACH"));
    Cli.Run run = archive.sql("SELECT * FROM shadow_differences FINAL ORDER BY event_id", "--csv");
    assertThat(run.out())
        .isEqualTo(
            """
            "event_id","account","instrument","event_time","intent_id","decision_id","verdict",\
            "approved_qty","reasons","shadow_verdict","shadow_approved_qty","shadow_reasons",\
            "limits_version"
            "%s","demo","X:BTC","2026-01-01 12:00:00.000001","o","7f","SHRINK",10,"['R03']",\
            "ALLOW",15.000000000000000001,"[]",1
            "%s","account:x","X:BTC","2026-01-01 12:00:00.000001","it's","80","ALLOW",2,"[]",\
            "DENY",0,"['R03','R10']",12
            "%s","demo","X:BTC","2026-01-01 12:00:00.000001","p","81","ALLOW",1.5,"[]",\
            "SHRINK",\\N,"['R04']",12
            """
                .formatted("a".repeat(32), "b".repeat(32), "c".repeat(32)));
  }

  private static String difference(String id, String scope, String detail) {
    return """
        {"event_id":"%s","type":"SHADOW_DIFF","scope":"%s","instrument":"X:BTC",\
        "severity":"INFO","event_time":"2026-01-01 12:00:00.000001","detail":"%s"}"""
        .formatted(id.repeat(32), scope, detail.replace("\"", "\\\""));
  }
}
