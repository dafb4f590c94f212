package org.gantry.plugin.brushes;

import jakarta.inject.Inject;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.stream.IntStream;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.component.UnusableComponentException;
import org.gantry.constraint.Constraint;
import org.gantry.constraint.ConstraintCost;
import org.gantry.constraint.ConstraintSite;
import org.gantry.constraint.MaskShape;
import org.gantry.constraint.PictureFrame;
import org.gantry.constraint.PixelMask;

/**
 * Drags a part of the picture to another place. Its colours and its edges before the edit are
 * wanted there.
 */
@Component(
    kind = ComponentKind.CONSTRAINT,
    name = "warp",
    summary = "Drags a part of an edited picture to another place",
    paper = "arXiv:1609.03552, section 4")
final class WarpBrush implements Constraint {

  record Options(
      @Description("the shapes that are dragged") @NotEmpty List<MaskShape> mask,
      @Description("how far they go to the right and down, in pixels") @Size(min = 2, max = 2) List<Double> by,
      @Description("the weight of the colours") @DefaultValue("1") @PositiveOrZero double colour,
      @Description("the weight of the edges") @DefaultValue("0.2") @PositiveOrZero double sketch) {}

  private final Options options;

  @Inject
  WarpBrush(Options options) {
    if (options.colour() == 0 && options.sketch() == 0) {
      throw new UnusableComponentException(
          "the weight of the colours or of the edges must be above 0");
    }
    this.options = options;
  }

  @Override
  public ConstraintCost prepare(ConstraintSite site) {
    PixelMask before = PixelMask.of(options.mask(), site);
    PictureFrame frame = site.frame();
    double across = options.by().get(0) * site.width() / frame.partWidth();
    double down = options.by().get(1) * site.height() / frame.partHeight();
    PlaneShift shift = new PlaneShift(across, down, site.height(), site.width());
    float[] moved = shift.of(before.weights());
    if (IntStream.range(0, moved.length).noneMatch(i -> moved[i] > 0)) {
      throw new UnusableComponentException(
          "moved by %s, the mask lies outside of the picture, which has %d x %d pixels"
              .formatted(options.by(), frame.width(), frame.height()));
    }
    PixelMask after = new PixelMask(site.height(), site.width(), moved);
    float[] target = shift.of(site.picture());
    MaskedColour colour = new MaskedColour(site, after, target, options.colour());
    MaskedEdges edges = MaskedEdges.of(site, after, target, site.channels(), options.sketch());
    return pictures -> colour.of(pictures).add(edges.of(pictures));
  }
}
