package org.gantry.plugin.packing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.ConstantInitializer;
import ai.djl.util.PairList;
import java.util.List;
import java.util.Map;
import org.gantry.component.ComponentKind;
import org.gantry.regularizer.Regularizer;
import org.gantry.testkit.MeanDifferenceLoss;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.TinyGame;
import org.gantry.training.Composition;
import org.gantry.training.CompositionException;
import org.gantry.training.Session;
import org.gantry.training.TrainingGraph;
import org.junit.jupiter.api.Test;

@TensorTest
final class SamplePackingTest {

  /** Scores a pack of two points by their distance, times a weight that starts at 1. */
  private static final class PairDistance extends AbstractBlock {

    private final Block weight = addChildBlock("weight", weight());

    private static Block weight() {
      Block weight = Linear.builder().setUnits(1).optBias(false).build();
      weight.setInitializer(new ConstantInitializer(1), Parameter.Type.WEIGHT);
      return weight;
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
      weight.initialize(manager, type, new Shape(inputs[0].get(0), 1));
    }

    @Override
    protected NDList forwardInternal(
        ParameterStore store, NDList inputs, boolean training, PairList<String, Object> options) {
      NDArray pack = inputs.singletonOrThrow();
      NDArray apart = pack.get(":, 2:").sub(pack.get(":, :2"));
      NDArray distance = apart.square().sum(new int[] {1}, true);
      return weight.forward(store, new NDList(distance), training);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
      return new Shape[] {new Shape(inputs[0].get(0), 1)};
    }
  }

  @Test
  void packsDetectAGeneratorThatRepeatsItself() {
    // The generator always makes the same point; real points have a positive distance.
    Composition game =
        TinyGame.withNetwork(
            TinyGame.withNetwork(
                TinyGame.of(new MeanDifferenceLoss(), packing(2)),
                ComponentKind.DISCRIMINATOR,
                PairDistance::new),
            ComponentKind.GENERATOR,
            SamplePackingTest::collapsed);
    try (Session session = Session.open(TrainingGraph.build(game))) {
      Map<String, Double> step = session.step();

      assertEquals(0, step.get("generator/game"), 0);
      assertTrue(step.get("discriminator/game") < -0.01, step.toString());
    }
  }

  @Test
  void packsOfOneDoNotChangeTheGame() {
    try (Session plain = Session.open(TrainingGraph.build(TinyGame.of(new MeanDifferenceLoss())));
        Session packed =
            Session.open(TrainingGraph.build(TinyGame.of(new MeanDifferenceLoss(), packing(1))))) {
      for (int step = 0; step < TinyGame.STEPS; step++) {
        assertEquals(plain.step(), packed.step());
      }
    }
  }

  @Test
  void aBatchThatIsNotAMultipleOfThePackIsRefused() {
    assertEquals(
        "regularizer/tried does not fit: a batch of 4 samples cannot be packed by 3; set the batch"
            + " to a multiple, such as 6",
        refusal(packing(3)));
  }

  @Test
  void aRoleThatJudgesNoSamplesIsRefused() {
    assertEquals(
        "regularizer/tried does not fit: the generator scores no samples; the roles that do are"
            + " discriminator",
        refusal(new SamplePacking(new SamplePacking.Options(2, List.of("generator")))));
  }

  private static String refusal(Regularizer regularizer) {
    return assertThrows(
            CompositionException.class,
            () -> TrainingGraph.build(TinyGame.of(new MeanDifferenceLoss(), regularizer)))
        .getMessage();
  }

  private static Regularizer packing(int samples) {
    return new SamplePacking(new SamplePacking.Options(samples, List.of()));
  }

  private static Block collapsed() {
    Linear constant = Linear.builder().setUnits(2).build();
    constant.setInitializer(new ConstantInitializer(0), Parameter.Type.WEIGHT);
    return new SequentialBlock().add(constant);
  }
}
