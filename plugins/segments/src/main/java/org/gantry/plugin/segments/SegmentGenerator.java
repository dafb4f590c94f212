package org.gantry.plugin.segments;

import static org.gantry.component.ComponentKind.GENERATOR;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import jakarta.inject.Inject;
import org.gantry.architecture.Architecture;
import org.gantry.architecture.NetworkSite;
import org.gantry.component.Component;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.component.UnusableComponentException;

/**
 * A generator with one parameter, the offset: a code u becomes the point (offset, u). With codes
 * uniform in [0, 1) it makes a segment parallel to that of the data set {@code segment}, as far
 * from it as the offset says.
 */
@Component(
    kind = GENERATOR,
    name = "segment",
    summary = "Points on a line segment whose offset is the only parameter",
    paper = "arXiv:1701.04862, section 2",
    takes = "latent",
    gives = "image")
final class SegmentGenerator implements Architecture {

  /** Where the segment lies at first. */
  record Options(
      @Description("where the segment lies at the start; that of the data lies at 0")
          @DefaultValue("1")
          double offset) {}

  private final Options options;

  @Inject
  SegmentGenerator(Options options) {
    this.options = options;
  }

  @Override
  public Block build(NetworkSite site) {
    if (!site.input("latent").equals(new Shape(1)) || !site.output("image").equals(new Shape(2))) {
      throw new UnusableComponentException(
          "it makes points in the plane from codes of one number, not %s from %s"
              .formatted(site.output("image"), site.input("latent")));
    }
    return new OffsetLayer(options.offset());
  }
}
