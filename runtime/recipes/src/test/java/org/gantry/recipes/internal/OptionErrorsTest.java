package org.gantry.recipes.internal;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Errors in the options of components. */
class OptionErrorsTest {

  @TempDir private Path folder;

  @Test
  void unknownOptionsAreReportedWithTheNearestAndAllOptions() {
    new RecipeTester(folder)
        .assertRefused(
            """
            data: points
            networks:
              generator: {mlp: {widht: 3}}
              discriminator: {mlp: {x: 1}}
            """,
            "recipe.yaml:3:21 | 'networks.generator.mlp' has no option 'widht'. | Did you mean"
                + " 'width'? Its options are 'width', 'depth', 'activation' and 'norm'.",
            "recipe.yaml:4:25 | 'networks.discriminator.mlp' has no option 'x'. | It has no"
                + " options.");
  }

  @Test
  void numbersOutOfRangeAreReportedWithTheRangeAndTheDefault() {
    new RecipeTester(folder)
        .assertAdditionRefused(
            """
            loss: {hinge: {margin: 0}}
            regularizers:
              - instance-noise: {sigma: -1, window: {from: 2}}
              - weight-averaging: {decay: 1}
            train: {steps: 0, batch: 3000000000}
            """,
            "recipe.yaml:6:24 | 'loss.hinge.margin' must be greater than 0, not 0. | Its default is"
                + " 1.",
            "recipe.yaml:8:29 | 'regularizers[0].instance-noise.sigma' must be at least 0, not -1."
                + " | Its default is 0.5.",
            "recipe.yaml:8:48 | 'regularizers[0].instance-noise.window.from' must be between 0 and"
                + " 1, not 2. | Its default is 0.",
            "recipe.yaml:9:31 | 'regularizers[1].weight-averaging.decay' must be at least 0 and"
                + " less than 1, not 1. | Its default is 0.999.",
            "recipe.yaml:10:16 | 'train.steps' must be greater than 0, not 0. | Its default is"
                + " 1000.",
            "recipe.yaml:10:26 | 'train.batch' must be at most 2147483647, not 3000000000. | Its"
                + " default is 64.");
  }

  @Test
  void sizesOutOfRangeAreReportedWithTheRangeAndTheDefault() {
    new RecipeTester(folder)
        .assertAdditionRefused(
            "regularizers:\n  - weight-averaging: {layers: [1, 0, 3, 4], label: longer}\n",
            "recipe.yaml:7:32 | 'regularizers[0].weight-averaging.layers' must have 1 to 3"
                + " elements, not 4. | Its default is [1, 2].",
            "recipe.yaml:7:36 | 'regularizers[0].weight-averaging.layers[1]' must be greater than"
                + " 0, not 0. | ",
            "recipe.yaml:7:53 | 'regularizers[0].weight-averaging.label' must have at most 5"
                + " characters, not 6. | Its default is ema.");
  }

  @Test
  void moreThreadsThanAnyMachineHasAreRefused() {
    new RecipeTester(folder)
        .assertAdditionRefused(
            "train: {threads: 5000}\n",
            "recipe.yaml:6:18 | 'train.threads' must be between 0 and 256, not 5000. | Its"
                + " default is 0.");
  }

  @Test
  void valuesOfTheWrongTypeAreReportedWithTheExpectedType() {
    new RecipeTester(folder)
        .assertRefused(
            """
            data: points
            networks:
              generator: {mlp: {width: wide, depth: 1.5, activation: leaky_relu, norm: yes}}
              discriminator: mlp
            loss: {hinge: {margin: "1"}}
            optimizer: {adam: {rate: [1], beta1: }}
            regularizers:
              - instance-noise: {window: 1, schedule: {linear: 1}}
              - weight-averaging: {layers: 1}
              - weight-averaging: 0.999
            train: 1000
            """,
            "recipe.yaml:3:28 | 'networks.generator.mlp.width' expects a whole number, not 'wide'."
                + " | Write a number such as 64 or 10000.",
            "recipe.yaml:3:41 | 'networks.generator.mlp.depth' expects a whole number, not 1.5."
                + " | Write a number such as 64 or 10000.",
            "recipe.yaml:3:58 | 'networks.generator.mlp.activation' expects relu or leaky-relu, not"
                + " 'leaky_relu'. | Did you mean 'leaky-relu'?",
            "recipe.yaml:3:76 | 'networks.generator.mlp.norm' expects true or false, not 'yes'. | ",
            "recipe.yaml:5:24 | 'loss.hinge.margin' expects a number, not the text \"1\". | Remove"
                + " the quotes.",
            "recipe.yaml:6:26 | 'optimizer.adam.rate' expects a number, not a list. | Its default"
                + " is 2e-4.",
            "recipe.yaml:6:37 | 'optimizer.adam.beta1' expects a number, not nothing. | Its default"
                + " is 0.5.",
            "recipe.yaml:8:30 | 'regularizers[0].instance-noise.window' expects a mapping of"
                + " options, not 1. | Write '{key: value, ...}'.",
            "recipe.yaml:8:43 | 'regularizers[0].instance-noise.schedule' expects constant, linear"
                + " or half-cosine, not a mapping with 'linear'. | Its default is constant.",
            "recipe.yaml:9:32 | 'regularizers[1].weight-averaging.layers' expects a list of whole"
                + " numbers, not 1. | Write '[a, b]', or '[a]' for a single value.",
            "recipe.yaml:10:23 | 'regularizers[2].weight-averaging' expects its options, not 0.999."
                + " | Write 'weight-averaging: {option: value}'.",
            "recipe.yaml:11:8 | 'train' expects 'key: value' lines, not 1000. | Write them below"
                + " it, indented.");
  }

  @Test
  void missingOptionsAreReportedWithTheirDescription() {
    new RecipeTester(folder)
        .assertAdditionRefused(
            "optimizer: sgd\n",
            "recipe.yaml:6:12 | 'optimizer.sgd' needs the option 'rate' (the learning rate). | Add"
                + " 'rate: ...' to its options; it is a number.");
  }

  @Test
  void contradictingOptionsAreReportedInTheComponentsWords() {
    new RecipeTester(folder)
        .assertAdditionRefused(
            "regularizers:\n  - instance-noise: {window: {from: 0.9, to: 0.5}}\n",
            "recipe.yaml:7:30 | 'regularizers[0].instance-noise.window': 'from' must not be greater"
                + " than 'to'. | ");
  }
}
