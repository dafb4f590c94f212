package org.gantry.recipes.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.core.Linear;
import ai.djl.training.initializer.Initializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.gantry.export.NetworkExport;
import org.gantry.export.NetworkPort;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.testkit.TensorTest;
import org.gantry.torchscript.ScriptArchive;
import org.gantry.training.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks of recipes that are TorchScript modules in files. */
@TensorTest
class ModuleNetworksTest {

  private static final String BASE = "data: points\nnetworks:\n  generator: mlp\n  discriminator: ";

  @TempDir private Path folder;
  private RecipeTester tester;

  @BeforeEach
  void writeModules(NDManager manager) throws IOException {
    tester = new RecipeTester(folder);
    Block block = Linear.builder().setUnits(1).build();
    block.setInitializer(Initializer.ONES, parameter -> true);
    block.initialize(manager, DataType.FLOAT32, new Shape(4, 2));
    try (OutputStream out = Files.newOutputStream(folder.resolve("critic.pt"))) {
      new NetworkExport(
              "the critic",
              block,
              List.of(new NetworkPort("image", new Shape(2))),
              List.of(new NetworkPort("score", new Shape(1))),
              parameter -> parameter.getArray())
          .writeModule(Map.of(), out);
    }
    writeForeign("foreign.pt", "return torch.sum(image, [1], True)");
  }

  private void writeForeign(String file, String body) throws IOException {
    try (OutputStream out = Files.newOutputStream(folder.resolve(file))) {
      ScriptArchive.write(
          out,
          "Critic",
          "def forward(self, image: Tensor) -> Tensor:\n  " + body + "\n",
          List.of(),
          Map.of());
    }
  }

  private static boolean isFrozen(ComposedRecipe composed) {
    return composed.graph().players().equals(List.of("generator"));
  }

  @Test
  void exportedModulesNameTheirPortsAndTrain() {
    ComposedRecipe composed = tester.compose(BASE + "{from: critic.pt, rate: 0.5}\n");

    assertEquals(List.of("discriminator", "generator"), composed.graph().players());
    try (Session session = Session.open(composed.graph())) {
      assertTrue(session.step().containsKey("discriminator/game"));
    }
  }

  @Test
  void frozenModulesHaveNoPlayer() {
    assertTrue(isFrozen(tester.compose(BASE + "{from: critic.pt, freeze: true}\n")));
  }

  @Test
  void modulesOfOtherProgramsGetTheirPortsFromTheRecipe() {
    ComposedRecipe composed =
        tester.compose(BASE + "{from: foreign.pt, takes: [image], gives: [score], freeze: true}\n");

    assertTrue(isFrozen(composed));
    try (Session session = Session.open(composed.graph())) {
      assertTrue(Double.isFinite(session.step().get("generator/game")));
    }
  }

  @Test
  void resolvedRecipesRecordPortsAndHashAndReadBack() {
    ComposedRecipe composed = tester.compose(BASE + "{from: critic.pt, freeze: 1}\n");

    assertTrue(
        composed.yaml().contains("file: " + folder.resolve("critic.pt") + ","), composed.yaml());
    assertTrue(composed.yaml().matches("(?s).*sha256: \"?[0-9a-f]{64}.*"), composed.yaml());
    assertEquals(composed.yaml(), tester.compose(composed.yaml()).yaml());
  }

  @Test
  void changedAndMissingModulesAreRefusedByARecordedRecipe() throws IOException {
    String resolved =
        tester.compose(BASE + "{from: foreign.pt, takes: [image], gives: [score]}\n").yaml();
    writeForeign("foreign.pt", "return torch.mean(image, [1], True)");
    List<String> changed = tester.problems(resolved);
    assertEquals(1, changed.size());
    assertTrue(
        changed.get(0).contains("The module foreign.pt has changed since this recipe recorded it"),
        changed::toString);

    Files.delete(folder.resolve("foreign.pt"));
    List<String> missing = tester.problems(resolved);
    assertTrue(
        missing
            .get(0)
            .endsWith(
                "names the module foreign.pt, which does not exist. | Restore the file, because it"
                    + " defines the network."),
        missing::toString);
  }

  @Test
  void modulesThatDoMoreThanANetworkAreRefused() throws IOException {
    writeForeign("evil.pt", "return torch.from_file(\"/etc/passwd\", False, 1)");
    tester.assertRefused(
        BASE + "{from: evil.pt, takes: [image], gives: [score]}\n",
        "recipe.yaml:4:19 | 'networks.discriminator' cannot be a module: evil.pt is a program that"
            + " does more than a network: code/__torch__.py:6: calls torch.from_file. | A recipe accepts"
            + " only the operators of networks; export the network without 'torch.from_file'.");
  }

  @Test
  void unusableModulesAreRefusedAtTheirLine() throws IOException {
    Files.writeString(folder.resolve("text.pt"), "no module");
    tester.assertRefused(
        BASE + "{from: missing.pt}\n",
        "recipe.yaml:4:19 | 'networks.discriminator' names the module missing.pt, which does not"
            + " exist. | Name a TorchScript module in a .pt file.");
    assertTrue(
        tester
            .problems(BASE + "{from: text.pt}\n")
            .get(0)
            .startsWith(
                "recipe.yaml:4:19 | 'networks.discriminator' cannot be a module: text.pt is not a"
                    + " TorchScript module, or it is corrupt:"),
        () -> tester.problems(BASE + "{from: text.pt}\n").toString());
    tester.assertRefused(
        BASE + "{from: foreign.pt}\n",
        "recipe.yaml:4:19 | 'networks.discriminator' cannot be a module: foreign.pt does not name"
            + " its ports; name them in the order of its arguments and results. | Name a module of"
            + " 'gantry export' or of torch.jit.save, such as {from: FILE.pt, takes: [image],"
            + " gives: [score]}.");
  }

  @Test
  void portsThatDoNotFitAreRefused() throws IOException {
    tester.assertRefused(
        BASE + "{from: foreign.pt, takes: [image, image], gives: [score]}\n",
        "recipe.yaml:4:19 | 'networks.discriminator' names a port twice: 'image' and 'image'. |"
            + " Give each argument and each result a name of its own.");
    List<String> other =
        tester.problems(BASE + "{from: foreign.pt, takes: [picture], gives: [score]}\n");
    assertTrue(other.get(0).startsWith("recipe.yaml:4:19 | "), other::toString);
    assertTrue(other.get(0).contains("takes picture and gives score"), other::toString);
    List<String> more =
        tester.problems(BASE + "{from: foreign.pt, takes: [image], gives: [score, features]}\n");
    assertTrue(
        more.get(0).contains("declares the outputs score, features, but its network gives 1 array"),
        more::toString);
    writeForeign("shapes.pt", "return torch.reshape(image, [7, 7])");
    List<String> shapes =
        tester.problems(BASE + "{from: shapes.pt, takes: [image], gives: [score]}\n");
    assertTrue(
        shapes
            .get(0)
            .contains(
                "shapes.pt does not take these inputs: shape '[7, 7]' is invalid for input of size"),
        shapes::toString);
  }

  @Test
  void keysThatDoNotBelongToModulesAreRefused() {
    tester.assertRefused(
        BASE + "{mlp: , from: critic.pt}\n",
        "recipe.yaml:4:26 | 'networks.discriminator' names an architecture and the module"
            + " critic.pt, which is a network of its own. | Remove one of them, or take weights"
            + " from a .safetensors file.");
    tester.assertRefused(
        BASE + "{from: critic.pt, role: judge}\n",
        "recipe.yaml:4:36 | 'networks.discriminator.role' belongs to weights of a run, and"
            + " 'networks.discriminator' has none. | Remove 'role'.");
    tester.assertRefused(
        BASE + "{mlp: , takes: [image]}\n",
        "recipe.yaml:4:26 | 'networks.discriminator.takes' names ports of a module, and"
            + " 'networks.discriminator' has none. | Add 'from: FILE.pt'. Remove 'takes'.");
  }

  @Test
  void runsGiveTheModulesThatTheyTrained(NDManager manager) throws IOException {
    ComposedRecipe first = tester.compose(BASE + "{from: critic.pt}\n");
    Path run = Files.createDirectories(folder.resolve("run"));
    Files.writeString(run.resolve("recipe.yaml"), first.yaml());
    Path checkpoint = Files.createDirectories(run.resolve("checkpoints/step-000001"));
    try (Session session = Session.open(first.graph())) {
      session.step();
      session.save(checkpoint);
    }

    ComposedRecipe second = tester.compose(BASE + "{from: run, freeze: 1}\n");

    assertTrue(second.graph().composition().setups().get("discriminator").weights().isPresent());
    assertTrue(second.yaml().contains(folder.resolve("critic.pt").toString()), second.yaml());
    Session.open(second.graph()).close();
  }

  @Test
  void runsGiveTheModulesThatTheyFroze() throws IOException {
    ComposedRecipe first = tester.compose(BASE + "{from: critic.pt, freeze: true}\n");
    Path run = Files.createDirectories(folder.resolve("run/checkpoints/step-000001")).getParent();
    Files.writeString(run.resolveSibling("recipe.yaml"), first.yaml());

    assertTrue(isFrozen(tester.compose(BASE + "{from: run, freeze: true}\n")));
  }

  @Test
  void schemasKnowTheirKeys() throws IOException {
    JsonNode schema = new ObjectMapper().readTree(tester.service().jsonSchema());
    JsonNode keys = schema.get("$defs").get("network:discriminator").at("/anyOf/1/properties");
    for (String key : List.of("takes", "gives", "module")) {
      assertTrue(keys.has(key), key);
    }
    assertTrue(keys.at("/module/properties").has("file"));
  }
}
