package org.gantry.plugin.brushes;

import jakarta.inject.Inject;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Positive;
import java.nio.file.Path;
import java.util.List;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.constraint.Constraint;
import org.gantry.constraint.ConstraintCost;
import org.gantry.constraint.ConstraintSite;
import org.gantry.constraint.MaskShape;
import org.gantry.constraint.PixelMask;

/** Asks for the edges of a sketch, or for those of another picture under a mask. */
@Component(
    kind = ComponentKind.CONSTRAINT,
    name = "sketch",
    summary = "Gives an edited picture the edges of a sketch, or those of another picture",
    paper = "arXiv:1609.03552, section 4")
final class SketchBrush implements Constraint {

  record Options(
      @Description(
              "the shapes of the sketch, such as strokes; with a picture, where its edges count")
          @NotEmpty List<MaskShape> mask,
      @Description("a picture file whose edges are wanted, in place of those of the shapes")
          @DefaultValue("")
          Path picture,
      @Description("the weight of the mean squared difference") @DefaultValue("0.2") @Positive double weight) {}

  private final Options options;

  @Inject
  SketchBrush(Options options) {
    this.options = options;
  }

  @Override
  public ConstraintCost prepare(ConstraintSite site) {
    PixelMask mask = PixelMask.of(options.mask(), site);
    boolean sketched = options.picture().toString().isEmpty();
    float[] target = sketched ? mask.weights() : site.reader().read(options.picture(), 1);
    return MaskedEdges.of(site, mask, target, 1, options.weight());
  }
}
