package io.sluice.domain.ledger;

import static io.sluice.domain.group.GroupUnderTest.BTC;
import static io.sluice.domain.group.GroupUnderTest.DAY;
import static io.sluice.domain.group.GroupUnderTest.ETH;
import static io.sluice.domain.group.GroupUnderTest.MINUTE;
import static io.sluice.domain.group.GroupUnderTest.SECOND;
import static io.sluice.domain.group.GroupUnderTest.START_US;
import static io.sluice.domain.group.GroupUnderTest.setup;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.SharedData;
import io.sluice.domain.group.GroupFold;
import io.sluice.domain.group.GroupState;
import io.sluice.domain.group.GroupUnderTest;
import io.sluice.domain.group.StateParts;
import io.sluice.domain.group.StateReader;
import io.sluice.domain.journal.RecordedLine;
import io.sluice.domain.market.Snapshot;
import io.sluice.domain.wire.Side;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * What a journal tells of positions and books, worked out by hand and against a published ledger.
 */
class LedgerTest {
  private static final String TRADES = "trade-ledger-jesse/jesse_btc_trades.csv.gz";

  /** All that the ledger tells of a group's journal. */
  private static final class Told {
    private final List<PositionChange> positions = new ArrayList<>();
    private final List<ClosedTrade> closed = new ArrayList<>();
    private final List<AccountRisk> risks = new ArrayList<>();

    /**
     * @param stores whether state and ledger are stored and restored after every line
     */
    static Told of(GroupUnderTest group, boolean stores) throws Exception {
      Told told = new Told();
      GroupFold fold = new GroupFold();
      GroupState state = new GroupState("firm");
      StateParts parts = new StateParts();
      Ledger ledger = new Ledger();
      Map<String, byte[]> stored = new TreeMap<>();
      Map<String, byte[]> ledgerStored = new TreeMap<>();
      for (byte[] bytes : group.lines()) {
        RecordedLine line = RecordedLine.read(bytes, 1);
        told.risks.addAll(ledger.endMinute(state, line.gateTimeUs()));
        assertThat(line.check(state, fold)).isNull();
        Ledger.Changes changes = ledger.follow(state, line);
        told.positions.addAll(changes.positions());
        told.closed.addAll(changes.closedTrades());
        if (stores) {
          stored.putAll(parts.takeChanged(state));
          stored.values().removeIf(part -> part == null);
          parts = new StateParts();
          state = StateReader.read("firm", stored, parts);
          ledgerStored.putAll(ledger.takeChanged());
          ledger = Ledger.read(ledgerStored);
        }
      }
      return told;
    }
  }

  private static String shown(ClosedTrade trade) {
    return String.join(
        " ",
        trade.isLong() ? "LONG" : "SHORT",
        plain(trade.qty()),
        plain(trade.entryPrice()),
        plain(trade.exitPrice()),
        plain(trade.gross()),
        plain(trade.fees()),
        plain(trade.net()));
  }

  private static String plain(BigDecimal value) {
    return value == null ? "-" : value.stripTrailingZeros().toPlainString();
  }

  @Test
  void aRoundTripInPartsHasItsAverages() throws Exception {
    GroupUnderTest group = setup().start();
    group.trade(BTC, "100");
    group.fill("a", null, BTC, Side.BUY, "2", "100", "0.2");
    group.advance(10 * SECOND);
    group.fill("b", null, BTC, Side.BUY, "2", "110", "0.3");
    group.fill("c", null, BTC, Side.SELL, "1", "120", "0.1");
    group.advance(50 * SECOND);
    group.fill("d", null, BTC, Side.SELL, "3", "130", "0.4");

    Told told = Told.of(group, false);
    assertThat(told.closed).hasSize(1);
    ClosedTrade trade = told.closed.get(0);
    // In at (2 * 100 + 2 * 110) / 4, out at (1 * 120 + 3 * 130) / 4.
    assertThat(shown(trade)).isEqualTo("LONG 4 105 127.5 90 1 89");
    assertThat(trade.openedUs()).isEqualTo(START_US);
    assertThat(trade.holdingUs()).isEqualTo(60 * SECOND);
    assertThat(told.positions)
        .extracting(change -> plain(change.qty()))
        .containsExactly("2", "4", "3", "0");
    assertThat(told.positions)
        .extracting(change -> plain(change.averagePrice()))
        .containsExactly("100", "105", "105", "-");
    assertThat(told.positions)
        .extracting(change -> plain(change.unrealised()))
        .containsExactly("0", "-20", "-15", "0");
  }

  @Test
  void aFillThroughFlatClosesOneAndOpensTheOther() throws Exception {
    GroupUnderTest group = setup().start();
    group.trade(BTC, "100");
    group.fill("a", null, BTC, Side.SELL, "1", "100", "1");
    group.advance(SECOND);
    group.fill("b", null, BTC, Side.BUY, "3", "90", "2");
    group.advance(SECOND);
    group.fill("c", null, BTC, Side.SELL, "2", "95", "4");

    Told told = Told.of(group, false);
    assertThat(told.closed)
        .extracting(LedgerTest::shown)
        .containsExactly("SHORT 1 100 90 10 3 7", "LONG 2 90 95 10 4 6");
  }

  @Test
  void aSnapshotIsNoTradeAndWhatItBringsIsHeldFromThen() throws Exception {
    GroupUnderTest group = setup().unknownBooks().start();
    group.snapshot("demo", "10000", "{'X:BTC': ['2', '100'], 'X:ETH': ['-1', '50']}", START_US - 1);
    group.advance(SECOND);
    group.fill("a", null, BTC, Side.SELL, "2", "110", "0");

    Told told = Told.of(group, false);
    assertThat(told.closed).extracting(LedgerTest::shown).containsExactly("LONG 2 100 110 20 0 20");
    assertThat(told.positions)
        .extracting(PositionChange::instrument)
        .containsExactly(BTC, ETH, BTC);
  }

  @Test
  void aPositionHasTheNewestOrderThatWasApproved() throws Exception {
    GroupUnderTest group = setup().start();
    group.trade(BTC, "100");
    group.buy("2").id("i-a").strategy("momentum").send();
    group.fill("a", "i-a", BTC, Side.BUY, "2", "100", "0");
    PositionChange position = Told.of(group, true).positions.get(0);
    assertThat(position.order().strategy()).isEqualTo("momentum");
    assertThat(position.order().decisionId()).isEqualTo(group.decisions().get(0).decisionId());
  }

  @Test
  void accountsAreToldByMinuteWhereTheyHaveChanged() throws Exception {
    GroupUnderTest group = setup().limit("firm", "max_gross", "1000").start();
    group.trade(BTC, "100");
    group.fill("a", null, BTC, Side.BUY, "2", "100", "1");
    group.clock(MINUTE);
    group.clock(MINUTE);
    group.trade(BTC, "130");
    group.clock(DAY);
    group.trade(BTC, "120");
    group.clock(MINUTE);

    List<AccountRisk> risks = Told.of(group, false).risks;
    assertThat(risks)
        .extracting(risk -> (risk.minuteUs() - START_US) / MINUTE)
        .containsExactly(1L, 3L, 1443L);
    assertThat(risks)
        .extracting(risk -> plain(risk.equity()))
        .containsExactly("9999", "10059", "10039");
    assertThat(risks).extracting(risk -> plain(risk.pnlDay())).containsExactly("-1", "59", "-20");
    assertThat(risks).extracting(risk -> plain(risk.pnlWeek())).containsExactly("-1", "59", "39");
    assertThat(risks)
        .extracting(risk -> plain(risk.exposure()))
        .containsExactly("200", "260", "240");
    assertThat(risks)
        .extracting(risk -> plain(risk.utilisation()))
        .containsExactly("0.2", "0.26", "0.24");
    assertThat(risks).extracting(AccountRisk::openPositions).containsOnly(1);
  }

  @Test
  void anAccountHasTheMultipliersOfItsNewestOrder() throws Exception {
    GroupUnderTest group =
        setup()
            .with(
                "profiles",
                """
                {p: {confidence_ladder: [{from: '0.9', size: '1'}, {from: '0.5', size: '0.25'}],
                     risk_score: {halve_above: '0.15'}}}
                """)
            .limit("firm", "target_sigma_daily", "0.02")
            .start();
    group.trade(BTC, "100");
    group.clock(MINUTE);
    group.buy("10").confident(0.6).seeing(market -> moving(market, 0.05)).id("i").send();
    group.clock(MINUTE);
    // No order, and nothing that changes anything.
    group.cancel("i").send();
    group.clock(MINUTE);
    group.buy("10").confident(1).seeing(market -> moving(market, 0.01)).send();
    group.clock(MINUTE);

    List<AccountRisk> risks = Told.of(group, true).risks;
    assertThat(risks)
        .extracting(risk -> shown(risk.multipliers()))
        .containsExactly("- - - -", "0.4 0.25 0.5 1", "1 1 1 1");
  }

  private static String shown(Multipliers multipliers) {
    return String.join(
        " ",
        plain(multipliers.volatility()),
        plain(multipliers.confidence()),
        plain(multipliers.riskScore()),
        plain(multipliers.correlation()));
  }

  private static Snapshot moving(Snapshot market, double sigmaDaily) {
    return new Snapshot(
        market.last(),
        market.lastEventTimeUs(),
        market.lastReceiveTimeUs(),
        market.bid(),
        market.ask(),
        market.quoteEventTimeUs(),
        market.quoteReceiveTimeUs(),
        sigmaDaily,
        List.of(),
        false,
        false,
        market.frontTimeUs());
  }

  @Test
  void aLedgerThatIsStoredAndRestoredAtEveryLineTellsTheSame() throws Exception {
    GroupUnderTest group = setup().start();
    for (int i = 0; i < 300; i++) {
      group.trade(BTC, String.valueOf(100 + i % 7));
      group.trade(ETH, String.valueOf(10 + i % 3));
      Side btc = group.position(BTC).signum() > 0 == (i % 3 > 0) ? Side.SELL : Side.BUY;
      Side eth = group.position(ETH).signum() > 0 == (i % 4 > 0) ? Side.SELL : Side.BUY;
      group.fill("b" + i, null, BTC, btc, "" + (1 + i % 3), "" + (100 + i % 7), "0.1");
      group.fill("e" + i, null, ETH, eth, "" + (1 + i % 2), "" + (10 + i % 3), "0.2");
      group.clock(i % 100 == 99 ? DAY : 17 * SECOND);
    }
    Told straight = Told.of(group, false);
    Told stored = Told.of(group, true);
    assertThat(straight.closed).hasSizeGreaterThan(20);
    assertThat(straight.positions).hasSize(600);
    assertThat(straight.risks).hasSizeGreaterThan(50);
    isTheSame(stored.closed, straight.closed);
    isTheSame(stored.positions, straight.positions);
    isTheSame(stored.risks, straight.risks);
  }

  private static void isTheSame(List<?> told, List<?> straight) {
    assertThat(told)
        .usingRecursiveComparison()
        .withComparatorForType(BigDecimal::compareTo, BigDecimal.class)
        .isEqualTo(straight);
  }

  @Test
  void thePublishedTradesComeOutAsTheyWentIn() throws Exception {
    List<String> lines = SharedData.lines(TRADES);
    List<String> names = Arrays.asList(lines.get(0).split(",", -1));
    GroupUnderTest group = setup().start();
    List<String> expected = new ArrayList<>();
    int number = 0;
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      String qty = cells[names.indexOf("qty")];
      String entry = cells[names.indexOf("entry_price")];
      String exit = cells[names.indexOf("exit_price")];
      String fee = cells[names.indexOf("fee")];
      boolean isLong = cells[names.indexOf("type")].equals("long");
      Side in = isLong ? Side.BUY : Side.SELL;
      group.advance(SECOND).fill("in" + number, null, BTC, in, qty, entry, "0");
      group.advance(SECOND).fill("out" + number, null, BTC, in.opposite(), qty, exit, fee);
      BigDecimal gross =
          new BigDecimal(exit).subtract(new BigDecimal(entry)).multiply(new BigDecimal(qty));
      gross = isLong ? gross : gross.negate();
      expected.add(
          String.join(
              " ",
              isLong ? "LONG" : "SHORT",
              plain(new BigDecimal(qty)),
              plain(new BigDecimal(entry)),
              plain(new BigDecimal(exit)),
              plain(gross),
              plain(new BigDecimal(fee)),
              plain(gross.subtract(new BigDecimal(fee)))));
      number++;
    }
    assertThat(expected).hasSize(2_089);
    assertThat(Told.of(group, false).closed).extracting(LedgerTest::shown).isEqualTo(expected);
  }
}
