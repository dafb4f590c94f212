package org.gantry.recipes.internal;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import org.gantry.architecture.Architecture;
import org.gantry.architecture.NetworkSite;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;

/** Small architectures: each network is one layer. */
@SuppressWarnings({
  "SameNameButDifferent",
  "UnusedVariable"
}) // each has its Options, and may ignore them
final class TestArchitectures {

  private TestArchitectures() {}

  private static Block linear(Shape output) {
    return new SequentialBlock().add(Linear.builder().setUnits(output.size()).build());
  }

  /** A generator with options. */
  @Component(
      kind = ComponentKind.GENERATOR,
      name = "mlp",
      summary = "fully connected layers",
      takes = "latent",
      gives = "image")
  static final class Mlp implements Architecture {

    enum Activation {
      RELU,
      LEAKY_RELU
    }

    record Options(
        @Description("units in a layer") @DefaultValue("64") @Positive int width,
        @Description("hidden layers") @DefaultValue("2") @Min(1) @Max(8) int depth,
        @Description("between layers") @DefaultValue("relu") Activation activation,
        @Description("whether to normalise") @DefaultValue("false") boolean norm) {}

    @Inject
    Mlp(Options options) {}

    @Override
    public Block build(NetworkSite site) {
      return linear(site.output("image"));
    }
  }

  /** A generator of pictures only. */
  @Component(
      kind = ComponentKind.GENERATOR,
      name = "pictures",
      summary = "transposed convolutions",
      takes = "latent",
      gives = "image")
  static final class Pictures implements Architecture {

    @Override
    public Block build(NetworkSite site) {
      return linear(site.requireImage(site.output("image")));
    }
  }

  /** Another generator of pictures only, which no advice about points may name. */
  @Component(
      kind = ComponentKind.GENERATOR,
      name = "paintings",
      summary = "strokes of a brush",
      takes = "latent",
      gives = "image")
  static final class Paintings implements Architecture {

    @Override
    public Block build(NetworkSite site) {
      return linear(site.requireImage(site.output("image")));
    }
  }

  /** A discriminator that gives a score. */
  @Component(
      kind = ComponentKind.DISCRIMINATOR,
      name = "mlp",
      summary = "fully connected layers",
      takes = "image",
      gives = "score")
  static final class MlpDiscriminator implements Architecture {

    @Override
    public Block build(NetworkSite site) {
      return linear(new Shape(1));
    }
  }

  /** A discriminator that gives no score. */
  @Component(
      kind = ComponentKind.DISCRIMINATOR,
      name = "autoencoder",
      summary = "encodes and decodes",
      takes = "image",
      gives = "reconstruction")
  static final class Autoencoder implements Architecture {

    @Override
    public Block build(NetworkSite site) {
      return linear(site.input("image"));
    }
  }

  /** An encoder with the name of other architectures. */
  @Component(
      kind = ComponentKind.ENCODER,
      name = "mlp",
      summary = "fully connected layers",
      takes = "image",
      gives = "latent")
  static final class Encoder implements Architecture {

    @Override
    public Block build(NetworkSite site) {
      return linear(site.output("latent"));
    }
  }
}
