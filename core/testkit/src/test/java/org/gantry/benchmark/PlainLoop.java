package org.gantry.benchmark;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import org.gantry.tensor.Autograd;
import org.gantry.tensor.FloatArrays;
import org.gantry.tensor.NativeEngine;
import org.gantry.tensor.RandomStreams;

/**
 * A training loop that is written with DJL's gradient collector. It computes gradients twice per
 * step. The fakes are detached for the discriminator and generated again for the generator.
 */
final class PlainLoop implements AutoCloseable {
  private final BenchmarkGame game;
  private final NDManager root = NativeEngine.newManager();
  private final ParameterStore store = new ParameterStore(root, false);
  private final Block generator;
  private final Block discriminator;
  private final RandomStreams streams = new RandomStreams(1);
  private long steps;

  PlainLoop(BenchmarkGame game) {
    this.game = game;
    generator = game.generator().get();
    discriminator = game.discriminator().get();
    generator.initialize(
        root, DataType.FLOAT32, new Shape(game.batch(), BenchmarkGame.CODE_LENGTH));
    discriminator.initialize(root, DataType.FLOAT32, new Shape(game.batch()).addAll(game.image()));
  }

  void step() {
    try (NDManager manager = root.newSubManager()) {
      Shape shape = new Shape(game.batch()).addAll(game.image());
      NDArray real =
          FloatArrays.fill(manager, shape, b -> ComposedGame.fill(streams.at("data", steps), b));
      NDArray codes =
          FloatArrays.fill(
              manager,
              new Shape(game.batch(), BenchmarkGame.CODE_LENGTH),
              b -> ComposedGame.fill(streams.at("codes", steps), b));
      try (GradientCollector collector =
          Engine.getEngine(NativeEngine.NAME).newGradientCollector()) {
        NDArray fake = forward(generator, codes).stopGradient();
        collector.backward(
            ComposedGame.LOSS.discriminatorLoss(
                forward(discriminator, real), forward(discriminator, fake)));
      }
      update(discriminator);
      try (GradientCollector collector =
          Engine.getEngine(NativeEngine.NAME).newGradientCollector()) {
        collector.backward(
            ComposedGame.LOSS.generatorLoss(forward(discriminator, forward(generator, codes))));
      }
      update(generator);
      clear(discriminator);
    }
    steps++;
  }

  private NDArray forward(Block block, NDArray input) {
    return block.forward(store, new NDList(input), true).singletonOrThrow();
  }

  private static void update(Block block) {
    boolean recording = Autograd.setRecording(false);
    for (Parameter parameter : block.getParameters().values()) {
      if (parameter.requiresGradient()) {
        try (NDArray gradient = parameter.getArray().getGradient();
            NDArray move = gradient.mul(1e-3f)) {
          parameter.getArray().subi(move);
          gradient.muli(0);
        }
      }
    }
    Autograd.setRecording(recording);
  }

  private static void clear(Block block) {
    boolean recording = Autograd.setRecording(false);
    for (Parameter parameter : block.getParameters().values()) {
      if (parameter.requiresGradient()) {
        try (NDArray gradient = parameter.getArray().getGradient()) {
          gradient.muli(0);
        }
      }
    }
    Autograd.setRecording(recording);
  }

  @Override
  public void close() {
    root.close();
  }
}
