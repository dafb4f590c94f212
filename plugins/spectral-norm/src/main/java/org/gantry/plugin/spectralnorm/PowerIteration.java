package org.gantry.plugin.spectralnorm;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import org.gantry.tensor.Kernel;

/**
 * Power iteration on a weight, read as a matrix with one row for each output: {@code v = W'u /
 * |W'u|}, then {@code u = Wv / |Wv|}, so that {@code sigma = u'Wv} rises towards the largest
 * singular value. Vectors are constants to the gradient.
 */
final class PowerIteration implements AutoCloseable {

  /** Where a weight's outputs are counted. */
  enum OutputAxis {
    /** Along its first axis, as linear maps and convolutions have it. */
    FIRST("torch.reshape(weight, [torch.size(weight, 0), -1])"),
    /** Along its second axis, as transposed convolutions have it. */
    SECOND("torch.reshape(torch.transpose(weight, 0, 1), [torch.size(weight, 1), -1])");

    private final String rows;

    OutputAxis(String rows) {
      this.rows = rows;
    }

    int axis() {
      return this == FIRST ? 0 : 1;
    }

    private String source(String file, Map<String, String> constants) {
      String text = Kernel.readSource(PowerIteration.class, file).replace("$rows", rows);
      for (Map.Entry<String, String> constant : constants.entrySet()) {
        text = text.replace(constant.getKey(), constant.getValue());
      }
      return text;
    }

    /**
     * The source of {@code W norm / sigma}, sigma being what one more iteration from u gives; it
     * leaves u as it is.
     */
    String normalized(double norm) {
      return source("normalized.torchscript", Map.of("$norm", Double.toString(norm)));
    }
  }

  private final Kernel normalized;
  private final Kernel iteration;

  /**
   * Loads the kernels.
   *
   * @param manager owns them
   * @param norm what the largest singular value becomes
   */
  PowerIteration(NDManager manager, OutputAxis outputs, double norm) {
    normalized = Kernel.load(manager, outputs.normalized(norm));
    iteration = Kernel.load(manager, outputs.source("iteration.torchscript", Map.of()));
  }

  /** The weight divided by its largest singular value, times the norm. */
  NDArray normalized(NDManager into, NDArray weight, NDArray u) {
    return normalized.call(into, List.of(weight, u)).singletonOrThrow();
  }

  /** Moves u, in place, by one iteration. */
  void iterate(NDArray weight, NDArray u) {
    try (NDManager scratch = u.getManager().newSubManager()) {
      iteration.call(scratch, List.of(weight, u));
    }
  }

  @Override
  public void close() {
    normalized.close();
    iteration.close();
  }
}
