package org.gantry.recipes.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.training.NetworkSetup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks of recipes that start from trained weights or keep theirs. */
class TrainedNetworksTest {

  private static final String BASE = "data: points\nnetworks:\n  discriminator: mlp\n  generator: ";

  @TempDir private Path folder;
  private RecipeTester tester;
  private Path checkpoint;

  @BeforeEach
  void writeRun() throws IOException {
    tester = new RecipeTester(folder);
    Path run = Files.createDirectories(folder.resolve("run"));
    Files.writeString(
        run.resolve("recipe.yaml"),
        "networks:\n  generator:\n    test.mlp/mlp@1.0.0: {width: 7}\n");
    Files.createDirectories(run.resolve("checkpoints/step-000900"));
    checkpoint = Files.createDirectories(run.resolve("checkpoints/step-001000"));
    for (String file : List.of("generator", "generator.average", "judge", "session")) {
      Files.writeString(checkpoint.resolve(file + ".safetensors"), file);
    }
  }

  private static NetworkSetup setup(ComposedRecipe composed) {
    return composed.graph().composition().setups().get("generator");
  }

  @Test
  void networksWithoutSettingsAreUsual() {
    assertTrue(tester.compose(RecipeTester.SMALL).graph().composition().setups().isEmpty());
  }

  @Test
  void runsGiveArchitectureAndTheWeightsOfTheirLatestCheckpoint() {
    ComposedRecipe composed = tester.compose(BASE + "{from: run, freeze: true}\n");

    assertTrue(setup(composed).isFrozen());
    assertEquals(
        checkpoint.resolve("generator.safetensors").toString(),
        setup(composed).weights().orElseThrow().label());
    assertTrue(composed.yaml().contains("width: 7"), composed.yaml());
  }

  @Test
  void ratesAndLayersAreRead() {
    NetworkSetup setup =
        setup(
            tester.compose(
                BASE + "{mlp: {width: 9}, from: run, freeze: 2, rate: 0.1, slow-layers: 3}\n"));

    assertEquals(2, setup.frozenLayers());
    assertEquals(0.1, setup.rate());
    assertEquals(3, setup.slowLayers());
    NetworkSetup untrained = setup(tester.compose(BASE + "{mlp: , rate: 0.5}\n"));
    assertEquals(NetworkSetup.ALL_LAYERS, untrained.slowLayers());
    assertTrue(untrained.weights().isEmpty());
  }

  @Test
  void resolvedRecipesRecordFileAndHashAndReadBack() {
    ComposedRecipe composed = tester.compose(BASE + "{from: run, freeze: 1}\n");

    assertTrue(
        composed.yaml().contains("from: " + checkpoint.resolve("generator.safetensors") + "\n"),
        composed.yaml());
    assertTrue(composed.yaml().matches("(?s).*sha256: \"?[0-9a-f]{64}.*"), composed.yaml());
    assertEquals(composed.yaml(), tester.compose(composed.yaml()).yaml());
    assertEquals(setup(composed), setup(tester.compose(composed.yaml())));
  }

  @Test
  void averagesAndLastWeightsHaveOtherHashes() {
    assertNotEquals(
        setup(tester.compose(BASE + "{from: run}\n")),
        setup(tester.compose(BASE + "{from: run, weights: live}\n")));
  }

  @Test
  void changedWeightsAreRefusedAndMissingOnesOnlyWhenTheyAreRead() throws IOException {
    String resolved = tester.compose(BASE + "{from: run}\n").yaml();
    Files.writeString(checkpoint.resolve("generator.average.safetensors"), "other");

    List<String> problems = tester.problems(resolved);
    assertEquals(1, problems.size());
    assertTrue(
        problems.get(0).contains("have changed since this recipe recorded them"),
        problems::toString);
    assertTrue(
        problems.get(0).contains("Restore the file, or remove 'sha256'"), problems::toString);

    Files.delete(checkpoint.resolve("generator.safetensors"));
    assertTrue(setup(tester.compose(resolved)).weights().isPresent());
  }

  @Test
  void rolesThatTheRunDoesNotHaveAreRefused() {
    tester.assertRefused(
        BASE + "{from: run, role: generatr}\n",
        "recipe.yaml:4:15 | "
            + checkpoint.toString().replace(folder + "/", "")
            + " has no network with the role 'generatr'. | Did you mean 'generator'? Write 'role:"
            + " ROLE'; it has 'generator' and 'judge'.");
  }

  @Test
  void missingAndOtherFilesAreRefused() throws IOException {
    Files.writeString(folder.resolve("net.onnx"), "");
    Files.createDirectories(folder.resolve("empty"));
    tester.assertRefused(
        BASE + "{from: rum}\n",
        "recipe.yaml:4:15 | 'networks.generator.from' names rum, which does not exist. | Name a"
            + " run, a checkpoint of a run, a .safetensors file, or a TorchScript module (.pt).");
    tester.assertRefused(
        BASE + "{mlp: , from: net.onnx}\n",
        "recipe.yaml:4:22 | 'networks.generator.from' expects weights in a .safetensors file, not"
            + " net.onnx. | Name a run, or write its weights with 'gantry export RUN --to"
            + " FILE.safetensors'.");
    tester.assertRefused(
        BASE + "{from: empty}\n",
        "recipe.yaml:4:15 | empty is neither a run nor a checkpoint. | Name a run, a checkpoint of"
            + " a run, a .safetensors file, or a TorchScript module (.pt).");
  }

  @Test
  void filesNeedAnArchitecture() throws IOException {
    Files.writeString(folder.resolve("net.safetensors"), "");
    tester.assertRefused(
        BASE + "{from: net.safetensors}\n",
        "recipe.yaml:4:15 | 'networks.generator' does not say which architecture the weights belong"
            + " to. | Write '{NAME: {option: value}, from: ...}'.");
    tester.compose(BASE + "{mlp: , from: net.safetensors}\n");
  }

  @Test
  void misspelledAndUselessKeysAreRefused() {
    tester.assertRefused(
        BASE + "{mlp: , freez: true}\n",
        "recipe.yaml:4:22 | 'networks.generator' has no key 'freez'. | Did you mean 'freeze'? Next"
            + " to the architecture, its keys are 'from', 'role', 'weights', 'freeze', 'rate',"
            + " 'slow-layers', 'takes', 'gives' and 'sha256'.");
    tester.assertRefused(
        BASE + "{mlp: , role: judge}\n",
        "recipe.yaml:4:22 | 'networks.generator.role' says which weights to take, but"
            + " 'networks.generator' names no run or file. | Add 'from: RUN', or remove 'role'.");
    tester.assertRefused(
        BASE + "{freeze: true}\n",
        "recipe.yaml:4:3 | 'networks.generator' names neither an architecture nor trained weights."
            + " | Write '{NAME: {...}, freeze: true}' or '{from: RUN, freeze: true}'.");
    tester.assertRefused(
        BASE + "{mlp: , freeze: some, rate: -1}\n",
        "recipe.yaml:4:30 | 'networks.generator.freeze' expects true, false or a number of layers,"
            + " not 'some'. | A number freezes the first layers of the network.",
        "recipe.yaml:4:42 | 'networks.generator.rate' must be at least 0, not -1. | Its default is"
            + " 1.");
  }

  @Test
  void kindsCannotHaveSettingsOfTheirOwn() {
    List<String> problems =
        tester.problems(
            """
            data: points
            networks:
              generator: mlp
              discriminator: mlp
              other-generator: {mlp: , freeze: true}
            """);
    assertTrue(
        problems.get(0).contains("starts or trains in its own way, but there is no role"),
        problems::toString);
  }

  @Test
  void changesReachThem() {
    ComposedRecipe composed =
        tester.compose(
            RecipeTester.SMALL,
            "networks.generator.freeze=1",
            "networks.generator.mlp.width=5",
            "networks.generator.rate=0.5");

    assertEquals(1, setup(composed).frozenLayers());
    assertEquals(0.5, setup(composed).rate());
    assertTrue(composed.yaml().contains("width: 5"), composed.yaml());
    assertFalse(composed.yaml().contains("sha256"), composed.yaml());
  }

  @Test
  void schemasKnowTheirKeys() throws IOException {
    JsonNode schema = new ObjectMapper().readTree(tester.service().jsonSchema());
    assertEquals(
        "#/$defs/network:generator",
        schema.at("/properties/networks/properties/generator/$ref").asText());
    JsonNode keys = schema.get("$defs").get("network:generator").at("/anyOf/1/properties");
    for (String key : List.of("from", "role", "weights", "freeze", "rate", "slow-layers", "mlp")) {
      assertTrue(keys.has(key), key);
    }
  }
}
