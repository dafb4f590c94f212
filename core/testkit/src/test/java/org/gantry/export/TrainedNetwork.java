package org.gantry.export;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.gantry.layers.Activation;
import org.gantry.layers.BatchNorm;
import org.gantry.layers.Convolution;
import org.gantry.layers.FilterWindow;
import org.gantry.layers.Reshape;
import org.gantry.layers.Residual;
import org.gantry.layers.TransposedConvolution;
import org.gantry.layers.Upsample;

/** Networks that have done a few forward passes in training, and their modules in files. */
final class TrainedNetwork {

  /** The shape of codes for {@link #generator}. */
  static final Shape CODES = new Shape(3, 6);

  private TrainedNetwork() {}

  /** Returns a generator of images of shape (1, 8, 8) with running statistics that have changed. */
  static Block generator(NDManager manager) {
    return of(manager, untrainedGenerator(), CODES);
  }

  private static Block untrainedGenerator() {
    SequentialBlock branch =
        new SequentialBlock()
            .add(Activation.LEAKY_RELU.layer())
            .add(new Convolution(4, FilterWindow.same(3), true))
            .add(new Upsample(2));
    return new SequentialBlock()
        .add(Linear.builder().setUnits(16).optBias(false).build())
        .add(new Reshape(new Shape(4, 2, 2)))
        .add(new BatchNorm())
        .add(Activation.RELU.layer())
        .add(new Residual(branch, new Upsample(2)))
        .add(new TransposedConvolution(1, new FilterWindow(4, 2, 1), 0, true))
        .add(Activation.TANH.layer());
  }

  /** Initialises a network and changes its running statistics. */
  static Block of(NDManager manager, Block network, Shape input) {
    network.initialize(manager, DataType.FLOAT32, input);
    for (int i = 0; i < 3; i++) {
      network.forward(
          new ParameterStore(manager, false),
          new NDList(manager.randomNormal(input).add(0.5)),
          true);
    }
    return network;
  }

  static NDList infer(NDManager manager, Block network, NDArray input) {
    return network.forward(new ParameterStore(manager, false), new NDList(input), false);
  }

  /** Writes the module of a network into a folder and returns the file. */
  static Path writeModule(Path folder, NetworkExport network, Map<String, String> notes) {
    Path file = folder.resolve("network.pt");
    try (OutputStream out = Files.newOutputStream(file)) {
      network.writeModule(notes, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }
}
