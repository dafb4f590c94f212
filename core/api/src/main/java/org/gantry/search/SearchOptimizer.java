package org.gantry.search;

/** How a search moves its codes. */
public enum SearchOptimizer {
  /** Adam (arXiv:1412.6980, algorithm 1), with a rate that falls to zero. */
  ADAM(0.1),
  /** The momentum of Nesterov at a constant rate, for objectives that are sums over pixels. */
  NESTEROV(0.001);

  private final double rate;

  SearchOptimizer(double rate) {
    this.rate = rate;
  }

  /** Returns a usual rate. */
  public double usualRate() {
    return rate;
  }
}
