package org.gantry.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.gantry.export.ImportedModule;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gantry export}, and {@code gantry sample} of what it wrote, on a tiny game. */
@TensorTest
class ExportCommandTest {

  private final CommandFixture stage =
      new CommandFixture().install(CommandFixture.CODES).install(CommandFixture.RANDOM);

  @TempDir Path folder;
  private Path run;

  @BeforeEach
  void train() {
    run = folder.resolve("run");
    assertEquals(0, stage.run("train", "tiny", "--out", run.toString()).exitCode());
  }

  @Test
  void anExportedGeneratorDrawsTheSamePictureAsItsRun() throws IOException {
    Path module = folder.resolve("tiny.pt");
    CommandFixture.CommandResult exported =
        stage.run("export", run.toString(), "--to", module.toString());
    assertEquals(0, exported.exitCode(), exported.err());
    assertEquals(module + "\n", exported.out());
    assertEquals(
        "the generator (generator/tiny of testkit) after step 8 takes latent (3) and returns image"
            + " (2)\n",
        exported.err());
    Path ofRun = folder.resolve("run.png");
    for (String seed : List.of("1", "9")) {
      stage.run("sample", run.toString(), "-n", "5", "--seed", seed, "-o", ofRun.toString());
      CommandFixture.CommandResult sampled =
          stage.run("sample", module.toString(), "-n", "5", "--seed", seed);
      Path picture = folder.resolve("tiny.png");
      assertEquals(new CommandFixture.CommandResult(0, picture + "\n", ""), sampled);
      assertArrayEquals(Files.readAllBytes(ofRun), Files.readAllBytes(picture));
    }
  }

  @Test
  void anotherRoleCanBeExportedButNotSampled(NDManager manager) {
    Path module = folder.resolve("judge.pt");
    CommandFixture.CommandResult exported =
        stage.run("export", run.toString(), "--to", module.toString(), "--role", "discriminator");
    assertEquals(0, exported.exitCode(), exported.err());
    try (ImportedModule judge = ImportedModule.load(manager, module)) {
      assertEquals(
          new Shape(4, 1), judge.apply(manager, manager.zeros(new Shape(4, 2))).get(0).getShape());
      assertEquals("-4.0 4.0", judge.notes().get("range"));
    }
    CommandFixture.CommandResult sampled = stage.run("sample", module.toString());
    assertEquals(1, sampled.exitCode());
    assertTrue(
        sampled.err().contains("the file contains only the discriminator, not the generator"),
        sampled.err());
  }

  @Test
  void weightsAreWrittenUnderTheirNames(NDManager manager) throws IOException {
    Path file = folder.resolve("tiny.safetensors");
    CommandFixture.CommandResult exported =
        stage.run("export", run.toString(), "--to", file.toString());
    assertEquals(0, exported.exitCode(), exported.err());
    try (var in = Files.newInputStream(file)) {
      NDList weights = NDList.decode(manager, in);
      assertEquals(
          Map.of(
              "01Linear_weight", new Shape(8, 3),
              "01Linear_bias", new Shape(8),
              "03Linear_weight", new Shape(2, 8),
              "03Linear_bias", new Shape(2)),
          weights.stream().collect(Collectors.toMap(NDArray::getName, NDArray::getShape)));
    }
  }

  @Test
  void aFailedExportKeepsTheOldFile() throws IOException {
    Path file = Files.writeString(folder.resolve("tiny.pt"), "mine");
    CommandFixture.CommandResult role =
        stage.run("export", run.toString(), "--to", file.toString(), "--role", "judge");
    assertEquals(2, role.exitCode());
    assertEquals(
        "error: --role judge: the run "
            + run
            + " has no role 'judge'; its roles are generator, discriminator\n",
        role.err());
    CommandFixture.CommandResult ending =
        stage.run("export", run.toString(), "--to", folder.resolve("tiny.onnx").toString());
    assertEquals(2, ending.exitCode());
    assertTrue(ending.err().contains("must end in .pt or .safetensors"), ending.err());
    assertEquals("mine", Files.readString(file));
    try (var files = Files.list(folder)) {
      assertEquals(2, files.count());
    }
  }

  @Test
  void aFileThatIsNotAModuleIsRejected() throws IOException {
    Path text = Files.writeString(folder.resolve("text.pt"), "no module");
    CommandFixture.CommandResult damaged = stage.run("sample", text.toString());
    assertEquals(2, damaged.exitCode());
    assertTrue(
        damaged.err().startsWith("error: " + text + " is not a TorchScript module"), damaged.err());
    Path weights = Files.writeString(folder.resolve("weights.safetensors"), "");
    CommandFixture.CommandResult ending = stage.run("sample", weights.toString());
    assertEquals(2, ending.exitCode());
    assertTrue(ending.err().contains("or a .pt file"), ending.err());
  }

  @Test
  void modulesWithoutAnInstalledPriorAreRejected() {
    Path module = folder.resolve("tiny.pt");
    assertEquals(0, stage.run("export", run.toString(), "--to", module.toString()).exitCode());
    assertEquals(
        new CommandFixture.CommandResult(
            2,
            "",
            """
            error: %s/recipe.yaml: There is none.
              fix: Try another.
            """
                .formatted(module)),
        new CommandFixture().run("sample", module.toString()));
  }
}
