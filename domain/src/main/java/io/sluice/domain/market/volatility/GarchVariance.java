package io.sluice.domain.market.volatility;

import java.nio.ByteBuffer;

/**
 * GARCH whose model is fitted again at an interval. A fit is of the returns up to a stated bar and
 * takes effect a stated number of bars later, whenever it was computed, so that a replay agrees;
 * the filter then runs over the fitted returns and those since. Until the first fit takes effect,
 * and while the newest one came to no model, the variance is exponentially weighted.
 */
final class GarchVariance implements BarVariance {
  private final GarchTerms terms;
  private final EwmaVariance fallback;
  private final Window returns;
  private long askedAt = -1;
  private GarchModel model;
  private GarchFilter filter;
  private Offer offer;

  private record Offer(long askedAt, GarchFit fit) {}

  /**
   * @param lambda the weight of the past in the variance that stands in for a model
   */
  GarchVariance(GarchTerms terms, double lambda) {
    this.terms = terms;
    this.fallback = new EwmaVariance(lambda);
    this.returns = new Window(terms.window() + terms.effectiveAfter());
  }

  @Override
  public void add(BarReturns bar) {
    if (bar.isFirst()) {
      return;
    }
    double aReturn = bar.wholeOfOneBar();
    fallback.add(bar);
    returns.add(aReturn);
    if (filter != null) {
      filter.add(aReturn);
    }
    if (askedAt >= 0 && returns.count() == askedAt + terms.effectiveAfter()) {
      takeEffect();
    }
    long beyond = returns.count() - terms.window();
    if (beyond >= 0 && beyond % terms.fitEvery() == 0) {
      askedAt = returns.count();
    }
  }

  /** Names the fit that is asked for by how many returns had come; -1 where none is. */
  long askedAt() {
    return askedAt;
  }

  /** The returns to fit, oldest first; null where no fit is asked for. */
  double[] asked() {
    if (askedAt < 0) {
      return null;
    }
    int since = (int) (returns.count() - askedAt);
    double[] asked = new double[terms.window()];
    for (int i = 0; i < asked.length; i++) {
      asked[asked.length - 1 - i] = returns.back(since + i);
    }
    return asked;
  }

  /** A fit of what was asked for, computed elsewhere; one that nobody asked for is dropped. */
  void offer(long offeredFor, GarchFit fit) {
    if (offeredFor == askedAt) {
      offer = new Offer(offeredFor, fit);
    }
  }

  private void takeEffect() {
    double[] sample = asked();
    GarchFit fit = offer != null && offer.askedAt() == askedAt ? offer.fit() : terms.fit(sample);
    offer = null;
    askedAt = -1;
    model = fit.model();
    filter = model == null ? null : new GarchFilter(model);
    if (filter != null) {
      for (double aReturn : sample) {
        filter.add(aReturn);
      }
      for (int back = terms.effectiveAfter() - 1; back >= 0; back--) {
        filter.add(returns.back(back));
      }
    }
  }

  /** The model in effect, or null. */
  GarchModel model() {
    return model;
  }

  @Override
  public double variance() {
    return filter == null ? fallback.variance() : filter.variance();
  }

  @Override
  public int size() {
    int lags = terms.alphas() + terms.betas();
    return fallback.size()
        + returns.size()
        + Long.BYTES
        + 1
        + Double.BYTES * (3 + lags)
        + Double.BYTES * (lags + 1);
  }

  @Override
  public void write(ByteBuffer to) {
    int end = to.position() + size();
    fallback.write(to);
    returns.write(to);
    to.putLong(askedAt);
    to.put((byte) (model == null ? 0 : 1));
    if (model != null) {
      to.putDouble(model.mu()).putDouble(model.omega()).putDouble(model.startVariance());
      for (double alpha : model.alpha()) {
        to.putDouble(alpha);
      }
      for (double beta : model.beta()) {
        to.putDouble(beta);
      }
      filter.write(to);
    }
    to.position(end);
  }

  @Override
  public void read(ByteBuffer from) {
    int end = from.position() + size();
    fallback.read(from);
    returns.read(from);
    askedAt = from.getLong();
    boolean hasModel = from.get() == 1;
    model = null;
    filter = null;
    if (hasModel) {
      double mu = from.getDouble();
      double omega = from.getDouble();
      double startVariance = from.getDouble();
      double[] alpha = doubles(from, terms.alphas());
      double[] beta = doubles(from, terms.betas());
      model = new GarchModel(mu, omega, alpha, beta, startVariance);
      filter = new GarchFilter(model);
      filter.read(from);
    }
    from.position(end);
  }

  private static double[] doubles(ByteBuffer from, int count) {
    double[] doubles = new double[count];
    for (int i = 0; i < count; i++) {
      doubles[i] = from.getDouble();
    }
    return doubles;
  }
}
