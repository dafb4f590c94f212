package org.gantry.plugin.brushes;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.gantry.constraint.ConstraintCost;
import org.gantry.constraint.ConstraintSite;
import org.gantry.constraint.PixelMask;
import org.gantry.tensor.FloatArrays;

/**
 * The mean squared difference from a target under a mask, for values in [-1, 1] (arXiv:1609.03552,
 * section 4).
 */
final class MaskedColour implements ConstraintCost {

  /** Values are compared in [0, 1]; the paper's range is twice as wide. */
  private static final float SQUARED_SCALE = 4;

  private final ConstraintSite site;
  private final PixelMask mask;
  private final float[] target;
  private final float weight;

  /**
   * Creates the cost.
   *
   * @param target from 0 to 1, in the order (channel, row, column); not copied
   */
  MaskedColour(ConstraintSite site, PixelMask mask, float[] target, double weight) {
    this.site = site;
    this.mask = mask;
    this.target = target;
    this.weight = (float) weight;
  }

  @Override
  public NDArray of(NDArray pictures) {
    NDManager manager = pictures.getManager();
    Shape shape = new Shape(1, site.channels(), site.height(), site.width());
    NDArray wanted = FloatArrays.fill(manager, shape, into -> into.put(target));
    NDArray squares = site.toUnit(pictures).sub(wanted).square();
    return mask.meanOf(squares).mul(SQUARED_SCALE * weight);
  }
}
