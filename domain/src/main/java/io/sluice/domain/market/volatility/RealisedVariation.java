package io.sluice.domain.market.volatility;

import io.sluice.domain.market.state.StateTape;
import java.nio.ByteBuffer;

/**
 * Realised, bipower and tripower variation of the newest returns, and the ratio test for jumps
 * among them (Barndorff-Nielsen and Shephard 2006; Huang and Tauchen 2005): a jump is in the sum of
 * squares, but hardly in the sum of products of neighbours.
 */
public final class RealisedVariation {
  /** 1 / E|Z|^2 = pi / 2 of a standard normal Z. */
  private static final double BIPOWER = StrictMath.PI / 2;

  /** 1 / E(|Z|^(4/3))^3. */
  private static final double TRIPOWER = 1.7434720745319836;

  /** pi^2 / 4 + pi - 5. */
  private static final double THETA = StrictMath.PI * StrictMath.PI / 4 + StrictMath.PI - 5;

  /** The ratio above which there was a jump, but for one window in a thousand without one. */
  public static final double JUMP_RATIO = 3.090232306167813;

  private final Window window;
  private final CompensatedSum squares = new CompensatedSum();
  private final CompensatedSum products = new CompensatedSum();
  private final CompensatedSum triples = new CompensatedSum();

  /**
   * @param length how many returns count, at least 3
   */
  public RealisedVariation(int length) {
    if (length < 3) {
      throw new IllegalArgumentException("the window is " + length + ", expected at least 3");
    }
    window = new Window(length);
  }

  public void add(double aReturn) {
    if (window.isFull()) {
      int oldest = window.held() - 1;
      squares.add(-square(oldest));
      products.add(-product(oldest - 1));
      triples.add(-triple(oldest - 2));
    }
    window.add(Math.abs(aReturn));
    squares.add(square(0));
    if (window.held() > 1) {
      products.add(product(0));
    }
    if (window.held() > 2) {
      triples.add(triple(0));
    }
  }

  private double square(int back) {
    return window.back(back) * window.back(back);
  }

  private double product(int back) {
    return window.back(back) * window.back(back + 1);
  }

  private double triple(int back) {
    return StrictMath.pow(product(back) * window.back(back + 2), 4.0 / 3);
  }

  public boolean isFull() {
    return window.isFull();
  }

  /** Sum of the squared returns. */
  public double realised() {
    return squares.value();
  }

  /** pi / 2 times the sum of products of neighbouring absolute returns. */
  public double bipower() {
    return BIPOWER * Math.max(0, products.value());
  }

  /**
   * n * n / (n - 2) times the sum of triple products to the power 4/3, scaled to the integrated
   * quarticity; NaN below three returns.
   */
  public double tripower() {
    double n = window.held();
    return n < 3 ? Double.NaN : n * n / (n - 2) * TRIPOWER * Math.max(0, triples.value());
  }

  /**
   * The ratio statistic, standard normal without jumps: ((RV - BV) / RV) / sqrt(theta max(1, TP /
   * BV^2) / n); NaN until the window is full, and where nothing moved. Where all that moved was a
   * single return, that is a jump: infinity.
   */
  public double jumpRatio() {
    double realised = realised();
    if (!isFull() || !(realised > 0)) {
      return Double.NaN;
    }
    double bipower = bipower();
    if (bipower == 0) {
      return Double.POSITIVE_INFINITY;
    }
    double quarticity = Math.max(1, tripower() / (bipower * bipower));
    return (realised - bipower) / realised / Math.sqrt(THETA * quarticity / window.held());
  }

  /** Whether the window holds a jump, at one false alarm in a thousand windows. */
  public boolean hasJump() {
    return jumpRatio() > JUMP_RATIO;
  }

  /** Variance of one return by the squares; NaN until the window is full. */
  double realisedOfOne() {
    return isFull() ? realised() / window.held() : Double.NaN;
  }

  /** Variance of one return by the products, of which there is one less than returns. */
  double bipowerOfOne() {
    return isFull() ? bipower() / (window.held() - 1) : Double.NaN;
  }

  int size() {
    return window.size() + 3 * CompensatedSum.SIZE;
  }

  void write(ByteBuffer to) {
    window.write(to);
    squares.write(to);
    products.write(to);
    triples.write(to);
  }

  public void state(StateTape tape) {
    ByteBuffer now = ByteBuffer.allocate(size());
    write(now);
    read(ByteBuffer.wrap(tape.block(now.array())));
  }

  void read(ByteBuffer from) {
    window.read(from);
    squares.read(from);
    products.read(from);
    triples.read(from);
  }
}
