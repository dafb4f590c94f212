package org.gantry.plugin.classifierscore;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.gantry.tensor.Kernel;

/**
 * The squared Fréchet distance between two normal distributions, fitted to two sets of features
 * (arXiv:1706.08500, equation 6): |m1 - m2|^2 + tr(S1 + S2 - 2 (S1 S2)^(1/2)), in float64. The
 * trace of the root equals the trace of (S1^(1/2) S2 S1^(1/2))^(1/2), which is symmetric.
 */
final class FrechetDistance implements AutoCloseable {

  private static final String MOMENTS =
      """
      def forward(self, features: Tensor) -> Tuple[Tensor, Tensor]:
        x = torch.to(features, 7)
        return (torch.mean(x, [0]), torch.cov(torch.t(x)))
      """;

  private static final String DISTANCE =
      """
      def forward(self, m1: Tensor, s1: Tensor, m2: Tensor, s2: Tensor) -> Tensor:
        values, vectors = torch.linalg_eigh(s1)
        scaled = torch.mul(vectors, torch.sqrt(torch.clamp_min(values, 0)))
        root = torch.matmul(scaled, torch.t(vectors))
        product = torch.matmul(torch.matmul(root, s2), root)
        symmetric = torch.mul(torch.add(product, torch.t(product)), 0.5)
        roots = torch.sqrt(torch.clamp_min(torch.linalg_eigvalsh(symmetric), 0))
        traces = torch.sub(torch.add(torch.trace(s1), torch.trace(s2)), torch.sum(roots), alpha=2)
        return torch.add(torch.sum(torch.pow(torch.sub(m1, m2), 2)), traces)
      """;

  private final Kernel moments;
  private final Kernel distance;

  /**
   * Loads the kernels.
   *
   * @param manager owns them
   */
  FrechetDistance(NDManager manager) {
    moments = Kernel.load(manager, MOMENTS);
    distance = Kernel.load(manager, DISTANCE);
  }

  /**
   * The distance between two sets of features.
   *
   * @param first shape (n, features), n at least 2; covariances divide by n - 1
   * @param second shape (m, features), m at least 2
   */
  double ofSamples(NDArray first, NDArray second) {
    try (NDManager temporary = first.getManager().newSubManager()) {
      NDList a = moments.call(temporary, List.of(first));
      NDList b = moments.call(temporary, List.of(second));
      return ofMoments(a.get(0), a.get(1), b.get(0), b.get(1));
    }
  }

  /**
   * The distance between two normal distributions, from means of shape (features) and covariances
   * of shape (features, features), in float64.
   */
  double ofMoments(NDArray m1, NDArray s1, NDArray m2, NDArray s2) {
    try (NDArray result = distance.call(m1, s1, m2, s2)) {
      return result.toDoubleArray()[0];
    }
  }

  @Override
  public void close() {
    moments.close();
    distance.close();
  }
}
