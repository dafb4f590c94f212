package org.gantry.plugin.plugandplay;

import static org.gantry.testkit.ArrayAssertions.assertClose;
import static org.gantry.testkit.ArrayAssertions.assertDifferentiable;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gantry.data.DatasetField;
import org.gantry.sampler.ModelInput;
import org.gantry.sampler.ModelUse;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.contract.ComponentContract;
import org.gantry.testkit.contract.ObligingDataset;
import org.gantry.testkit.contract.TopologyGame;
import org.gantry.training.Composition;
import org.gantry.training.CompositionException;
import org.gantry.training.TrainingGraph;
import org.junit.jupiter.api.Test;

@TensorTest
final class PlugAndPlayTopologyTest implements ComponentContract {

  static PlugAndPlayTopology.Options options(double hidden, double code, boolean separate) {
    return new PlugAndPlayTopology.Options(
        1, hidden, code, 1.5, 0, 0, separate, DatasetField.LABEL);
  }

  static TrainingGraph graph(PlugAndPlayTopology.Options options) {
    return TopologyGame.build(
        new PlugAndPlayTopology(options), Map.of(Composition.MAIN_DRAW, new ObligingDataset()));
  }

  @Override
  public Object createComponent() {
    return new PlugAndPlayTopology(options(0, .1, false));
  }

  @Test
  void theGeneratorKeepsPixelsFeaturesAndCodes() {
    Set<String> terms = graph(options(.1, .1, false)).reportedNames();

    assertTrue(
        terms.containsAll(
            Set.of(
                "generator/image",
                "generator/hidden",
                "generator/code",
                "generator/adversarial",
                "discriminator/adversarial")),
        terms.toString());
  }

  @Test
  void aTermOfNoWeightIsLeftOut() {
    Set<String> terms = graph(options(0, 0, false)).reportedNames();

    assertFalse(terms.contains("generator/hidden") || terms.contains("generator/code"));
  }

  @Test
  void theClassifierStaysAsItIs() {
    List<String> players = graph(options(0, .1, false)).players();

    assertEquals(Set.of("generator", "discriminator"), Set.copyOf(players));
  }

  @Test
  void aSampleIsMadeOfACodeForALabel() {
    List<ModelUse> uses = graph(options(0, .1, false)).modelUses();

    assertEquals(List.of("sample", "code", "classes"), uses.stream().map(ModelUse::name).toList());
    assertEquals(
        Set.of("latent", "label"),
        Set.copyOf(uses.get(0).inputs().stream().map(ModelInput::name).toList()));
    assertEquals(List.of("image"), uses.get(2).inputs().stream().map(ModelInput::name).toList());
  }

  @Test
  void anotherClassifierTakesTheImageItself() {
    assertTrue(graph(options(0, .1, true)).roles().contains("classifier"));
  }

  @Test
  void dataWithoutALabelAreRefused() {
    PlugAndPlayTopology.Options captions =
        new PlugAndPlayTopology.Options(1, 0, 1, 1, 0, 0, false, DatasetField.CAPTION);

    CompositionException refusal = assertThrows(CompositionException.class, () -> graph(captions));
    assertTrue(refusal.getMessage().contains("'caption' is not one"), refusal.getMessage());
  }

  @Test
  void distancesAreSummedOverValuesAndAveragedOverSamples(NDManager manager) {
    Shape shape = new Shape(2, 2);
    NDArray wanted = manager.create(new double[] {1, 0, 0, 1}, shape);
    double[] made = {.9, .2, .1, .7};

    assertClose(
        1e-9,
        PlugAndPlayTopology.squaredDistance(manager.create(made, shape), wanted),
        (.01 + .04 + .01 + .09) / 2);
    assertDifferentiable(
        manager, y -> PlugAndPlayTopology.squaredDistance(y.reshape(shape), wanted), made);
  }
}
