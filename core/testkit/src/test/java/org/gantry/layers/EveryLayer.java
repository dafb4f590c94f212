package org.gantry.layers;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.initializer.NormalInitializer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.gantry.tensor.RandomStreams;

/** Each layer with a valid input, for tests of all layers. */
record EveryLayer(String name, Supplier<Block> layer, Shape input) {

  static Stream<EveryLayer> all() {
    Shape image = new Shape(2, 2, 4, 4);
    return Stream.concat(
        Stream.of(
            of("convolution", image, () -> new Convolution(3, new FilterWindow(3, 2, 1), true)),
            of(
                "unbiased convolution",
                image,
                () -> new Convolution(3, FilterWindow.same(3), false)),
            of(
                "transposed convolution",
                image,
                () -> new TransposedConvolution(3, new FilterWindow(4, 2, 1), 0, true)),
            of(
                "transposed convolution with output padding",
                image,
                () -> new TransposedConvolution(2, new FilterWindow(5, 2, 2), 1, false)),
            of("batch norm", image, BatchNorm::new),
            of("batch norm of vectors", new Shape(4, 3), BatchNorm::new),
            of("instance norm", image, InstanceNorm::new),
            of("layer norm", image, LayerNorm::new),
            of("layer norm of vectors", new Shape(3, 4), LayerNorm::new),
            of("reflection padding", image, () -> new ReflectionPadding(2)),
            of("upsample", image, () -> new Upsample(2)),
            of("pixel shuffle", new Shape(2, 8, 3, 3), () -> new PixelShuffle(2)),
            of("downsample", image, () -> new Downsample(2)),
            of("dropout", image, () -> new Dropout(0.5, () -> noise())),
            of("noise", image, () -> new GaussianNoise(0.5, () -> noise())),
            of("flatten", image, Flatten::new),
            of("reshape", image, () -> new Reshape(new Shape(4, 8))),
            of("linear", new Shape(3, 4), () -> Linear.builder().setUnits(2).build()),
            of(
                "residual",
                image,
                () ->
                    new Residual(
                        new Convolution(2, FilterWindow.same(3), true), new InstanceNorm())),
            of(
                "autoencoder",
                image,
                () ->
                    new Autoencoder(
                        new Convolution(3, new FilterWindow(4, 2, 1), true),
                        new TransposedConvolution(2, new FilterWindow(4, 2, 1), 0, true))),
            of(
                "headed",
                image,
                () ->
                    new HeadedNetwork(
                        new Convolution(3, FilterWindow.same(3), true),
                        new SequentialBlock()
                            .add(new Flatten())
                            .add(Linear.builder().setUnits(1).build())))),
        Stream.of(Activation.values()).map(a -> of("activation " + a, image, a::layer)));
  }

  /** Returns the same values on each call, so that finite differences measure one function. */
  private static java.util.random.RandomGenerator noise() {
    return new RandomStreams(5).at("noise");
  }

  private static EveryLayer of(String name, Shape input, Supplier<Block> layer) {
    return new EveryLayer(name, layer, input);
  }

  /** Creates a layer with weights that are large enough to affect the output. */
  Block create() {
    Block block = layer.get();
    block.setInitializer(new NormalInitializer(0.5f), ai.djl.nn.Parameter.Type.WEIGHT);
    block.setInitializer(new NormalInitializer(0.5f), ai.djl.nn.Parameter.Type.BETA);
    return block;
  }

  @Override
  public String toString() {
    return name;
  }
}
