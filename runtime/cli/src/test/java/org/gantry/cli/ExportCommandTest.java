package org.gantry.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.gantry.charts.PictureCaption;
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
      assertArrayEquals(pixels(ofRun), pixels(picture));
    }
  }

  /** The pixels above the line that names the weights, which are those of the run or of a file. */
  private static int[] pixels(Path picture) throws IOException {
    BufferedImage image = ImageIO.read(picture.toFile());
    int height = image.getHeight() - PictureCaption.draw("weights", image.getWidth()).getHeight();
    return image.getRGB(0, 0, image.getWidth(), height, null, 0, image.getWidth());
  }

  @Test
  void eachNeedsAFolderAndPictures() throws IOException {
    CommandFixture.CommandResult nowhere = stage.run("sample", run.toString(), "--each");
    assertEquals(2, nowhere.exitCode());
    assertTrue(nowhere.err().contains("Add -o DIR."), nowhere.err());
    Path file = Files.writeString(folder.resolve("taken"), "mine");
    CommandFixture.CommandResult taken =
        stage.run("sample", run.toString(), "--each", "-o", file.toString());
    assertEquals(2, taken.exitCode());
    assertEquals("mine", Files.readString(file));
    Path walk = folder.resolve("walk.gif");
    CommandFixture.CommandResult points =
        stage.run("sample", run.toString(), "-o", walk.toString());
    assertEquals(1, points.exitCode());
    assertTrue(points.err().contains("are not grey or colour images"), points.err());
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
    assertEquals(2, sampled.exitCode());
    assertEquals(
        """
        error: %s contains the discriminator, which returns score (1): expected a network that \
        returns samples
          fix: 'gantry export RUN --to FILE.pt' writes the generator.
        """
            .formatted(module),
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
  void aModuleThatReadsAFileIsRejectedUnlessTheUserInsists() throws IOException {
    Path module = folder.resolve("tiny.pt");
    assertEquals(0, stage.run("export", run.toString(), "--to", module.toString()).exitCode());
    String before = "_1 = self.linear_1(";
    Path evil = folder.resolve("evil.pt");
    try (ZipFile zip = new ZipFile(module.toFile());
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(evil))) {
      for (ZipEntry entry : zip.stream().toList()) {
        byte[] content = zip.getInputStream(entry).readAllBytes();
        if (entry.getName().endsWith("__torch__.py")) {
          String script = new String(content, StandardCharsets.UTF_8);
          assertTrue(script.contains(before), script);
          content =
              script
                  .replace(before, "print(latent)\n    " + before)
                  .getBytes(StandardCharsets.UTF_8);
        }
        ZipEntry stored = new ZipEntry(entry.getName());
        CRC32 checksum = new CRC32();
        checksum.update(content);
        stored.setMethod(ZipEntry.STORED);
        stored.setSize(content.length);
        stored.setCrc(checksum.getValue());
        out.putNextEntry(stored);
        out.write(content);
      }
    }
    CommandFixture.CommandResult refused = stage.run("sample", evil.toString());
    assertEquals(2, refused.exitCode());
    assertTrue(
        refused.err().contains(":10: calls print\n")
            && refused.err().contains("--allow-operators print"),
        refused.err());
    CommandFixture.CommandResult allowed =
        stage.run("sample", evil.toString(), "-n", "2", "--allow-operators", "print");
    assertEquals(0, allowed.exitCode(), allowed.err());
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
