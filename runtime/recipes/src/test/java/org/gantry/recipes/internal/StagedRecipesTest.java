package org.gantry.recipes.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.StagedRecipe;
import org.gantry.recipes.text.ProblemCollector;
import org.gantry.recipes.text.RecipeException;
import org.gantry.recipes.text.SourcePosition;
import org.gantry.recipes.text.YamlReader;
import org.gantry.recipes.text.YamlValue.Mapping;
import org.gantry.training.NetworkSetup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recipes with several stages. */
class StagedRecipesTest {

  private static final String STAGED =
      """
      # Twice.
      name: twice
      data: points
      train: {batch: 4, steps: 9}
      networks:
        discriminator: mlp
      stages:
        small:
          networks: {generator: {mlp: {width: 7}}}
          train: {steps: 5}
        large:
          networks:
            generator: {from: small, freeze: 1, rate: 0.5}
      """;

  @TempDir private Path folder;
  private RecipeTester tester;

  @BeforeEach
  void createTester() {
    tester = new RecipeTester(folder);
  }

  private StagedRecipe staged(String text, String... changes) {
    try {
      Path file = Files.writeString(folder.resolve("recipe.yaml"), text);
      return tester
          .service()
          .composeStages(file.toString(), RecipeTester.changes(changes))
          .orElseThrow();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static NetworkSetup setup(ComposedRecipe composed) {
    return composed.graph().composition().setups().get("generator");
  }

  @Test
  void stagesShareTheKeysOfTheRecipeAndOverrideThem() {
    StagedRecipe staged = staged(STAGED);

    assertEquals("twice", staged.name());
    assertEquals(List.of("small", "large"), staged.names());
    assertEquals(5, staged.stages().get("small").settings().steps());
    assertEquals(9, staged.last().settings().steps());
    assertEquals(4, staged.last().settings().batch());
    assertEquals("twice-large", staged.last().name());
  }

  @Test
  void beforeTheTrainingNetworksOfEarlierStagesHaveTheirArchitecture() {
    ComposedRecipe large = staged(STAGED).last();

    assertTrue(large.yaml().contains("width: 7"), large.yaml());
    assertTrue(setup(large).weights().isEmpty());
    assertEquals(1, setup(large).frozenLayers());
    assertEquals(0.5, setup(large).rate());
  }

  @Test
  void resolvedRecipesReadBackAndNameTheStages() {
    String resolved = staged(STAGED).yaml();

    assertTrue(resolved.startsWith("# Twice.\nname: twice\nstages:\n"), resolved);
    assertTrue(resolved.contains("from: small"), resolved);
    assertEquals(resolved, staged(resolved).yaml());
    assertEquals(1, setup(staged(resolved).last()).frozenLayers());
  }

  @Test
  void architecturesWithoutOptionsCanBeTakenFromEarlierStages() {
    String resolved = staged(STAGED + "      discriminator: {from: small}\n").yaml();

    assertTrue(resolved.contains("test.mlp/mlp@1.0.0: {}"), resolved);
    assertEquals(resolved, staged(resolved).yaml());
  }

  @Test
  void trainedStagesGiveTheirWeights() throws IOException {
    StagedRecipe staged = staged(STAGED);
    Path recipe = Files.writeString(folder.resolve("resolved.yaml"), staged.yaml());
    Path checkpoint = Files.createDirectories(folder.resolve("runs/small/checkpoints/step-000005"));
    Files.writeString(
        folder.resolve("runs/small/recipe.yaml"), staged.stages().get("small").yaml());
    Files.writeString(checkpoint.resolve("generator.safetensors"), "weights");

    ComposedRecipe large =
        tester.service().composeStage(recipe.toString(), "large", folder.resolve("runs"));

    assertEquals(
        checkpoint.resolve("generator.safetensors").toString(),
        setup(large).weights().orElseThrow().label());
    assertEquals(1, setup(large).frozenLayers());
    String again = tester.service().withTrainedStage(recipe.toString(), "large", large.yaml());
    assertEquals(staged.yaml(), again);
  }

  @Test
  void stagesThatAreNotTrainedYetAreReportedWhereTheyAreNamed() {
    staged(STAGED);

    RecipeException refused =
        assertThrows(
            RecipeException.class,
            () ->
                tester
                    .service()
                    .composeStage(
                        folder.resolve("recipe.yaml").toString(), "large", folder.resolve("runs")));
    assertTrue(
        tester.lines(refused).get(0).startsWith("recipe.yaml:13:19 | "), refused::getMessage);
  }

  @Test
  void changesReachOneStageOrAll() {
    StagedRecipe staged =
        staged(STAGED, "train.steps=2", "stages.small.train.steps=3", "name=thrice");

    assertEquals("thrice", staged.name());
    assertEquals(3, staged.stages().get("small").settings().steps());
    assertEquals(2, staged.last().settings().steps());
    assertEquals(
        0,
        setup(staged(STAGED, "stages.large.networks.generator.freeze=false").last())
            .frozenLayers());
  }

  @Test
  void changesOfStagesAreRefusedAsTheyAreTyped() {
    assertEquals(
        List.of(
            "--set stages.smal.loss=hinge | The recipe has no stage 'smal'. | Did you mean 'small'?"
                + " Its stages are 'small' and 'large'."),
        tester.problems(STAGED, "stages.smal.loss=hinge"));
    assertEquals(
        List.of(
            "--set stages.small.networks.judge.width=3 | The recipe has no network 'judge'. |"
                + " It has 'discriminator' and 'generator'."),
        tester.problems(STAGED, "stages.small.networks.judge.width=3"));
    assertTrue(
        tester
            .problems(STAGED, "stages.large.train.steps=0")
            .get(0)
            .startsWith("--set stages.large.train.steps=0 | In the stage 'large': "));
    assertEquals(
        List.of(
            "--set stages.a.loss=hinge | The recipe has no stages. | Write 'stages:' into a recipe"
                + " of your own."),
        tester.problems(RecipeTester.SMALL, "stages.a.loss=hinge"));
  }

  @Test
  void commandsOnRecipesUseTheLastStage() {
    assertEquals("twice-large", tester.compose(STAGED).name());
  }

  @Test
  void problemsNameTheirStage() {
    tester.assertRefused(
        STAGED.replace("width: 7", "wide: 7"),
        "recipe.yaml:9:34 | In the stage 'small': 'networks.generator.mlp' has no option 'wide'. |"
            + " Its options are 'width', 'depth', 'activation' and 'norm'.");
  }

  @Test
  void problemsOfCommonKeysAreReportedOnce() {
    List<String> problems =
        tester.problems(STAGED.replace("batch: 4", "bach: 4").replace("{from: small", "{mlp: "));
    assertEquals(1, problems.size(), problems::toString);
    assertTrue(
        problems.get(0).startsWith("recipe.yaml:4:9 | 'train' has no option 'bach'."),
        problems::toString);
  }

  @Test
  void networksAreFromEarlierStagesOnly() {
    tester.assertRefused(
        STAGED.replace("from: small", "from: large"),
        "recipe.yaml:13:25 | In the stage 'large': 'networks.generator' cannot be from 'large',"
            + " which is not an earlier stage. | Earlier stages: 'small'.");
    tester.assertRefused(
        STAGED.replace("from: small", "from: small, role: judge"),
        "recipe.yaml:13:25 | In the stage 'large': The stage 'small' has no network with the role"
            + " 'judge'. | Write 'role: ROLE'; it has 'discriminator' and 'generator'.");
  }

  @Test
  void stagesAreMappingsWithNames() {
    tester.assertAdditionRefused(
        "stages: [a, b]\n",
        "recipe.yaml:6:9 | 'stages' expects stages by name, not a list. | Write 'NAME:' for each"
            + " stage, and its keys below it, indented.");
    tester.assertAdditionRefused(
        "stages: {a.b: {}}\n",
        "recipe.yaml:6:10 | The name of a stage expects letters, digits, '_' and '-', not 'a.b'. |"
            + " The folder of its run is named after it.");
    tester.assertAdditionRefused(
        "stages: {a: 3}\n",
        "recipe.yaml:6:13 | 'stages.a' expects 'key: value' lines, not 3. | Write 'NAME:' for each"
            + " stage, and its keys below it, indented.");
    tester.assertAdditionRefused(
        "stages: {a: {name: b}}\n",
        "recipe.yaml:6:14 | A stage has no key 'name'. | Its name is 'a'; remove the line.");
  }

  @Test
  void aRecipeWithoutStagesHasNone() throws IOException {
    Path file = Files.writeString(folder.resolve("plain.yaml"), RecipeTester.SMALL);

    assertTrue(tester.service().composeStages(file.toString(), List.of()).isEmpty());
  }

  @Test
  void recipesWithinAnotherTextHaveNoStages() {
    RecipeException refused =
        assertThrows(
            RecipeException.class,
            () -> tester.service().compose("trial", mapping(STAGED), List.of()));
    assertEquals(
        List.of(
            "trial.yaml:7:1 | A recipe within another text has no stages. | Write it into a file of"
                + " its own and train it with 'gantry train'."),
        tester.lines(refused));
  }

  private Mapping mapping(String text) {
    return (Mapping)
        YamlReader.read(text, SourcePosition.startOf("trial.yaml", folder), new ProblemCollector())
            .orElseThrow();
  }
}
