package org.gantry.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.gantry.architecture.Architecture;
import org.gantry.cli.CommandFixture.CommandResult;
import org.gantry.component.ComponentKind;
import org.gantry.component.UnusableComponentException;
import org.gantry.constraint.Constraint;
import org.gantry.constraint.MaskShape;
import org.gantry.constraint.PixelMask;
import org.gantry.layers.Reshape;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.TinyGame;
import org.gantry.training.BoundComponent;
import org.gantry.training.Composition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gantry edit} on a tiny game whose generator makes grey pictures of 8 x 8 pixels. */
@TensorTest
class EditCommandTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  /** The pixels under a mask should be as bright as possible. */
  private static Constraint bright(MaskShape mask) {
    return site -> {
      PixelMask pixels = PixelMask.of(List.of(mask), site);
      return pictures -> pixels.meanOf(site.toUnit(pictures).sub(1).square());
    };
  }

  private static Composition game(Composition tiny) {
    Composition images = TinyGame.ofImages(tiny.loss().component());
    Map<String, BoundComponent<Architecture>> networks = new HashMap<>(images.networks());
    networks.put(
        ComponentKind.GENERATOR,
        new BoundComponent<>(site -> generator(), networks.get(ComponentKind.GENERATOR).origin()));
    return images.withNetworks(networks);
  }

  private static Block generator() {
    return new SequentialBlock()
        .add(Linear.builder().setUnits(64).build())
        .add(Activation.tanhBlock())
        .add(new Reshape(new Shape(1, 8, 8)));
  }

  private CommandFixture trained(Constraint... constraints) {
    CommandFixture stage =
        new CommandFixture()
            .playing(EditCommandTest::game)
            .holding(PngFiles::of)
            .listing((Object[]) constraints);
    CommandResult trained = stage.run("train", "tiny", "--out", run());
    assertEquals(0, trained.exitCode(), trained.err());
    return stage;
  }

  private String run() {
    return folder.resolve("run").toString();
  }

  private CommandResult edit(CommandFixture stage, String... more) {
    return stage.run(
        Stream.concat(
                Stream.of(
                    "edit",
                    run(),
                    "--constraints",
                    folder.resolve("brush.yaml").toString(),
                    "--out",
                    folder.resolve("out").toString(),
                    "--steps",
                    "20",
                    "--restarts",
                    "4"),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private String picture(String name, int width, int height, int grey) throws IOException {
    Path file = folder.resolve(name);
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < width * height; i++) {
      picture.setRGB(i % width, i / width, (i % width > width / 2 ? grey : 0) * 0x10101);
    }
    ImageIO.write(picture, "png", file.toFile());
    return file.toString();
  }

  private static void assertRefused(CommandResult refused, String... parts) {
    assertEquals(2, refused.exitCode(), refused.err());
    for (String part : parts) {
      assertTrue(refused.err().contains(part), refused.err());
    }
  }

  @Test
  void aRandomSampleIsEditedAndTheWayToTheBestIsShown() throws IOException {
    CommandFixture stage = trained(bright(MaskShape.rectangle(2, 2, 4, 4)));
    CommandResult result = edit(stage, "--json");
    assertEquals(0, result.exitCode(), result.err());

    JsonNode answer = JSON.readTree(result.out());
    JsonNode best = answer.path("results").get(0);
    assertTrue(
        best.path("constraints").asDouble() < answer.path("startConstraints").asDouble(),
        result.out());
    assertTrue(best.path("distance").asDouble() > 0);
    assertTrue(best.path("edited").isMissingNode());
    assertEquals(8, ImageIO.read(Path.of(best.path("generated").asText()).toFile()).getWidth());
    Path out = folder.resolve("out");
    assertEquals(JSON.readTree(out.resolve("edit.json").toFile()), answer);
    assertEquals(8 * 66 + 2, ImageIO.read(out.resolve("path.png").toFile()).getWidth());
    assertTrue(Files.size(out.resolve("path.gif")) > 100);
  }

  @Test
  void thePictureOfTheUserIsEditedInItsOwnSize() throws IOException {
    CommandFixture stage = trained(bright(MaskShape.rectangle(20, 20, 60, 60)));
    CommandResult result = edit(stage, "--in", picture("face.png", 150, 100, 200), "--json");
    assertEquals(0, result.exitCode(), result.err());

    JsonNode best = JSON.readTree(result.out()).path("results").get(0);
    BufferedImage edited = ImageIO.read(Path.of(best.path("edited").asText()).toFile());
    assertEquals(150, edited.getWidth());
    assertEquals(100, edited.getHeight());
    assertTrue(result.err().contains("the generator's nearest picture differs from"), result.err());
  }

  @Test
  void theSameSeedGivesTheSameFiles() throws IOException {
    CommandFixture stage = trained(bright(MaskShape.circle(4, 4, 2)));
    edit(stage, "--seed", "5");
    String first = Files.readString(folder.resolve("out/edit.json"));
    edit(stage, "--seed", "5");
    assertEquals(first, Files.readString(folder.resolve("out/edit.json")));
    JsonNode code = JSON.readTree(first).path("results").get(0).path("code");
    assertTrue(code.isArray() && code.get(0).isNumber(), first);
  }

  @Test
  void aMaskOfAnotherSizeIsRefusedAtItsPlaceBeforeAnyFileIsWritten() throws IOException {
    CommandFixture stage =
        trained(bright(MaskShape.picture(Path.of(picture("mask.png", 30, 40, 255)))));
    assertRefused(
        edit(stage),
        "brush.yaml:2:5: 'constraints[0]' cannot be used: the picture ",
        "mask.png has 30 x 40 pixels, and the edited one 8 x 8.");
    assertRefused(
        edit(stage, "--in", picture("face.png", 40, 30, 200)),
        "mask.png has 30 x 40 pixels, and the edited one 40 x 30.");
    assertFalse(Files.exists(folder.resolve("out")));
  }

  @Test
  void allConstraintsThatDoNotFitAreReported() throws IOException {
    CommandFixture stage =
        trained(
            bright(MaskShape.picture(Path.of(picture("mask.png", 8, 8, 0)))),
            bright(MaskShape.rectangle(30, 30, 5, 5)),
            site -> {
              throw new UnusableComponentException("never");
            });
    assertRefused(
        edit(stage),
        "mask.png is black, so the mask covers no pixel.",
        "brush.yaml:3:5: 'constraints[1]' cannot be used: the rectangle [30.0, 30.0, 5.0, 5.0] covers"
            + " no pixel of the picture, which has 8 x 8 pixels.",
        "brush.yaml:4:5: 'constraints[2]' cannot be used: never.");
  }

  @Test
  void wrongNumbersAndFoldersAreRefused() throws IOException {
    CommandFixture stage = trained(bright(MaskShape.circle(4, 4, 2)));
    assertRefused(edit(stage, "--smoothness", "-1"), "--smoothness -1.0", "a number from 0");
    assertRefused(edit(stage, "--results", "17"), "--results 17", "1 to 16");
    assertRefused(edit(stage, "--in", "none.png"), "--in none.png: this file does not exist");
    Files.writeString(folder.resolve("out"), "");
    assertRefused(edit(stage), "expected a folder, not a file");
  }

  @Test
  void anInterruptedEditWritesTheBestSoFar() {
    CommandFixture stage = trained(bright(MaskShape.circle(4, 4, 2)));
    CommandResult result = edit(stage.interruptedWhen(() -> true));

    assertEquals(130, result.exitCode(), result.err());
    assertTrue(Files.exists(folder.resolve("out/generated-01.png")));
  }
}
