package io.sluice.domain.market.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sluice.domain.json.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AnomalyWatchTest {
  private static final long MINUTE = 60_000_000L;
  private static final AnomalyTerms TERMS = new AnomalyTerms(16, 256, 4, 0.97, 3, 8);

  /** A wave that repeats every 40 bars, with a little noise; the shape at 400 is another. */
  private static double close(int bar, Random random) {
    double wave = Math.sin(2 * Math.PI * bar / 40);
    double odd = bar >= 400 && bar < 416 ? (bar % 2 == 0 ? 2 : -2) : 0;
    return 100 + wave + odd + random.nextGaussian() * 0.01;
  }

  @Test
  void aShapeThatNeverCameBeforeIsADiscordOnce() {
    AnomalyWatch watch = new AnomalyWatch(TERMS, MINUTE);
    Random random = new Random(1);
    List<Anomaly.Discord> discords = new ArrayList<>();
    for (int bar = 0; bar < 600; bar++) {
      for (Anomaly found : watch.onBar(bar * MINUTE, close(bar, random))) {
        if (found instanceof Anomaly.Discord discord) {
          discords.add(discord);
        }
      }
    }
    assertThat(discords)
        .singleElement()
        .satisfies(
            discord -> {
              assertThat(discord.timeUs()).isBetween(401 * MINUTE, 416 * MINUTE);
              assertThat(discord.score()).isGreaterThan(4).isFinite();
              assertThat(discord.nearestUs()).isLessThan(discord.timeUs());
            });
  }

  @Test
  void aShapeThatCameBeforeTellsWhatFollowed() {
    AnomalyWatch watch = new AnomalyWatch(TERMS, MINUTE);
    Random random = new Random(2);
    List<Anomaly.Motif> motifs = new ArrayList<>();
    for (int bar = 0; bar < 380; bar++) {
      for (Anomaly found : watch.onBar(bar * MINUTE, close(bar, random))) {
        assertThat(found).isInstanceOf(Anomaly.Motif.class);
        motifs.add((Anomaly.Motif) found);
      }
    }
    assertThat(motifs.size()).as("one a shape's length, once the history is full").isBetween(5, 8);
    for (Anomaly.Motif motif : motifs) {
      int last = (int) (motif.timeUs() / MINUTE) - 1;
      // The wave came five or six times before in 256 bars.
      assertThat(motif.matches()).isBetween(5, 6);
      assertThat((motif.timeUs() - motif.nearestUs()) % (40 * MINUTE)).isZero();
      double now = Math.log(100 + Math.sin(2 * Math.PI * last / 40));
      double then = Math.log(100 + Math.sin(2 * Math.PI * (last + 8) / 40));
      assertThat(motif.meanReturn()).isEqualTo(then - now, within(2e-4));
      assertThat(motif.forwardUs()).isEqualTo(8 * MINUTE);
    }
  }

  @Test
  void itSaysNothingUntilItsHistoryIsFullAndAgainAfterABreak() {
    AnomalyWatch watch = new AnomalyWatch(TERMS, MINUTE);
    Random random = new Random(3);
    long first = -1;
    for (int bar = 0; bar < 300 && first < 0; bar++) {
      first = watch.onBar(bar * MINUTE, close(bar, random)).isEmpty() ? -1 : bar;
    }
    assertThat(first).isEqualTo(255);
    long again = -1;
    for (int bar = 1_000; bar < 1_400 && again < 0; bar++) {
      again = watch.onBar(bar * MINUTE, close(bar, random)).isEmpty() ? -1 : bar;
    }
    assertThat(again).isEqualTo(1_255);
  }

  @Test
  void aMarketThatStandsStillIsNoDiscord() {
    AnomalyWatch watch = new AnomalyWatch(TERMS, MINUTE);
    for (int bar = 0; bar < 400; bar++) {
      double close = bar == 350 ? 1e12 : 5;
      assertThat(watch.onBar(bar * MINUTE, close)).noneMatch(Anomaly.Discord.class::isInstance);
    }
  }

  @Test
  void itGoesOnFromItsBytesAtAnyBar() {
    AnomalyWatch straight = new AnomalyWatch(TERMS, MINUTE);
    AnomalyWatch restored = new AnomalyWatch(TERMS, MINUTE);
    Random random = new Random(4);
    int found = 0;
    for (int bar = 0; bar < 500; bar++) {
      double close = close(bar, random);
      List<Anomaly> anomalies = straight.onBar(bar * MINUTE, close);
      assertThat(restored.onBar(bar * MINUTE, close)).isEqualTo(anomalies);
      assertThat(restored.toBytes()).isEqualTo(straight.toBytes());
      restored = AnomalyWatch.of(TERMS, MINUTE, restored.toBytes());
      found += anomalies.size();
    }
    assertThat(found).isGreaterThan(5);
    assertThat(new AnomalyWatch(AnomalyTerms.DEFAULT, MINUTE).toBytes().length)
        .isEqualTo(new AnomalyWatch(AnomalyTerms.DEFAULT, MINUTE).toBytes().length)
        .isLessThan(25_000);
  }

  @Test
  void barsThatAreOfNoUseChangeNothing() {
    AnomalyWatch watch = new AnomalyWatch(TERMS, MINUTE);
    watch.onBar(10 * MINUTE, 5);
    byte[] before = watch.toBytes();
    for (double close : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      watch.onBar(11 * MINUTE, close);
    }
    watch.onBar(10 * MINUTE, 7);
    assertThat(watch.toBytes()).isEqualTo(before);
  }

  @Test
  void termsOutOfRangeAreRefused() {
    assertThatThrownBy(() -> new AnomalyTerms(32, 127, 4, 0.95, 3, 16))
        .hasMessageContaining("history is 127");
    assertThatThrownBy(() -> new AnomalyTerms(32, 512, 4, 1, 3, 16))
        .hasMessageContaining("motif_correlation");
  }

  /** Bytes that the first build wrote: state of that time reads. */
  @Test
  void itsBytesStayWhatTheyWere() {
    AnomalyWatch watch = new AnomalyWatch(TERMS, MINUTE);
    Random random = new Random(4);
    int found = 0;
    for (int bar = 0; bar < 500; bar++) {
      double close = 100 + bar * bar % 40 / 10.0 + random.nextInt(100) / 1000.0;
      found += watch.onBar(bar * MINUTE, close).size();
    }
    assertThat(found).isEqualTo(15);
    assertThat(Sha256.hex(watch.toBytes()))
        .isEqualTo("5feab366888bea82044d7ebf631c6feadf9a4884aed2000c5f4176d43869fe20");
  }
}
