package org.gantry.plugin.brushes;

import jakarta.inject.Inject;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Positive;
import java.nio.file.Path;
import java.util.List;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.component.UnusableComponentException;
import org.gantry.constraint.Constraint;
import org.gantry.constraint.ConstraintCost;
import org.gantry.constraint.ConstraintSite;
import org.gantry.constraint.MaskShape;
import org.gantry.constraint.PixelMask;

/** Asks for a colour, or for the colours of another picture, under a mask. */
@Component(
    kind = ComponentKind.CONSTRAINT,
    name = "colour",
    summary = "Gives a part of an edited picture a colour, or the colours of another picture",
    paper = "arXiv:1609.03552, section 4")
final class ColourBrush implements Constraint {

  record Options(
      @Description("the shapes that are painted") @NotEmpty List<MaskShape> mask,
      @Description("one brightness, or red, green and blue, from 0 to 1") @DefaultValue("[]")
          List<@DecimalMin("0") @DecimalMax("1") Double> colour,
      @Description("a picture file with the colours, in place of one colour") @DefaultValue("")
          Path picture,
      @Description("the weight of the mean squared difference") @DefaultValue("1") @Positive double weight) {}

  private final Options options;

  @Inject
  ColourBrush(Options options) {
    if (options.colour().isEmpty() == options.picture().toString().isEmpty()) {
      throw new UnusableComponentException("either a colour or a picture is needed");
    }
    if (!options.picture().toString().isEmpty()
        || options.colour().size() == 1
        || options.colour().size() == 3) {
      this.options = options;
      return;
    }
    throw new UnusableComponentException(
        "a colour is one number, or red, green and blue, not " + options.colour());
  }

  @Override
  public ConstraintCost prepare(ConstraintSite site) {
    PixelMask mask = PixelMask.of(options.mask(), site);
    float[] target =
        options.colour().isEmpty()
            ? site.reader().read(options.picture(), site.channels())
            : painted(site);
    return new MaskedColour(site, mask, target, options.weight());
  }

  private float[] painted(ConstraintSite site) {
    List<Double> colour = options.colour();
    if (colour.size() == 3 && site.channels() == 1) {
      throw new UnusableComponentException(
          "the pictures are grey, so a colour is one brightness, not " + colour);
    }
    int pixels = site.height() * site.width();
    float[] values = new float[site.channels() * pixels];
    for (int i = 0; i < values.length; i++) {
      values[i] = colour.get(colour.size() == 1 ? 0 : i / pixels).floatValue();
    }
    return values;
  }
}
