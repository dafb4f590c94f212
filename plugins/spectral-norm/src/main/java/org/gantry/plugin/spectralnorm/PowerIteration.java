package org.gantry.plugin.spectralnorm;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import org.gantry.tensor.Kernel;

/**
 * Power iteration on a weight, read as a matrix W with one row per output: {@code v = W'u / |W'u|},
 * then {@code u = Wv / |Wv|}. The estimate {@code sigma = u'Wv} rises towards the largest singular
 * value. Gradients treat u and v as constants.
 */
final class PowerIteration implements AutoCloseable {

  /** The axis of a weight that counts its outputs. */
  enum OutputAxis {
    /** The first axis, as in linear layers and convolutions. */
    FIRST("torch.reshape(weight, [torch.size(weight, 0), -1])"),
    /** The second axis, as in transposed convolutions. */
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
     * The source of {@code W norm / sigma}, where sigma comes from one more iteration. The vector u
     * does not change.
     */
    String normalized(double norm) {
      return source("normalized.torchscript", Map.of("$norm", Double.toString(norm)));
    }
  }

  private final Kernel normalized;
  private final Kernel iteration;

  /**
   * Creates the kernels.
   *
   * @param manager owns them
   * @param norm the largest singular value of the normalised weight
   */
  PowerIteration(NDManager manager, OutputAxis outputs, double norm) {
    normalized = Kernel.deferred(manager, outputs.normalized(norm));
    iteration = Kernel.deferred(manager, outputs.source("iteration.torchscript", Map.of()));
  }

  /** The weight divided by its largest singular value, times the norm. */
  NDArray normalized(NDManager into, NDArray weight, NDArray u) {
    return normalized.call(into, List.of(weight, u)).singletonOrThrow();
  }

  /** Moves u by one iteration, in place. */
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
