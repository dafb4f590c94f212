package org.gantry.plugin.srresnet;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import org.gantry.architecture.Architecture;
import org.gantry.architecture.NetworkSite;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.UnusableComponentException;

/**
 * Resizes an image by bicubic interpolation. It has no weights, so it learns nothing: it is the
 * baseline of networks that enlarge images.
 */
@Component(
    kind = ComponentKind.GENERATOR,
    name = "bicubic",
    summary = "Resizes an image by bicubic interpolation, without weights, for comparisons",
    paper = "arXiv:1609.04802, section 3.2",
    takes = "given",
    gives = "image")
final class BicubicGenerator implements Architecture {

  @Override
  public Block build(NetworkSite site) {
    Shape given = site.requireImage(site.input("given"));
    Shape image = site.requireImage(site.output("image"));
    if (given.get(0) != image.get(0)) {
      throw new UnusableComponentException(
          "the %s keeps the channels of an image, so it cannot make %s of %s"
              .formatted(site.role(), image, given));
    }
    return new BicubicBlock(Math.toIntExact(image.get(1)), Math.toIntExact(image.get(2)));
  }
}
