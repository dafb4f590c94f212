package org.gantry.recipes.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecipeEditorTest {

  private static final String RICH =
      RecipeTester.SMALL
          + """
          regularizers:
            - instance-noise: {sigma: 0.1}
            - weight-averaging
          optimizer: {adam: {rate: 1e-3}}
          """;

  @TempDir private Path folder;

  /** Expects a line in the resolved recipe, leading spaces apart. */
  private void assertResolved(String recipe, String line, String... changes) {
    String yaml = new RecipeTester(folder).compose(recipe, changes).yaml();
    assertTrue(yaml.lines().anyMatch(l -> l.strip().equals(line)), yaml);
  }

  private void assertRefused(String recipe, String problem, String... changes) {
    assertEquals(List.of(problem), new RecipeTester(folder).problems(recipe, changes));
  }

  @Test
  void componentsCanBeReplaced() {
    assertResolved(RICH, "test.hinge/hinge@1.2.0: {margin: 1}", "loss=hinge");
    assertResolved(RICH, "test.hinge/hinge@1.2.0: {margin: 3}", "loss={hinge: {margin: 3}}");
  }

  @Test
  void optionsCanBeSetWithAndWithoutTheComponentsName() {
    String wide = "test.mlp/mlp@1.0.0: {width: 32, depth: 2, activation: relu, norm: false}";
    assertResolved(RICH, wide, "networks.generator.mlp.width=32");
    assertResolved(RICH, wide, "networks.generator.width=32");
    assertResolved(RICH, wide, "networks.generator.mlp={width: 32}");
  }

  @Test
  void componentsInListsAreFoundByIndexAndByName() {
    String noisy =
        "- test.instance-noise/instance-noise@1.0.0:\n      sigma: 0.7\n      schedule: constant";
    for (String path :
        List.of(
            "regularizers[0].instance-noise.sigma",
            "regularizers[0].sigma",
            "regularizers.instance-noise.sigma")) {
      String yaml = new RecipeTester(folder).compose(RICH, path + "=0.7").yaml();
      assertTrue(yaml.contains(noisy), yaml);
    }
  }

  @Test
  void nestedOptionsAndElementsOfListsCanBeSet() {
    assertResolved(RICH, "window: {from: 0, to: 0.5}", "regularizers.instance-noise.window.to=0.5");
    assertResolved(
        RICH,
        "- test.weight-averaging/weight-averaging@1.0.0: {decay: 0.999, layers: [7, 9], label:"
            + " ema}",
        "regularizers.weight-averaging.layers=[7, 8]",
        "regularizers.weight-averaging.layers[1]=9");
  }

  @Test
  void listsCanBeExtendedReplacedAndEmptied() {
    assertResolved(RecipeTester.SMALL, "- test.count/count@1.0.0", "metrics[+]=count");
    assertResolved(RICH, "regularizers: []", "regularizers=[]");
    assertResolved(
        RICH,
        "- test.weight-averaging/weight-averaging@1.0.0: {decay: 0.5, layers: [1, 2], label: ema}",
        "regularizers=[weight-averaging]",
        "regularizers[0].decay=0.5");
  }

  @Test
  void missingKeysCanBeSet() {
    assertResolved(RICH, "steps: 7", "train.steps=7");
    assertResolved(RICH, "name: other", "name=other");
    assertResolved(RecipeTester.SMALL, "test.normal/normal@1.0.0: {size: 8}", "prior.size=8");
  }

  @Test
  void optimizersOfPlayersStartFromTheRecipesOptimizer() {
    String yaml =
        new RecipeTester(folder)
            .compose(
                RICH,
                "players.discriminator.updates=5",
                "players.discriminator.optimizer.beta1=0.9")
            .yaml();
    assertTrue(
        yaml.contains(
            """
            players:
              discriminator:
                updates: 5
                rate: 1
                optimizer:
                  test.adam/adam@1.0.0: {rate: 0.001, beta1: 0.9}
            """),
        yaml);
  }

  @Test
  void laterChangesSeeEarlierOnes() {
    assertResolved(
        RICH, "test.hinge/hinge@1.2.0: {margin: 2}", "loss=hinge", "loss.hinge.margin=2");
  }

  @Test
  void pathsInChangesAreRelativeToTheWorkingFolder() throws IOException {
    Path data = Files.createDirectories(folder.resolve("here").resolve("samples"));
    String yaml = new RecipeTester(folder).compose(RICH, "data={folder: {path: samples}}").yaml();
    assertTrue(yaml.contains("path: " + data), yaml);
  }

  @Test
  void pathsInRecipesAreRelativeToTheirFolder() throws IOException {
    Path data = Files.createDirectories(folder.resolve("samples"));
    String yaml =
        new RecipeTester(folder)
            .compose(RecipeTester.SMALL.replace("points", "{folder: {path: ./samples}}"))
            .yaml();
    assertTrue(yaml.contains("path: " + data + ","), yaml);
  }

  @Test
  void problemsCausedByAChangeAreReportedAtTheChange() {
    assertRefused(
        RICH,
        "--set optimizer.rate=-1 | 'optimizer.adam.rate' must be greater than 0, not -1. | Its"
            + " default is 2e-4.",
        "optimizer.rate=-1");
    assertRefused(
        RICH,
        "--set optimizer.rat=1 | 'optimizer.adam' has no option 'rat'. | Did you mean 'rate'? Its"
            + " options are 'rate' and 'beta1'.",
        "optimizer.rat=1");
    assertRefused(
        RICH,
        "--set loss=hing | There is no loss called 'hing'. | Did you mean 'hinge'? Installed"
            + " losses: 'hinge', 'non-saturating' and 'twin'.",
        "loss=hing");
    assertRefused(
        RICH,
        "--set players.critic.updates=2 | There is no player 'critic'; the players are"
            + " 'discriminator' and 'generator'. | ",
        "players.critic.updates=2");
  }

  @Test
  void valuesThatAreNotYamlAreRefused() {
    assertRefused(
        RICH,
        "--set train.steps=[1 | The list that begins at --set train.steps=[1 is not closed"
            + " before this, or a comma is missing. | Add ']' or a comma.",
        "train.steps=[1");
  }

  @Test
  void invalidPathsAreRefused() {
    assertRefused(
        RICH,
        "--set los.margin=1 | A recipe has no key 'los'. | Did you mean 'loss'? Its keys are"
            + " 'name', 'data', 'prior', 'topology', 'networks', 'loss', 'regularizers',"
            + " 'optimizer', 'players', 'train', 'metrics', 'sampler', 'watchdogs', 'changes' and"
            + " 'stages'.",
        "los.margin=1");
    assertRefused(
        RICH,
        "--set regularizers[.x=1 | 'regularizers[.x' is not a path in a recipe. | Write a path"
            + " such as 'train.steps', 'regularizers[0].sigma' or 'regularizers[+]'.",
        "regularizers[.x=1");
    assertRefused(
        RICH,
        "--set regularizers[2].sigma=1 | There is no element [2]; the list has 2. | Write an index"
            + " from [0] to [1], or [+] at the end of the path to append.",
        "regularizers[2].sigma=1");
    assertRefused(
        RICH,
        "--set regularizers.weight-averagin.decay=1 | The recipe's list does not contain"
            + " 'weight-averagin'. | Did you mean 'weight-averaging'? It contains"
            + " 'instance-noise' and 'weight-averaging'. To add it, write --set"
            + " regularizers[+]=NAME.",
        "regularizers.weight-averagin.decay=1");
    assertRefused(
        RICH,
        "--set networks.generatr.width=1 | The recipe has no network 'generatr'. | Did you mean"
            + " 'generator'? It has 'generator' and 'discriminator'.",
        "networks.generatr.width=1");
    assertRefused(
        RICH,
        "--set optimizer.rate.x=1 | 1e-3 has no key 'x'. | Shorten the path.",
        "optimizer.rate.x=1");
    assertRefused(
        RICH,
        "--set train[0]=1 | The recipe has no list before '[0]'. | Set the whole list: --set"
            + " train=[a, b].",
        "train[0]=1");
  }

  @Test
  void optionsOfAnotherComponentAreRefusedWithAFix() {
    assertRefused(
        RICH,
        "--set loss.hinge.margin=2 | The recipe has 'non-saturating' there, not 'hinge'. | Write"
            + " 'loss.non-saturating.margin', or put '--set loss=hinge' before it.",
        "loss.hinge.margin=2");
  }

  @Test
  void singleValuesInsteadOfOptionsAreRefused() {
    assertRefused(
        RICH,
        "--set networks.generator.mlp=32 | 'networks.generator.mlp' holds the options of 'mlp'."
            + " | To change one option, add its name to the path; to change the component,"
            + " remove 'mlp' from the path.",
        "networks.generator.mlp=32");
  }

  @Test
  void duplicateNamesNeedAnIndex() {
    assertRefused(
        RICH,
        "--set regularizers.instance-noise.sigma=1 | The recipe's list contains"
            + " 'instance-noise' more than once. | Write its index instead: [0] is the first.",
        "regularizers[+]=instance-noise",
        "regularizers.instance-noise.sigma=1");
  }
}
