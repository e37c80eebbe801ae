package io.sluice.domain.market;

import static io.sluice.domain.market.Front.BTC;
import static io.sluice.domain.market.Front.SECOND;
import static io.sluice.domain.market.Front.START;
import static io.sluice.domain.market.Front.buy;
import static io.sluice.domain.market.Front.cancel;
import static io.sluice.domain.market.Front.quote;
import static io.sluice.domain.market.Front.read;
import static io.sluice.domain.market.Front.row;
import static io.sluice.domain.market.Front.trade;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.journal.Entry;
import io.sluice.domain.market.crash.CrashRule;
import io.sluice.domain.wire.Fill;
import io.sluice.domain.wire.Intent;
import io.sluice.domain.wire.Mark;
import io.sluice.domain.wire.Message;
import io.sluice.domain.wire.PaperTick;
import io.sluice.domain.wire.Side;
import io.sluice.domain.wire.TimeInForce;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class InstrumentMarketTest {
  @Test
  void aFrontThatKnowsNothingReadsTwoOfItsLongestCrashWindows() {
    assertThat(Front.terms().historyUs()).isEqualTo(15 * 60 * SECOND);
    assertThat(Front.termsWithCrashWindow(600_000).historyUs()).isEqualTo(20 * 60 * SECOND);
    assertThat(Front.termsWithCrashWindow(86_400_000).historyUs()).isEqualTo(48 * 3_600 * SECOND);
  }

  private final Front front = new Front(BTC);

  @Test
  void aTradeMakesNoEntryWhereNobodyAsked() {
    assertThat(front.at(START, trade(START, "100"))).isEmpty();
  }

  @Test
  void aNewSubscriberGetsAMarkOfTheLastMinuteBeforeTheEntryThatSubscribedIt() {
    front.at(START, trade(START, "300"));
    front.at(START + 10 * SECOND, trade(START + 10 * SECOND, "110"));
    front.at(START + 20 * SECOND, trade(START + 20 * SECOND, "90"));
    front.at(START + 65 * SECOND, trade(START + 65 * SECOND, "100"));
    List<Entry> made = front.at(START + 66 * SECOND, buy("i", "a", null, TimeInForce.IOC));
    assertThat(kinds(made)).containsExactly(Message.Kind.MARK, Message.Kind.INTENT);
    Mark mark = (Mark) made.get(0).input();
    assertThat(mark.last()).isEqualByComparingTo("100");
    assertThat(mark.high()).isEqualByComparingTo("110");
    assertThat(mark.low()).isEqualByComparingTo("90");
    assertThat(mark.eventTimeUs()).isEqualTo(START + 65 * SECOND);
    assertThat(front.at(START + 66 * SECOND, buy("i2", "a", null, TimeInForce.IOC))).hasSize(1);
  }

  @Test
  void theEntriesOfARowAreCountedFromZeroAndCarryItsClock() {
    front.at(START, buy("i", "a", "1", TimeInForce.IOC));
    front.at(START, buy("i", "b", null, TimeInForce.IOC));
    List<Entry> made = front.at(START + SECOND, trade(START, "100"));
    assertThat(made).extracting(Entry::group).containsExactly("g1", "g2", "g1", "g2");
    assertThat(made).extracting(entry -> entry.cause().sub()).containsExactly(0, 1, 2, 3);
    assertThat(made).extracting(entry -> entry.cause().offset()).containsOnly(3L);
    assertThat(made).extracting(Entry::gateTimeUs).containsOnly(START + SECOND);
    assertThat(kinds(made))
        .as("paper ticks before the mark of the same trade")
        .containsExactly(
            Message.Kind.PAPER_TICK, Message.Kind.PAPER_TICK, Message.Kind.MARK, Message.Kind.MARK);
    assertThat(((PaperTick) made.get(0).input()).status()).isEqualTo(PaperTick.Status.EXPIRED);
    assertThat(((PaperTick) made.get(1).input()).status()).isEqualTo(PaperTick.Status.FILLED);
  }

  @Test
  void aSnapshotHoldsWhatTheFrontKnows() {
    front.at(START, trade(START, "100"));
    front.at(START, trade(START, "97"));
    front.at(START, quote(START + 3, "96.5", "97.5"));
    Snapshot snapshot = last(front.at(START + 9, buy("i", "a", null, TimeInForce.IOC))).snapshot();
    assertThat(snapshot)
        .isEqualTo(
            new Snapshot(
                    new BigDecimal("97"),
                    START,
                    START + 5,
                    new BigDecimal("96.5"),
                    new BigDecimal("97.5"),
                    START + 3,
                    null,
                    null,
                    List.of(new CrashRule(10_000, new BigDecimal("0.02"))),
                    false,
                    false,
                    START + 9)
                .with(new Liquidity(null, null, new BigDecimal("2"), new BigDecimal("2")), null));
  }

  @Test
  void aCrossedOrOneSidedQuoteIsHandedOnAsItIs() {
    front.at(START, quote(START, "101", "100"));
    Snapshot crossed = last(front.at(START, buy("i", "a", null, TimeInForce.IOC))).snapshot();
    assertThat(crossed.bid()).isEqualByComparingTo("101");
    assertThat(crossed.quoteAgeUs(START)).as("not usable").isNull();
    front.at(START, quote(START, null, "100"));
    Snapshot oneSided = last(front.at(START, buy("i2", "a", null, TimeInForce.IOC))).snapshot();
    assertThat(oneSided.bid()).isNull();
    assertThat(oneSided.quoteAgeUs(START)).isNull();
  }

  @Test
  void withoutTradeAndQuoteTheSnapshotIsEmpty() {
    List<Entry> made = front.at(START, buy("i", "a", null, TimeInForce.IOC));
    assertThat(made).hasSize(1);
    assertThat(made.get(0).snapshot()).isEqualTo(Snapshot.empty(START));
  }

  @Test
  void anyRowAfterASlotCarriesItsRestFirst() {
    front.at(START, trade(START, "100"));
    front.at(START, buy("i", "a", "1", TimeInForce.GTC));
    front.at(START, trade(START, "100.05"));
    List<Entry> made = front.at(START + SECOND, buy("i2", "b", "1", TimeInForce.GTC));
    assertThat(made).extracting(Entry::group).containsExactly("g1", "g2", "g2");
    assertThat(((Mark) made.get(0).input()).high()).isEqualByComparingTo("100.05");
    assertThat(kinds(made))
        .containsExactly(Message.Kind.MARK, Message.Kind.MARK, Message.Kind.INTENT);
    front.at(START + SECOND, trade(START, "100.01"));
    assertThat(kinds(front.at(START + 2 * SECOND, quote(START, "99", "101"))))
        .containsExactly(Message.Kind.MARK, Message.Kind.MARK);
    assertThat(front.at(START + 3 * SECOND, quote(START, "99", "101")))
        .as("nothing is left")
        .isEmpty();
  }

  @Test
  void aCrashStateThatBeginsOrEndsIsAMark() {
    front.at(START, buy("i", "a", "1", TimeInForce.GTC));
    front.at(START, trade(START, "100"));
    Mark begun = (Mark) last(front.at(START, trade(START + 1, "98"))).input();
    assertThat(begun.crashed()).isTrue();
    assertThat(front.at(START, trade(START + 2, "98"))).isEmpty();
    Mark ended = (Mark) last(front.at(START, trade(START + 2 + 10 * SECOND + 1, "98"))).input();
    assertThat(ended.crashed()).isFalse();
  }

  @Test
  void anEpisodesFirstCandidateLeavesTheFrontBehindTheCalmBeforeIt() {
    front.at(START, trade(START, "100"));
    front.at(START, trade(START + 7, "99"));
    assertThat(front.candidates).isEmpty();
    front.at(START, trade(START + 5, "98"));
    assertThat(front.candidates).hasSize(2);
    CrashCandidate calm = front.candidates.get(0);
    assertThat(calm.isBefore()).isTrue();
    assertThat(calm.stampUs()).isEqualTo(START + 7 - 10 * SECOND - 1);
    CrashCandidate opening = front.candidates.get(1);
    assertThat(opening.isBefore()).isFalse();
    assertThat(opening.stampUs()).isEqualTo(START + 7);
    assertThat(opening.eventTimeUs()).isEqualTo(START + 5);
    assertThat(opening.from()).isEqualByComparingTo("100");
    assertThat(opening.to()).isEqualByComparingTo("98");
    assertThat(opening.cause().offset()).isEqualTo(3);
  }

  @Test
  void ofAnEpisodeOnlyTheEdgesLeaveTheFront() {
    front.at(START, trade(START, "100"));
    for (int i = 0; i <= 10; i++) {
      front.at(START, trade(START + i * SECOND, "98"));
    }
    assertThat(front.candidates).hasSize(2);
    front.at(START, trade(START + 15 * SECOND, "99"));
    front.at(START, trade(START + 21 * SECOND, "97"));
    assertThat(front.candidates)
        .extracting(CrashCandidate::stampUs)
        .containsExactly(START - 10 * SECOND - 1, START, START + 10 * SECOND, START + 21 * SECOND);
  }

  @Test
  void anUnknownAccountsIntentGoesToUnassignedAndLeavesNoState() {
    Front other = new Front("V:NONE");
    List<Entry> made = other.at(START, buy("i", "stranger", null, TimeInForce.IOC));
    assertThat(made).extracting(Entry::group).containsExactly("unassigned");
    assertThat(made.get(0).snapshot()).isNotNull();
    assertThat(other.market.isBlank()).isTrue();
    assertThat(other.at(START + SECOND, trade(START, "100"))).isEmpty();
  }

  @Test
  void anIntentOnAnUnlistedInstrumentIsAnsweredAndLeavesNoState() {
    Front other = new Front("V:NONE");
    List<Entry> made = other.at(START, buy("i", "a", null, TimeInForce.IOC));
    assertThat(made).extracting(Entry::group).containsExactly("g1");
    assertThat(other.market.isBlank()).isTrue();
    assertThat(other.at(START + SECOND, Front.tradeOf("V:NONE", START, "100")))
        .as("never filled, never asked")
        .isEmpty();
    assertThat(other.market.isBlank()).isFalse();
  }

  @Test
  void anIntentWithoutInstrumentIsAnsweredToo() {
    Front none = new Front("");
    List<Entry> made =
        none.at(
            START,
            read("{\"type\":\"intent\",\"intent_id\":\"i\",\"account\":\"a\",\"action\":\"NEW\"}"));
    assertThat(kinds(made)).containsExactly(Message.Kind.INTENT);
    assertThat(((Intent) made.get(0).input()).defect()).isNotNull();
    assertThat(none.market.isBlank()).isTrue();
  }

  @Test
  void aFillSubscribesItsGroupAndAnUnknownAccountsDoesNot() {
    front.at(START, trade(START, "100"));
    assertThat(kinds(front.at(START, fill("stranger")))).containsExactly(Message.Kind.FILL);
    List<Entry> made = front.at(START, fill("a"));
    assertThat(kinds(made)).containsExactly(Message.Kind.MARK, Message.Kind.FILL);
    assertThat(made).extracting(Entry::group).containsOnly("g1");
    assertThat(front.at(START + SECOND, trade(START, "100")))
        .extracting(Entry::group)
        .containsExactly("g1");
  }

  @Test
  void aPositionSubscribesFromTheGivenNumberOn() {
    front.at(START, trade(START, "100"));
    front.market.subscribe(row(9, START, trade(START, "1")), 3, "g2", front);
    assertThat(front.entries).hasSize(1);
    assertThat(front.entries.get(0).cause().sub()).isEqualTo(3);
    front.market.subscribe(row(10, START, trade(START, "1")), 3, "g2", front);
    assertThat(front.entries).as("known already").hasSize(1);
  }

  @Test
  void aCancelOfAnothersOrderEndsNothing() {
    front.at(START, buy("i", "a", "90", TimeInForce.GTC));
    assertThat(kinds(front.at(START, cancel("c", "b", "i")))).containsExactly(Message.Kind.INTENT);
  }

  private static Fill fill(String account) {
    return new Fill(
        "f",
        null,
        account,
        null,
        BTC,
        Side.BUY,
        BigDecimal.ONE,
        BigDecimal.TEN,
        BigDecimal.ZERO,
        "USD",
        START);
  }

  private static Entry last(List<Entry> entries) {
    return entries.get(entries.size() - 1);
  }

  private static List<Message.Kind> kinds(List<Entry> entries) {
    return entries.stream().map(entry -> entry.input().kind()).toList();
  }
}
