package org.gantry.plugin.classifierscore;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.gantry.tensor.Kernel;

/**
 * The kernel Inception distance: the unbiased estimate of the squared maximum mean discrepancy
 * between two sets of features (arXiv:1801.01401, section 4). The kernel is (a.b / d + 1)^3 for d
 * features, in float64. Between samples of one distribution the mean is 0, so about half of the
 * estimates are negative.
 */
final class KernelDistance implements AutoCloseable {

  private static final String DISTANCE =
      """
      def forward(self, first: Tensor, second: Tensor) -> Tensor:
        x = torch.to(first, 7)
        y = torch.to(second, 7)
        n = torch.size(x, 0)
        m = torch.size(y, 0)
        d = torch.size(x, 1)
        xx = torch.pow(torch.add(torch.div(torch.matmul(x, torch.t(x)), d), 1.0), 3)
        yy = torch.pow(torch.add(torch.div(torch.matmul(y, torch.t(y)), d), 1.0), 3)
        xy = torch.pow(torch.add(torch.div(torch.matmul(x, torch.t(y)), d), 1.0), 3)
        within_x = torch.div(torch.sub(torch.sum(xx), torch.trace(xx)), n * (n - 1))
        within_y = torch.div(torch.sub(torch.sum(yy), torch.trace(yy)), m * (m - 1))
        return torch.sub(torch.add(within_x, within_y), torch.mean(xy), alpha=2)
      """;

  /** The mean and the standard deviation over random subsets. */
  record DistanceEstimate(double mean, double deviation) {}

  private final Kernel distance;

  /**
   * Loads the kernel.
   *
   * @param manager owns it
   */
  KernelDistance(NDManager manager) {
    distance = Kernel.load(manager, DISTANCE);
  }

  /**
   * The distance between two sets of features.
   *
   * @param first shape (n, features), n at least 2
   * @param second shape (m, features), m at least 2
   */
  double ofSamples(NDArray first, NDArray second) {
    try (NDArray result = distance.call(first, second)) {
      return result.toDoubleArray()[0];
    }
  }

  /**
   * The mean and the standard deviation of the distance between random subsets. Subsets are drawn
   * from each set without replacement.
   *
   * @param subsets the number of subsets, at least 2
   * @param size the size of a subset, at least 2 and at most the size of either set
   */
  DistanceEstimate ofSubsets(
      NDArray first, NDArray second, int subsets, int size, RandomGenerator random) {
    double[] distances = new double[subsets];
    for (int i = 0; i < subsets; i++) {
      try (NDManager temporary = first.getManager().newSubManager()) {
        NDArray a = subset(temporary, first, size, random);
        NDArray b = subset(temporary, second, size, random);
        distances[i] = ofSamples(a, b);
      }
    }
    double mean = IntStream.range(0, subsets).mapToDouble(i -> distances[i]).sum() / subsets;
    double squares = 0;
    for (double value : distances) {
      squares += (value - mean) * (value - mean);
    }
    return new DistanceEstimate(mean, Math.sqrt(squares / (subsets - 1)));
  }

  private static NDArray subset(NDManager into, NDArray set, int size, RandomGenerator random) {
    int count = Math.toIntExact(set.getShape().get(0));
    int[] drawn = RandomOrder.shuffle(IntStream.range(0, count).toArray(), random);
    return MatrixRows.select(into, set, Arrays.copyOf(drawn, size));
  }

  @Override
  public void close() {
    distance.close();
  }
}
