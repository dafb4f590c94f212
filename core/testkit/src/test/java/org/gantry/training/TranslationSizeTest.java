package org.gantry.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.gantry.architecture.Architecture;
import org.gantry.component.ComponentKind;
import org.gantry.data.DatasetField;
import org.gantry.graph.Example;
import org.gantry.graph.FakeExample;
import org.gantry.graph.Graph;
import org.gantry.graph.Network;
import org.gantry.graph.Signal;
import org.gantry.layers.Convolution;
import org.gantry.layers.FilterWindow;
import org.gantry.layers.Flatten;
import org.gantry.layers.Reshape;
import org.gantry.sampler.ModelUse;
import org.gantry.sampler.TrainedModel;
import org.gantry.testkit.MeanDifferenceLoss;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.TinyGame;
import org.junit.jupiter.api.Test;

/** Images of other sizes than that of the training. */
@TensorTest
final class TranslationSizeTest {

  private static void wire(Graph graph) {
    Signal real = graph.real(DatasetField.IMAGE);
    Network generator =
        graph
            .network("generator", ComponentKind.GENERATOR)
            .takes("latent", real)
            .gives(DatasetField.IMAGE, real);
    Network discriminator =
        graph.network("discriminator", ComponentKind.DISCRIMINATOR).takes(DatasetField.IMAGE, real);
    Signal fake = generator.apply(real).get(DatasetField.IMAGE);
    graph.pair("game", discriminator, Example.of(real), FakeExample.of(fake, generator.player()));
    graph.use("translation", fake, real);
  }

  private static Session open(Supplier<Block> generator) {
    Composition game =
        TinyGame.ofImages(new MeanDifferenceLoss())
            .withTopology(ToyGame.bound("topology", "translating", TranslationSizeTest::wire));
    Map<String, BoundComponent<Architecture>> networks = new HashMap<>(game.networks());
    networks.put(
        ComponentKind.GENERATOR,
        new BoundComponent<>(
            site -> generator.get(), game.networks().get(ComponentKind.GENERATOR).origin()));
    return Session.open(TrainingGraph.build(game.withNetworks(networks)));
  }

  private static Block convolution() {
    return new Convolution(1, new FilterWindow(3, 1, 1), true);
  }

  private static NDArray translate(TrainedModel model, NDArray images) {
    ModelUse use = model.uses().get(0);
    return model.make(use, Map.of(use.inputs().get(0).name(), images));
  }

  @Test
  void convolutionsTakeLargerImages(NDManager manager) {
    try (Session session = open(TranslationSizeTest::convolution)) {
      TrainedModel model = session.trainedModel(manager, 1);
      NDArray images = manager.arange(3 * 12 * 20f).reshape(3, 1, 12, 20).div(100);
      NDArray made = translate(model, images);
      assertEquals(new Shape(3, 1, 12, 20), made.getShape());
      // The middle of an image does not depend on what is far away.
      NDArray part = translate(model, images.get(":, :, 2:10, 5:13"));
      assertArrayEquals(
          made.get(":, :, 3:9, 6:12").toFloatArray(),
          part.get(":, :, 1:7, 1:7").toFloatArray(),
          1e-5f);
    }
  }

  @Test
  void largerImagesAreMadeOneByOneSoThatTheirBatchIsNotFilled(NDManager manager) {
    List<Shape> seen = new ArrayList<>();
    Supplier<Block> recorded =
        () ->
            new SequentialBlock()
                .add(convolution())
                .add(
                    arrays -> {
                      seen.add(arrays.head().getShape());
                      return arrays;
                    });
    try (Session session = open(recorded)) {
      TrainedModel model = session.trainedModel(manager, 1);
      seen.clear();
      translate(model, manager.zeros(new Shape(2, 1, 12, 12)));
      translate(model, manager.zeros(new Shape(1, 1, 8, 8)));
      assertEquals(
          List.of(
              new Shape(1, 1, 12, 12), new Shape(1, 1, 12, 12), new Shape(TinyGame.BATCH, 1, 8, 8)),
          seen);
    }
  }

  @Test
  void layersOfOneSizeRefuseLargerImages(NDManager manager) {
    Supplier<Block> dense =
        () ->
            new SequentialBlock()
                .add(new Flatten())
                .add(Linear.builder().setUnits(64).build())
                .add(new Reshape(new Shape(1, 8, 8)));
    try (Session session = open(dense)) {
      TrainedModel model = session.trainedModel(manager, 1);
      assertEquals(
          new Shape(5, 1, 8, 8), translate(model, manager.zeros(new Shape(5, 1, 8, 8))).getShape());
      NDArray large = manager.zeros(new Shape(1, 1, 12, 12));
      assertThrows(RuntimeException.class, () -> translate(model, large));
    }
  }
}
