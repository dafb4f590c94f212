package org.gantry.recipes.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.gantry.components.ComponentInfo;
import org.gantry.optimizer.Optimizer;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.TrainSettings;
import org.gantry.training.BoundComponent;
import org.gantry.training.ComponentOrigin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResolvedRecipeTest {

  private static final String RICH =
      """
      # Two lines
      # of comment.

      data: {folder: {path: samples}}
      networks:
        generator: {mlp: {activation: leaky-relu}}
        discriminator: test.mlp/mlp@[1,2)
      loss: com.second.twin/twin
      regularizers:
        - instance-noise: {schedule: half-cosine, window: {to: 0.25}}
        - weight-averaging: {label: "no"}
      players:
        discriminator: {updates: 5, optimizer: {sgd: {rate: 1.25e-5}}}
      train: {steps: 1e4, batch: 16, seed: -3}
      metrics: [count]
      """;

  @TempDir private Path folder;

  private ComposedRecipe compose(String text) throws IOException {
    Files.createDirectories(folder.resolve("samples"));
    return new RecipeTester(folder).compose(text);
  }

  @Test
  void everyOptionIsWrittenAndEveryComponentPinned() throws IOException {
    assertEquals(
        """
        # Two lines
        # of comment.
        name: recipe
        data:
          test.folder/folder@1.0.0: {path: FOLDER/samples, labels: ""}
        prior:
          test.normal/normal@1.0.0: {size: 100}
        topology: test.unconditional/unconditional@1.0.0
        networks:
          generator:
            test.mlp/mlp@1.0.0: {width: 64, depth: 2, activation: leaky-relu, norm: false}
          discriminator: test.mlp/mlp@1.0.0
        loss: com.second.twin/twin@1.0.0
        regularizers:
          - test.instance-noise/instance-noise@1.0.0:
              sigma: 0.5
              schedule: half-cosine
              window: {from: 0, to: 0.25}
          - test.weight-averaging/weight-averaging@1.0.0: {decay: 0.999, layers: [1, 2], label: "no"}
        optimizer:
          test.adam/adam@1.0.0: {rate: 2e-4, beta1: 0.5}
        players:
          discriminator:
            updates: 5
            rate: 1
            optimizer:
              test.sgd/sgd@1.0.0: {rate: 1.25e-5}
        train:
          steps: 10000
          batch: 16
          seed: -3
          sample-every: 500
          log-every: 10
          checkpoint-every: 1000
          keep: 2
          evaluate: 2500
          threads: 0
          device: auto
          precision: float32
          watch-every: 200
          keep-best: ""
          best: lowest
          evaluate-every: 0
          evaluate-samples: 500
          early-stopping: {figure: "", best: lowest, patience: 5}
        metrics:
          - test.count/count@1.0.0
        sampler: test.random/random@1.0.0
        watchdogs: []
        """,
        compose(RICH).yaml().replace(folder.toString(), "FOLDER"));
  }

  @Test
  void resolvedRecipeGivesTheSameComposition() throws IOException {
    ComposedRecipe first = compose(RICH);
    ComposedRecipe second = compose(first.yaml());
    assertEquals(first.yaml(), second.yaml());
    assertEquals(first.settings(), second.settings());
    assertEquals(first.components(), second.components());
    assertEquals(first.graph().roles(), second.graph().roles());
    assertEquals(origins(first), origins(second));
  }

  private static List<String> origins(ComposedRecipe composed) {
    return composed.graph().nodes().stream()
        .map(node -> node.name() + " by " + node.contributor().label())
        .toList();
  }

  @Test
  void resolvedRecipeKeepsItsName() throws IOException {
    Files.createDirectories(folder.resolve("bundled"));
    Files.writeString(folder.resolve("bundled/tiny.yaml"), RecipeTester.SMALL);
    ComposedRecipe tiny = new RecipeTester(folder).service().compose("tiny", List.of());
    assertEquals("tiny", tiny.name());
    assertEquals("tiny", compose(tiny.yaml()).name());
  }

  @Test
  void compositionHasTheValuesOfTheRecipe() throws IOException {
    ComposedRecipe composed = compose(RICH);
    assertEquals(new TrainSettings(10_000, 16, -3, 500, 10, 1000, 2, 2500, 0), composed.settings());
    assertEquals(16, composed.graph().composition().batch());
    assertEquals(10_000, composed.graph().composition().steps());
    assertEquals(-3, composed.graph().composition().seed());
    assertEquals(Map.of("discriminator", 5), composed.graph().composition().updates());
    assertEquals(1, composed.metrics().size());
    assertInstanceOf(TestComponents.RandomSampler.class, composed.sampler().component());
    assertEquals(
        List.of(
            "folder",
            "normal",
            "unconditional",
            "mlp",
            "mlp",
            "twin",
            "instance-noise",
            "weight-averaging",
            "adam",
            "sgd",
            "count",
            "random"),
        composed.components().stream().map(ComponentInfo::name).toList());
  }

  @Test
  void originsHaveThePositionInTheRecipe() throws IOException {
    ComposedRecipe composed = compose(RICH);
    ComponentOrigin loss = composed.graph().composition().loss().origin();
    assertEquals(folder + "/recipe.yaml:8:7", loss.where());
    assertEquals("com.second.twin 0.1.0", loss.bundle());
    assertEquals("", composed.sampler().origin().where());
  }

  @Test
  void everyPlayerHasItsOwnOptimizer() throws IOException {
    var optimizers = compose(RICH).graph().composition().optimizers();
    BoundComponent<Optimizer> generator = optimizers.apply("generator");
    TestComponents.Adam adam = assertInstanceOf(TestComponents.Adam.class, generator.component());
    assertEquals(2e-4, adam.rate());
    assertNotSame(adam, optimizers.apply("generator").component());
    assertEquals("sgd", optimizers.apply("discriminator").origin().name());
  }

  @Test
  void componentsWithoutAValueHaveDefaultOptions() throws IOException {
    String yaml = compose(RecipeTester.SMALL + "loss:\n  hinge:\n").yaml();
    assertTrue(yaml.contains("test.hinge/hinge@1.2.0: {margin: 1}"), yaml);
  }
}
