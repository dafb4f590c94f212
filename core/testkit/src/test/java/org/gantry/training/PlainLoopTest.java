package org.gantry.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.gantry.data.DatasetField;
import org.gantry.tensor.Autograd;
import org.gantry.tensor.EngineSeed;
import org.gantry.tensor.FloatArrays;
import org.gantry.tensor.NativeEngine;
import org.gantry.tensor.RandomStreams;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares a session with a training loop that is written with DJL alone. */
@TensorTest
final class PlainLoopTest {

  @Test
  void aSessionHasTheSameBitsAsAPlainLoop(@TempDir Path folder, NDManager manager)
      throws IOException {
    Composition composition = ToyGame.composition();
    int steps = 5;
    NDList expected = plainLoop(manager, composition, steps);
    try (Session session = Session.open(TrainingGraph.build(composition))) {
      for (int i = 0; i < steps; i++) {
        session.step();
      }
      session.save(folder);
    }
    NDList actual =
        NDList.decode(manager, Files.readAllBytes(folder.resolve("generator.safetensors")));
    actual.addAll(
        NDList.decode(manager, Files.readAllBytes(folder.resolve("discriminator.safetensors"))));
    assertEquals(expected.size(), actual.size());
    Map<String, float[]> byName = new HashMap<>();
    for (int i = 0; i < actual.size(); i++) {
      byName.put(
          (i < actual.size() / 2 ? "g" : "d") + actual.get(i).getName(),
          actual.get(i).toFloatArray());
    }
    for (NDArray array : expected) {
      assertArrayEquals(array.toFloatArray(), byName.get(array.getName()), array.getName());
    }
  }

  /** Detaches, collects gradients and updates by hand, for both players in turn. */
  private static NDList plainLoop(NDManager manager, Composition composition, int steps) {
    RandomStreams streams = new RandomStreams(composition.seed());
    Block generator = ToyGame.mlp(2);
    Block discriminator = ToyGame.mlp(1);
    EngineSeed.runSeeded(
        streams.at("init/generator").nextLong(),
        () -> generator.initialize(manager, DataType.FLOAT32, new Shape(ToyGame.BATCH, 3)));
    EngineSeed.runSeeded(
        streams.at("init/discriminator").nextLong(),
        () -> discriminator.initialize(manager, DataType.FLOAT32, new Shape(ToyGame.BATCH, 2)));
    ParameterStore store = new ParameterStore(manager, false);
    NDList velocityG = zeros(manager, generator);
    NDList velocityD = zeros(manager, discriminator);
    ToyGame.LeastSquares loss = new ToyGame.LeastSquares();
    DatasetField image = composition.dataset().component().field(DatasetField.IMAGE).orElseThrow();
    BatchReader data =
        new BatchReader(composition.dataset().component(), "data", ToyGame.BATCH, streams);
    for (int step = 0; step < steps; step++) {
      long batch = step;
      NDArray real = data.read(manager, image, batch);
      NDArray codes =
          FloatArrays.fill(
              manager,
              new Shape(ToyGame.BATCH, 3),
              b -> composition.prior().component().draw(streams.at("latent/latent", batch), b));
      try (GradientCollector collector =
          Engine.getEngine(NativeEngine.NAME).newGradientCollector()) {
        NDArray fake = forward(generator, store, codes).stopGradient();
        collector.backward(
            loss.discriminatorLoss(
                forward(discriminator, store, real), forward(discriminator, store, fake)));
      }
      update(discriminator, velocityD);
      try (GradientCollector collector =
          Engine.getEngine(NativeEngine.NAME).newGradientCollector()) {
        NDArray fake = forward(generator, store, codes);
        collector.backward(loss.generatorLoss(forward(discriminator, store, fake)));
      }
      update(generator, velocityG);
      clear(discriminator);
    }
    NDList all = new NDList();
    generator.getParameters().forEach(p -> all.add(named("g" + p.getKey(), p.getValue())));
    discriminator.getParameters().forEach(p -> all.add(named("d" + p.getKey(), p.getValue())));
    return all;
  }

  private static NDArray named(String name, Parameter parameter) {
    NDArray array = parameter.getArray();
    array.setName(name);
    return array;
  }

  private static NDArray forward(Block block, ParameterStore store, NDArray input) {
    return block.forward(store, new NDList(input), true).singletonOrThrow();
  }

  private static NDList zeros(NDManager manager, Block block) {
    NDList zeros = new NDList();
    block.getParameters().values().forEach(p -> zeros.add(manager.zeros(p.getShape())));
    return zeros;
  }

  private static void update(Block block, NDList velocity) {
    boolean recording = Autograd.setRecording(false);
    int i = 0;
    for (Parameter parameter : block.getParameters().values()) {
      NDArray gradient = parameter.getArray().getGradient();
      ToyGame.Sgd.step(parameter.getArray(), gradient.duplicate(), velocity.get(i++));
      gradient.muli(0);
    }
    Autograd.setRecording(recording);
  }

  private static void clear(Block block) {
    boolean recording = Autograd.setRecording(false);
    block.getParameters().values().forEach(p -> p.getArray().getGradient().muli(0));
    Autograd.setRecording(recording);
  }
}
