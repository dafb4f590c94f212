package org.gantry.recipes.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gantry.architecture.Architecture;
import org.gantry.architecture.NetworkSite;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.components.ComponentInfo;
import org.gantry.graph.Graph;
import org.gantry.regularizer.Regularizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batches and networks that do not fit into memory, before the training begins. */
class OversizedRecipeTest {

  @TempDir private Path folder;

  /** Fails like an allocation of the engine. */
  @Component(
      kind = ComponentKind.REGULARIZER,
      name = "greedy",
      summary = "wants a million gigabytes")
  static final class Greedy implements Regularizer {

    @Override
    public void edit(Graph graph) {
      throw new IllegalStateException(
          "DefaultCPUAllocator: can't allocate memory: you tried to allocate 1000000000000000"
              + " bytes. Error code 12 (Cannot allocate memory)");
    }
  }

  /** Two layers of a million units: a matrix of four terabytes. */
  @Component(
      kind = ComponentKind.DISCRIMINATOR,
      name = "vast",
      summary = "two layers of a million units",
      takes = "image",
      gives = "score")
  static final class Vast implements Architecture {

    @Override
    public Block build(NetworkSite site) {
      return new SequentialBlock()
          .add(Linear.builder().setUnits(1_000_000).build())
          .add(Linear.builder().setUnits(1_000_000).build())
          .add(Linear.builder().setUnits(1).build());
    }
  }

  @Test
  void batchesWhoseSamplesDoNotFitIntoMemoryAreRefused() {
    List<String> problems =
        new RecipeTester(folder).problems(RecipeTester.SMALL + "train:\n  batch: 400000000\n");

    assertEquals(1, problems.size());
    assertTrue(
        problems
            .get(0)
            .matches(
                "recipe\\.yaml:7:3 \\| A batch of 400000000 does not fit into memory: its"
                    + " samples and latent codes alone take .* \\| Set train\\.batch to far"
                    + " less than \\d+, because networks need memory too\\."),
        problems.get(0));
  }

  @Test
  void networksThatDoNotFitIntoMemoryAreRefusedBeforeTheyAreAllocated() {
    List<ComponentInfo> all = new ArrayList<>(FakeRegistry.standard().all());
    all.add(FakeRegistry.info(Vast.class, "test.vast"));

    List<String> problems =
        new RecipeTester(folder, new FakeRegistry(all))
            .problems("data: points\nnetworks:\n  generator: mlp\n  discriminator: vast\n");

    assertEquals(1, problems.size());
    assertTrue(
        problems
            .get(0)
            .matches(
                "recipe\\.yaml:\\d+:\\d+ \\| The networks do not fit into memory: they need about"
                    + " 8000\\.0 GB \\(4000\\.0 GB for weights, 4000\\.0 GB for gradients,"
                    + " 0 MB for optimizer state\\), and .* are available\\. \\| Use"
                    + " smaller networks, such as a smaller discriminator, which has"
                    + " 1,000,00[\\d,]+ parameters; or free memory\\."),
        problems.get(0));
  }

  @Test
  void batchesSetByAChangeAreReportedAtTheChange() {
    List<String> problems =
        new RecipeTester(folder).problems(RecipeTester.SMALL, "train.batch=400000000");

    assertTrue(
        problems.get(0).startsWith("--set train.batch=400000000 | A batch of"), problems::toString);
  }

  @Test
  void exhaustedMemoryWhileComposingIsReportedAtTheBatch() {
    List<ComponentInfo> all = new ArrayList<>(FakeRegistry.standard().all());
    all.add(FakeRegistry.info(Greedy.class, "test.greedy"));
    RecipeTester tester = new RecipeTester(folder, new FakeRegistry(all));

    assertEquals(
        List.of(
            "recipe.yaml:7:3 | There is not enough memory for a batch of 64: the engine asked"
                + " for another 1000000.0 GB. | Set train.batch to 1, which should fit."),
        tester.problems(RecipeTester.SMALL + "train:\n  batch: 64\nregularizers: [greedy]\n"));
    assertTrue(
        tester
            .problems(RecipeTester.SMALL + "train: {batch: 1}\nregularizers: [greedy]\n")
            .get(0)
            .endsWith("use smaller networks or samples."));
  }
}
