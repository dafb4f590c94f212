package org.gantry.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.nn.Block;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.gantry.architecture.Architecture;
import org.gantry.cli.CommandFixture.CommandResult;
import org.gantry.component.ComponentKind;
import org.gantry.data.DatasetField;
import org.gantry.graph.Example;
import org.gantry.graph.FakeExample;
import org.gantry.graph.Graph;
import org.gantry.graph.Network;
import org.gantry.graph.Signal;
import org.gantry.layers.Convolution;
import org.gantry.layers.FilterWindow;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.TinyGame;
import org.gantry.training.BoundComponent;
import org.gantry.training.ComponentOrigin;
import org.gantry.training.Composition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gantry blend} with plain pictures, and with a tiny network of grey pictures. */
@TensorTest
class BlendCommandTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Color SKY = new Color(40, 60, 160);

  @TempDir Path folder;

  private final CommandFixture stage = new CommandFixture().holding(PngFiles::of);

  @BeforeEach
  void drawPictures() throws IOException {
    picture("front.png", 20, 20, new Color(220, 200, 90), Color.BLACK);
    picture("mask.png", 20, 20, Color.BLACK, Color.WHITE);
    picture("back.png", 90, 70, SKY, SKY);
  }

  /** A picture with another colour in its middle. */
  private void picture(String name, int width, int height, Color colour, Color middle)
      throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(colour);
    graphics.fillRect(0, 0, width, height);
    graphics.setColor(middle);
    graphics.fillRect(width / 4, height / 4, width - width / 2, height - height / 2);
    graphics.dispose();
    ImageIO.write(image, "png", folder.resolve(name).toFile());
  }

  private CommandResult blend(String front, String mask, String back, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "blend",
                "--foreground",
                folder.resolve(front).toString(),
                "--mask",
                folder.resolve(mask).toString(),
                "--background",
                folder.resolve(back).toString(),
                "--out",
                folder.resolve("out.png").toString()));
    words.addAll(List.of(more));
    return stage.run(words.toArray(String[]::new));
  }

  private BufferedImage result() throws IOException {
    return ImageIO.read(folder.resolve("out.png").toFile());
  }

  private void assertRefused(CommandResult refused, String... parts) {
    assertEquals(2, refused.exitCode(), refused.err());
    for (String part : parts) {
      assertTrue(refused.err().contains(part), refused.err());
    }
    assertFalse(Files.exists(folder.resolve("out.png")));
  }

  private static double distance(Color first, Color second) {
    return Math.abs(first.getRed() - second.getRed())
        + Math.abs(first.getGreen() - second.getGreen())
        + Math.abs(first.getBlue() - second.getBlue());
  }

  @Test
  void aPartWithoutDetailsDisappearsInTheBackground() throws IOException {
    picture("front.png", 20, 20, Color.YELLOW, Color.YELLOW);
    CommandResult result = blend("front.png", "mask.png", "back.png", "--at", "30,20");

    assertEquals(0, result.exitCode(), result.err());
    assertEquals(folder.resolve("out.png") + "\n", result.out());
    assertEquals(90, result().getWidth());
    assertEquals(70, result().getHeight());
    assertTrue(distance(SKY, new Color(result().getRGB(40, 30))) <= 3);
    assertTrue(distance(SKY, new Color(result().getRGB(5, 5))) <= 3);
  }

  @Test
  void thePartComesToItsPlaceWithItsContrasts() throws IOException {
    // A white mask takes the edge between both colours of the foreground along.
    picture("mask.png", 20, 20, Color.WHITE, Color.WHITE);
    CommandResult result =
        blend(
            "front.png", "mask.png", "back.png", "--at", "30,20", "--json", "--solver", "screened");

    assertEquals(0, result.exitCode(), result.err());
    JsonNode answer = JSON.readTree(result.out());
    assertEquals(folder.resolve("out.png").toString(), answer.path("out").asText());
    assertEquals(3, answer.path("channels").asInt());
    assertEquals(2, answer.path("levels").asInt());
    assertEquals("screened", answer.path("solver").asText());
    assertEquals(0.05, answer.path("colourWeight").asDouble());
    int inside = result().getRGB(40, 30) >> 16 & 0xFF;
    int around = result().getRGB(32, 22) >> 16 & 0xFF;
    assertTrue(around > inside + 30, around + " " + inside);
    assertTrue(distance(SKY, new Color(result().getRGB(85, 65))) <= 6);
  }

  @Test
  void greyPicturesStayGrey() throws IOException {
    picture("front.png", 20, 20, Color.GRAY, Color.WHITE);
    picture("back.png", 40, 40, Color.DARK_GRAY, Color.BLACK);
    CommandResult result = blend("front.png", "mask.png", "back.png", "--json");

    assertEquals(0, result.exitCode(), result.err());
    assertEquals(1, JSON.readTree(result.out()).path("channels").asInt());
  }

  /** The middle of the foreground is opaque and has an edge of two colours. */
  @Test
  void withoutAMaskThePartIsWhatIsOpaque() throws IOException {
    BufferedImage cut = new BufferedImage(20, 20, BufferedImage.TYPE_INT_ARGB);
    for (int i = 0; i < 100; i++) {
      cut.setRGB(5 + i % 10, 5 + i / 10, i % 10 < 5 ? 0xFF000000 : 0xFFFFFFFF);
    }
    ImageIO.write(cut, "png", folder.resolve("cut.png").toFile());
    CommandResult result =
        stage.run(
            "blend",
            "--foreground",
            folder.resolve("cut.png").toString(),
            "--background",
            folder.resolve("back.png").toString(),
            "--at",
            "30,20",
            "--out",
            folder.resolve("out.png").toString());

    assertEquals(0, result.exitCode(), result.err());
    int dark = result().getRGB(38, 30) >> 16 & 0xFF;
    int light = result().getRGB(41, 30) >> 16 & 0xFF;
    assertTrue(light > dark + 60, light + " " + dark);
  }

  @Test
  void aPartThatNothingShowsIsRefused() {
    assertRefused(
        stage.run(
            "blend",
            "--foreground",
            folder.resolve("front.png").toString(),
            "--background",
            folder.resolve("back.png").toString(),
            "--out",
            folder.resolve("out.png").toString()),
        "front.png: the picture has no transparent parts",
        "Name a mask with --mask");
  }

  @Test
  void picturesThatDoNotFitTogetherAreRefused() throws IOException {
    picture("small.png", 10, 20, Color.WHITE, Color.WHITE);
    assertRefused(
        blend("front.png", "small.png", "back.png"),
        "small.png: the mask has 10 x 20 pixels and the foreground 20 x 20");
    picture("black.png", 20, 20, Color.BLACK, Color.BLACK);
    assertRefused(blend("front.png", "black.png", "back.png"), "black.png: nothing is white");
    assertRefused(
        blend("front.png", "mask.png", "back.png", "--at", "80,-9"),
        "--at 80,-9: what the mask keeps of the foreground, 10 x 10 pixels from 85,-4, is not"
            + " inside the background of 90 x 70",
        "The nearest place is --at 75,-5.");
    picture("tiny.png", 8, 8, SKY, SKY);
    assertRefused(
        blend("front.png", "mask.png", "tiny.png"), "Scale the foreground and its mask down.");
    assertEquals(0, blend("front.png", "mask.png", "back.png", "--at", "75,-5").exitCode());
  }

  @Test
  void wrongArgumentsAreRefused() throws IOException {
    assertRefused(
        blend("front.png", "mask.png", "back.png", "--at", "left"),
        "--at left: expected a column and a row");
    assertRefused(
        blend("front.png", "mask.png", "back.png", "--solver", "sceened"),
        "expected code, least-squares, screened",
        "Did you mean 'screened'?");
    assertRefused(
        blend("front.png", "mask.png", "back.png", "--colour-weight", "0"), "a number above 0");
    assertRefused(blend("none.png", "mask.png", "back.png"), "none.png: this file does not exist");
    assertRefused(
        blend("front.png", "mask.png", "."), "--background", "expected one picture, not several");
  }

  @Test
  void theResultHasToBeAPng() {
    assertRefused(
        stage.run(
            "blend",
            "--foreground",
            folder.resolve("front.png").toString(),
            "--mask",
            folder.resolve("mask.png").toString(),
            "--background",
            folder.resolve("back.png").toString(),
            "--out",
            folder.resolve("out.jpg").toString()),
        "out.jpg: the file must end in .png");
  }

  @Test
  void anInterruptedBlendWritesNothing() {
    CommandResult result =
        new CommandFixture()
            .holding(PngFiles::of)
            .interruptedWhen(() -> true)
            .run(
                "blend",
                "--foreground",
                folder.resolve("front.png").toString(),
                "--mask",
                folder.resolve("mask.png").toString(),
                "--background",
                folder.resolve("back.png").toString(),
                "--out",
                folder.resolve("out.png").toString());

    assertEquals(130, result.exitCode(), result.err());
    assertFalse(Files.exists(folder.resolve("out.png")));
  }

  private static void wire(Graph graph) {
    Signal real = graph.real(DatasetField.IMAGE);
    Network generator =
        graph
            .network("generator", ComponentKind.GENERATOR)
            .takes("latent", real)
            .gives(DatasetField.IMAGE, real);
    Network discriminator =
        graph.network("discriminator", ComponentKind.DISCRIMINATOR).takes(DatasetField.IMAGE, real);
    Signal fake = generator.apply(real).get(DatasetField.IMAGE);
    graph.pair("game", discriminator, Example.of(real), FakeExample.of(fake, generator.player()));
    graph.use("translation", fake);
  }

  private static Composition translation(Composition tiny) {
    Composition images = TinyGame.ofImages(tiny.loss().component());
    Map<String, BoundComponent<Architecture>> networks = new HashMap<>(images.networks());
    Block network = new Convolution(1, new FilterWindow(3, 1, 1), true);
    networks.put(
        ComponentKind.GENERATOR,
        new BoundComponent<>(site -> network, networks.get(ComponentKind.GENERATOR).origin()));
    return images
        .withNetworks(networks)
        .withTopology(
            new BoundComponent<>(
                BlendCommandTest::wire,
                new ComponentOrigin(
                    ComponentKind.TOPOLOGY,
                    "translating",
                    "1",
                    "testkit",
                    List.of(),
                    List.of(),
                    "")));
  }

  @Test
  void aNetworkDecidesTheColours() throws IOException {
    stage.playing(BlendCommandTest::translation);
    String run = folder.resolve("run").toString();
    assertEquals(0, stage.run("train", "tiny", "--out", run).exitCode());

    CommandResult result =
        blend("front.png", "mask.png", "back.png", "--at", "30,20", "--with", run, "--json");

    assertEquals(0, result.exitCode(), result.err());
    assertTrue(result.err().contains("trained on the field 'image'"), result.err());
    assertTrue(result.err().contains("so the result is grey"), result.err());
    JsonNode answer = JSON.readTree(result.out());
    assertEquals(1, answer.path("channels").asInt());
    // The training has pictures of 8 x 8 pixels, and 90 are halved four times to at most 8.
    assertEquals(5, answer.path("levels").asInt());
    assertEquals(1, answer.path("colourWeight").asDouble());
    assertEquals(8, answer.path("step").asInt());
    assertEquals(90, result().getWidth());
  }

  @Test
  void aRunThatDrawsSamplesOfCodesIsRefused() throws IOException {
    String run = folder.resolve("run").toString();
    assertEquals(0, stage.run("train", "tiny", "--out", run).exitCode());

    assertRefused(
        blend("front.png", "mask.png", "back.png", "--with", run),
        "this is not the run of a blending network",
        "its topology is two-players",
        "gantry train faces-blended");
    assertRefused(
        blend("front.png", "mask.png", "back.png", "--with", folder.resolve("no").toString()),
        "no");
  }
}
