package io.sluice.domain.market.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sluice.domain.SharedData;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeftMatrixProfileTest {
  private static final int LENGTH = 32;

  /**
   * The published profile looks both ways: what is to the right of one is to the left of another.
   */
  @ParameterizedTest
  @ValueSource(strings = {"mpx_mp/mpx_mpi", "scrimp.mp/scrimp.mpi"})
  void thePublishedProfile(String files) {
    double[] series = numbers("sampledata.txt");
    double[] published = numbers(files.split("/")[0] + ".txt");
    double[] publishedAt = numbers(files.split("/")[1] + ".txt");
    LeftMatrixProfile profile = new LeftMatrixProfile(LENGTH, series.length);
    int shapes = series.length - LENGTH + 1;
    double[] best = new double[shapes];
    int[] at = new int[shapes];
    Arrays.fill(best, -2);
    for (int last = 0; last < series.length; last++) {
      profile.add(series[last]);
      int shape = last - LENGTH + 1;
      for (int lag = profile.leastLag(); lag <= profile.lags(); lag++) {
        double correlation = profile.correlation(lag);
        if (correlation > best[shape]) {
          best[shape] = correlation;
          at[shape] = shape - lag;
        }
        if (correlation > best[shape - lag]) {
          best[shape - lag] = correlation;
          at[shape - lag] = shape;
        }
      }
      if (shape >= 0 && profile.nearestLag() > 0) {
        assertThat(shape - profile.nearestLag()).isEqualTo(at[shape]);
      }
    }
    assertThat(published).hasSize(shapes);
    for (int shape = 0; shape < shapes; shape++) {
      assertThat(profile.distance(best[shape])).isEqualTo(published[shape], within(6e-5));
      assertThat(at[shape] + 1).isEqualTo((int) publishedAt[shape]);
    }
  }

  @Test
  void itStaysExactHoweverLongItRuns() {
    LeftMatrixProfile profile = new LeftMatrixProfile(16, 200);
    Random random = new Random(1);
    double[] series = new double[20_000];
    for (int i = 0; i < series.length; i++) {
      double before = i == 0 ? 10 : series[i - 1];
      // A crash to a thousandth and back, long before the end.
      series[i] = before + random.nextGaussian() * 1e-3 + (i == 19_000 ? -7 : i == 19_001 ? 7 : 0);
      profile.add(series[i]);
    }
    for (int lag = profile.leastLag(); lag <= profile.lags(); lag++) {
      assertThat(profile.correlation(lag))
          .isEqualTo(
              correlation(series, series.length - 16, series.length - 16 - lag), within(1e-8));
    }
    assertThat(profile.lags()).isEqualTo(184);
  }

  @Test
  void flatShapesAreAlikeAndHalfLikeOthers() {
    LeftMatrixProfile profile = new LeftMatrixProfile(4, 40);
    for (int i = 0; i < 10; i++) {
      profile.add(3);
    }
    assertThat(profile.distance(profile.correlation(profile.nearestLag()))).isZero();
    for (int i = 0; i < 4; i++) {
      profile.add(i * i);
    }
    assertThat(profile.distance(profile.correlation(4))).isEqualTo(2);
  }

  @Test
  void thereIsNothingToCompareAtFirst() {
    LeftMatrixProfile profile = new LeftMatrixProfile(8, 16);
    for (int i = 0; i < 9; i++) {
      assertThat(profile.nearestLag()).isZero();
      profile.add(i % 3);
    }
    assertThat(profile.nearestLag()).isZero();
    profile.add(1);
    assertThat(profile.nearestLag()).isEqualTo(2);
    assertThatThrownBy(() -> new LeftMatrixProfile(8, 15)).hasMessageContaining("history 15");
  }

  private static double correlation(double[] series, int a, int b) {
    double meanA = Arrays.stream(series, a, a + 16).average().orElseThrow();
    double meanB = Arrays.stream(series, b, b + 16).average().orElseThrow();
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < 16; i++) {
      ab += (series[a + i] - meanA) * (series[b + i] - meanB);
      aa += (series[a + i] - meanA) * (series[a + i] - meanA);
      bb += (series[b + i] - meanB) * (series[b + i] - meanB);
    }
    return ab / Math.sqrt(aa * bb);
  }

  private static double[] numbers(String name) {
    return SharedData.lines("matrix-profile-expected/" + name).stream()
        .filter(line -> !line.isBlank())
        .mapToDouble(line -> Double.parseDouble(line.trim()))
        .toArray();
  }
}
