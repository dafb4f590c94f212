package org.gantry.plugin.codepredictor;

import static org.gantry.testkit.ArrayAssertions.assertClose;
import static org.gantry.testkit.ArrayAssertions.assertDifferentiable;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.gantry.sampler.ModelUse;
import org.gantry.tensor.Autograd;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.contract.ComponentContract;
import org.gantry.testkit.contract.ObligingDataset;
import org.gantry.testkit.contract.TopologyGame;
import org.gantry.training.Composition;
import org.gantry.training.TrainingGraph;
import org.junit.jupiter.api.Test;

/** The projection onto G(z) = Wz + b, with values that were computed by hand. */
@TensorTest
final class CodePredictorTopologyTest implements ComponentContract {

  private static final Shape ROW = new Shape(1, 3);

  @Override
  public Object createComponent() {
    return new CodePredictorTopology();
  }

  static TrainingGraph graph() {
    return TopologyGame.build(
        new CodePredictorTopology(), Map.of(Composition.MAIN_DRAW, new ObligingDataset()));
  }

  /** The distance of G(z) to (.8, -.3, .6) as a function of z. */
  private static UnaryOperator<NDArray> distance(NDManager manager) {
    NDArray weights = manager.create(new double[] {1, 0, 1, 0, 2, 1}, new Shape(2, 3));
    NDArray bias = manager.create(new double[] {0, .5, 0}, ROW);
    NDArray wanted = manager.create(new double[] {.8, -.3, .6}, ROW);
    return z ->
        CodePredictorTopology.squaredDistance(z.reshape(1, 2).matMul(weights).add(bias), wanted);
  }

  @Test
  void theDistanceIsTheSumOfSquaresOfAnImage(NDManager manager) {
    UnaryOperator<NDArray> distance = distance(manager);

    assertClose(1e-9, distance.apply(manager.create(new double[] {.2, .1})), 1.45);
    assertClose(1e-6, distance.apply(manager.create(new double[] {.888889, -.377778})), .017778);
    assertDifferentiable(manager, distance, new double[] {.2, .1});
  }

  @Test
  void theGradientLeadsToTheNearestSample(NDManager manager) {
    NDArray code = manager.create(new double[] {.2, .1});
    code.setRequiresGradient(true);
    try (Autograd autograd = new Autograd(manager)) {
      NDArray value = distance(manager).apply(code);
      assertClose(1e-9, autograd.gradients(manager, value, new NDList(code)).get(0), -1.8, 3.4);
    }
  }

  @Test
  void onlyThePredictorLearns() {
    assertEquals(List.of("encoder"), graph().players());
  }

  @Test
  void theRunMakesSamplesCodesAndProjections() {
    List<ModelUse> uses = graph().modelUses();

    assertEquals(
        List.of("generator", "code", "projection"), uses.stream().map(ModelUse::name).toList());
    assertEquals("latent", uses.get(0).codes().get(0).name());
    assertTrue(uses.get(2).counterpart().isPresent());
  }
}
