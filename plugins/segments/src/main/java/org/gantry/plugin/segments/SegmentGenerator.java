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
 * A generator with one parameter, the offset. A code u becomes the point (offset, u). With codes
 * uniform in [0, 1), the points lie on a segment parallel to that of the data set {@code segment},
 * at a distance equal to the offset.
 */
@Component(
    kind = GENERATOR,
    name = "segment",
    summary = "2D points on a line segment whose offset is the only parameter",
    paper = "arXiv:1701.04862, section 2",
    takes = "latent",
    gives = "image")
final class SegmentGenerator implements Architecture {

  /** The initial position of the segment. */
  record Options(
      @Description("the initial offset of the segment; the data lie at 0") @DefaultValue("1")
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
          "it generates 2D points from codes of length 1, not samples of shape %s from codes of shape %s"
              .formatted(site.output("image"), site.input("latent")));
    }
    return new OffsetLayer(options.offset());
  }
}
