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
import org.gantry.data.DatasetField;
import org.gantry.sampler.ModelInput;
import org.gantry.sampler.ModelUse;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.contract.ComponentContract;
import org.gantry.testkit.contract.ObligingDataset;
import org.gantry.testkit.contract.TopologyGame;
import org.gantry.training.CompositionException;
import org.gantry.training.TrainingGraph;
import org.junit.jupiter.api.Test;

@TensorTest
final class LaplacianPyramidTopologyTest implements ComponentContract {

  @Override
  public Object createComponent() {
    return topology(1);
  }

  private static LaplacianPyramidTopology topology(int levels) {
    return new LaplacianPyramidTopology(new LaplacianPyramidTopology.Options(levels));
  }

  /** A game on images of 8 x 8 pixels. */
  private static TrainingGraph graph(int levels) {
    return TopologyGame.build(topology(levels), Map.of("pictures", new ObligingDataset()));
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
