package org.gantry.plugin.laplacianpyramid;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.gantry.data.DatasetField;
import org.gantry.sampler.ModelInput;
import org.gantry.sampler.ModelUse;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.contract.ComponentContract;
import org.gantry.testkit.contract.ObligingDataset;
import org.gantry.testkit.contract.TopologyGame;
import org.gantry.training.CompositionException;
import org.gantry.training.TrainingGraph;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@TensorTest
final class LaplacianPyramidTopologyTest implements ComponentContract {

  @Override
  public Object createComponent() {
    return topology(1, "");
  }

  /** The same topology with classes. */
  @Nested
  @TensorTest
  final class WithClasses implements ComponentContract {

    @Override
    public Object createComponent() {
      return topology(1, DatasetField.LABEL);
    }
  }

  private static LaplacianPyramidTopology topology(int levels, String given) {
    return new LaplacianPyramidTopology(new LaplacianPyramidTopology.Options(levels, given));
  }

  /** A game on images of 8 x 8 pixels. */
  private static TrainingGraph graph(int levels) {
    return graph(levels, "");
  }

  private static TrainingGraph graph(int levels, String given) {
    return TopologyGame.build(topology(levels, given), Map.of("pictures", new ObligingDataset()));
  }

  @Test
  void eachLevelIsAGameOfItsOwn() {
    TrainingGraph graph = graph(1);

    assertEquals(
        Set.of(
            "coarse-generator",
            "coarse-discriminator",
            "level-1-generator",
            "level-1-discriminator"),
        Set.copyOf(graph.roles()));
    assertEquals(Set.copyOf(graph.roles()), Set.copyOf(graph.players()));
  }

  @Test
  void aSampleIsMadeOfTheCodeOfTheCoarsestLevelAlone() {
    ModelUse use = graph(1).modelUses().get(0);

    assertEquals("sample", use.name());
    assertEquals(List.of("latent"), use.inputs().stream().map(ModelInput::name).toList());
    assertEquals(8, use.output().shape().get(1));
  }

  @Test
  void aSampleHasOneClassAtAllLevels() {
    TrainingGraph graph = graph(1, DatasetField.LABEL);

    assertEquals(
        Set.of("latent", DatasetField.LABEL),
        graph.modelUses().get(0).inputs().stream()
            .map(ModelInput::name)
            .collect(Collectors.toSet()));
    assertEquals(4, graph.roles().stream().filter(role -> role.endsWith("-condition")).count());
    // Real and generated images of a level meet the same encoding.
    assertEquals(
        4, graph.nodes().stream().filter(node -> node.role().endsWith("-condition")).count());
  }

  @Test
  void theDiscriminatorSeesTheSumOfImageAndDetailsAlone(NDManager manager) {
    NDArray image = manager.create(new float[] {0.5f, -1});
    NDArray details = manager.create(new float[] {0.25f, 1});
    NDArray shift = manager.create(new float[] {0.125f, -0.5f});

    assertArrayEquals(
        LaplacianPyramidTopology.withDetails(image, details).toFloatArray(),
        LaplacianPyramidTopology.withDetails(image.sub(shift.mul(2)), details.add(shift))
            .toFloatArray());
  }

  @Test
  void aRefinedRealImageHasTheRealOneAsItsCounterpart() {
    ModelUse use = graph(1).modelUses().get(1);

    assertEquals("refined", use.name());
    assertEquals(DatasetField.IMAGE, use.counterpart().orElseThrow().field().name());
  }

  @Test
  void detailsAreAddedToTheEnlargedImage(NDManager manager) {
    NDArray image = manager.create(new float[] {0.5f, -1});
    NDArray details = manager.create(new float[] {0.25f, 1});

    assertArrayEquals(
        new float[] {1, 1}, LaplacianPyramidTopology.withDetails(image, details).toFloatArray());
  }

  @Test
  void levelsThatLeaveAlmostNothingAreRefused() {
    CompositionException refusal = assertThrows(CompositionException.class, () -> graph(2));

    assertTrue(
        refusal
            .getMessage()
            .contains(
                "images of 8 x 8 pixels have 2 x 2 after 2 times half the size; the coarsest needs"
                    + " at least 4 x 4, so set fewer levels"),
        refusal.getMessage());
  }
}
