package org.gantry.plugin.brushes;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.gantry.component.UnusableComponentException;
import org.gantry.constraint.ConstraintCost;
import org.gantry.constraint.ConstraintSite;
import org.gantry.constraint.PixelMask;
import org.gantry.tensor.FloatArrays;

/**
 * The mean squared difference of the edges from those of a target, over the cells under a mask
 * (arXiv:1609.03552, section 4).
 */
final class MaskedEdges implements ConstraintCost {

  private static final int ORIENTATIONS = 8;
  private static final int CELL = 8;
  private static final int GREY_CELL = 4;

  private final ConstraintSite site;
  private final OrientationHistogram histogram;
  private final PixelMask cells;
  private final Shape shape;
  private final float[] wanted;
  private final float weight;

  private MaskedEdges(
      ConstraintSite site,
      OrientationHistogram histogram,
      PixelMask cells,
      float[] wanted,
      double weight) {
    this.site = site;
    this.histogram = histogram;
    this.cells = cells;
    this.shape = new Shape(1, ORIENTATIONS, cells.height(), cells.width());
    this.wanted = wanted;
    this.weight = (float) weight;
  }

  /**
   * Creates the cost.
   *
   * @param target from 0 to 1, in the order (channel, row, column)
   * @param channels the channels of the target
   * @throws UnusableComponentException if the pictures are smaller than a cell
   */
  static MaskedEdges of(
      ConstraintSite site, PixelMask mask, float[] target, int channels, double weight) {
    int cell = site.channels() == 1 ? GREY_CELL : CELL;
    if (site.height() < cell || site.width() < cell) {
      throw new UnusableComponentException(
          "edges are compared in cells of %d x %d pixels, and the pictures have %d x %d"
              .formatted(cell, cell, site.width(), site.height()));
    }
    OrientationHistogram histogram = new OrientationHistogram(ORIENTATIONS, cell);
    float[] weights = histogram.cellWeights(mask.weights(), site.height(), site.width());
    PixelMask cells = new PixelMask(site.height() / cell, site.width() / cell, weights);
    try (NDManager scratch = site.manager().newSubManager()) {
      Shape shape = new Shape(1, channels, site.height(), site.width());
      NDArray picture = FloatArrays.fill(scratch, shape, into -> into.put(target));
      return new MaskedEdges(site, histogram, cells, histogram.of(picture).toFloatArray(), weight);
    }
  }

  @Override
  public NDArray of(NDArray pictures) {
    NDArray target = FloatArrays.fill(pictures.getManager(), shape, into -> into.put(wanted));
    NDArray squares = histogram.of(site.toUnit(pictures)).sub(target).square();
    return cells.meanOf(squares).mul(weight);
  }
}
