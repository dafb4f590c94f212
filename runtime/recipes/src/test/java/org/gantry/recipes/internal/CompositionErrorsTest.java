package org.gantry.recipes.internal;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Errors of components that do not fit together. */
class CompositionErrorsTest {

  @TempDir private Path folder;

  @Test
  void componentsThatRefuseTheirOptionsAreReportedWhereTheyAreNamed() {
    new RecipeTester(folder)
        .assertRefused(
            "data: {folder: {path: nowhere}}\nnetworks: {generator: mlp, discriminator: mlp}\n",
            "recipe.yaml:1:8 | 'data.folder' cannot be used: nowhere does not exist; name a folder."
                + " | ");
  }

  @Test
  void metricsThatCannotEvaluateTheDataAreRefused() {
    new RecipeTester(folder)
        .assertAdditionRefused(
            "metrics: [count, sharpness]\n",
            "recipe.yaml:6:18 | The metric 'sharpness' cannot evaluate 'points': only pictures are"
                + " sharp. | Installed metrics for this recipe: 'count'.");
  }

  @Test
  void unreportedValuesCannotSelectTheBestCheckpoint() {
    new RecipeTester(folder)
        .assertAdditionRefused(
            "train: {keep-best: generator/gam}\n",
            "recipe.yaml:6:9 | 'train.keep-best' names 'generator/gam', which this recipe does not"
                + " report. | Did you mean 'generator/game'? It reports 'discriminator/game' and"
                + " 'generator/game'.");
  }

  @Test
  void unknownDevicesAreRefused() {
    new RecipeTester(folder)
        .assertAdditionRefused(
            "train: {device: gpu}\n",
            "recipe.yaml:6:9 | 'train.device' is 'gpu', which is not a device. | Use 'auto', 'cpu',"
                + " 'cuda', 'cuda:N' or 'mps'.");
  }

  @Test
  void evaluationsNeedMetrics() {
    new RecipeTester(folder)
        .assertAdditionRefused(
            "train: {evaluate-every: 100}\n",
            "recipe.yaml:6:9 | 'train.evaluate-every' evaluates the metrics of the recipe, which"
                + " names none. | Add 'metrics: [NAME]', or remove it.");
  }

  @Test
  void figuresThatDecideNeedEvaluations() {
    new RecipeTester(folder)
        .assertAdditionRefused(
            "metrics: [count]\ntrain: {keep-best: count/count}\n",
            "recipe.yaml:7:9 | 'train.keep-best' names the figure 'count/count', which only an"
                + " evaluation gives. | Set 'train.evaluate-every', such as to a hundredth of the"
                + " steps.");
  }

  @Test
  void figuresThatNoMetricGivesCannotStopATraining() {
    new RecipeTester(folder)
        .assertAdditionRefused(
            "metrics: [count]\ntrain: {evaluate-every: 9, early-stopping: {figure: sum/count}}\n",
            "recipe.yaml:7:28 | 'train.early-stopping' names 'sum/count', which this recipe does"
                + " not report. | It reports 'count/FIGURE'.");
  }

  @Test
  void missingPortsAreReportedWithBothComponentsAndSuitableOnes() {
    new RecipeTester(folder)
        .assertRefused(
            """
            data: points
            loss: hinge
            networks:
              generator: mlp
              discriminator: autoencoder
            """,
            "recipe.yaml:5:18 | loss/hinge reads the port score of the discriminator, but"
                + " discriminator/autoencoder (test.autoencoder 0.1.0) gives reconstruction."
                + " (loss/hinge, named at recipe.yaml:2:7, is from test.hinge 0.1.0.) | The"
                + " installed discriminator that fits is 'mlp'.");
  }

  @Test
  void rolesWithoutANetworkAreReportedWhereNetworksAreListed() {
    new RecipeTester(folder)
        .assertRefused(
            "data: points\nnetworks: {generator: mlp}\n",
            "recipe.yaml:2:1 | topology/unconditional has a role discriminator, but the recipe"
                + " names no architecture for it under networks. (topology/unconditional, which the"
                + " recipe does not name, is from test.unconditional 0.1.0.) | Installed"
                + " discriminators that fit: 'autoencoder' and 'mlp'.");
  }

  @Test
  void architecturesThatDoNotFitTheDataAreReportedWithAlternatives() {
    new RecipeTester(folder)
        .assertRefused(
            "data: points\nnetworks: {generator: pictures, discriminator: mlp}\n",
            "recipe.yaml:2:23 | generator/pictures does not fit: the generator expects images of"
                + " shape (channels, height, width), not (2). (generator/pictures is from"
                + " test.pictures 0.1.0 and topology/unconditional, which the recipe does not name,"
                + " is from test.unconditional 0.1.0.) | Another generator fits: 'mlp'.");
  }

  @Test
  void regularizersThatDoNotFitAreReportedWhereTheyAreNamed() {
    new RecipeTester(folder)
        .assertAdditionRefused(
            "regularizers:\n  - instance-noise\n  - picky\n",
            "recipe.yaml:8:5 | regularizer/picky does not fit: it needs a network with the role"
                + " encoder. (regularizer/picky is from test.picky 0.1.0.) | ");
  }

  @Test
  void unusedNetworksAreRefused() {
    new RecipeTester(folder)
        .assertRefused(
            """
            data: points
            networks:
              generator: mlp
              discriminator: mlp
              encoder: mlp
              dicriminator-discriminator: mlp
            """,
            "recipe.yaml:5:12 | Nothing uses the network 'encoder': the topology 'unconditional'"
                + " has the roles 'generator' and 'discriminator'. | Remove it.",
            "recipe.yaml:6:31 | Nothing uses the network 'dicriminator-discriminator': the topology"
                + " 'unconditional' has the roles 'generator' and 'discriminator'. | Remove it.");
  }

  @Test
  void unknownPlayersAreReportedWithTheNearestAndAllPlayers() {
    new RecipeTester(folder)
        .assertAdditionRefused(
            "players:\n  discriminater: {updates: 5}\n  critic: {optimizer: adam}\n",
            "recipe.yaml:7:3 | There is no player 'discriminater'; the players are 'discriminator'"
                + " and 'generator'. | Did you mean 'discriminator'?",
            "recipe.yaml:8:3 | There is no player 'critic'; the players are 'discriminator' and"
                + " 'generator'. | ");
  }

  @Test
  void unknownKeysOfPlayersAreRefused() {
    new RecipeTester(folder)
        .assertAdditionRefused(
            "players:\n  discriminator: {updats: 5}\n  generator: 2\n",
            "recipe.yaml:7:19 | 'players.discriminator' has no key 'updats'. | Did you mean"
                + " 'updates'? Its keys are 'updates', 'rate' and 'optimizer'.",
            "recipe.yaml:8:14 | 'players.generator' expects 'updates', 'rate' or 'optimizer', not"
                + " 2. | Write 'generator: {updates: 5}'.");
  }
}
