package org.gantry.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
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
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
import org.gantry.layers.Flatten;
import org.gantry.layers.Reshape;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.TinyGame;
import org.gantry.training.BoundComponent;
import org.gantry.training.ComponentOrigin;
import org.gantry.training.Composition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gantry translate} on a tiny game that translates grey pictures of 8 x 8 pixels. */
@TensorTest
class TranslateCommandTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private static void wire(Graph graph, List<String> uses) {
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
    uses.forEach(use -> graph.use(use, fake));
  }

  private Composition game(Composition tiny, Supplier<Block> generator, List<String> uses) {
    Composition images = TinyGame.ofImages(tiny.loss().component());
    Map<String, BoundComponent<Architecture>> networks = new HashMap<>(images.networks());
    networks.put(
        ComponentKind.GENERATOR,
        new BoundComponent<>(
            site -> generator.get(), networks.get(ComponentKind.GENERATOR).origin()));
    return images
        .withNetworks(networks)
        .withTopology(
            new BoundComponent<>(
                graph -> wire(graph, uses),
                new ComponentOrigin(
                    ComponentKind.TOPOLOGY,
                    "translating",
                    "1.0.0",
                    "testkit",
                    List.of(),
                    List.of(),
                    "")));
  }

  private static Block convolution() {
    return new Convolution(1, new FilterWindow(3, 1, 1), true);
  }

  private static Block dense() {
    return new SequentialBlock()
        .add(new Flatten())
        .add(Linear.builder().setUnits(64).build())
        .add(new Reshape(new Shape(1, 8, 8)));
  }

  /** An installation with a trained run. */
  private CommandFixture trained(Supplier<Block> generator, String... uses) {
    CommandFixture stage =
        new CommandFixture()
            .playing(tiny -> game(tiny, generator, List.of(uses)))
            .holding(PngFiles::of);
    assertEquals(0, stage.run("train", "tiny", "--out", run()).exitCode());
    return stage;
  }

  private String run() {
    return folder.resolve("run").toString();
  }

  private Path picture(String name, int width, int height) throws IOException {
    Path file = folder.resolve("in").resolve(name);
    Files.createDirectories(file.getParent());
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    ImageIO.write(picture, "png", file.toFile());
    return file;
  }

  private CommandResult translate(CommandFixture stage, String in, String out, String... more) {
    return stage.run(
        Stream.concat(
                Stream.of(
                    "translate",
                    run(),
                    "--in",
                    folder.resolve(in).toString(),
                    "--out",
                    folder.resolve(out).toString()),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private void assertRefused(CommandResult refused, String... parts) {
    assertEquals(2, refused.exitCode(), refused.err());
    for (String part : parts) {
      assertTrue(refused.err().contains(part), refused.err());
    }
  }

  @Test
  void eachPictureOfAFolderIsTranslatedInItsOwnSize() throws IOException {
    picture("b.png", 8, 8);
    picture("a.png", 21, 10);
    picture("c.png", 3, 5);
    CommandFixture stage = trained(TranslateCommandTest::convolution, "translation");
    CommandResult result = translate(stage, "in", "out");
    assertEquals(0, result.exitCode(), result.err());
    Path out = folder.resolve("out");
    assertEquals(
        Stream.of("a.png", "b.png", "c.png")
            .map(n -> out.resolve(n) + "\n")
            .collect(Collectors.joining()),
        result.out());
    assertEquals(
        """
        translation of pictures: 3 pictures by step 8, weights of the step, not averaged
        note: a.png (21 x 10) is translated as a whole; the training had 8 x 8
        note: c.png (3 x 5) is translated as a whole, padded with the mirror image to 8 x 8; the training had 8 x 8
        3 of 3 pictures are in %s
        """
            .formatted(out),
        result.err());
    BufferedImage a = ImageIO.read(out.resolve("a.png").toFile());
    assertEquals(21, a.getWidth());
    assertEquals(10, a.getHeight());
    try (Stream<Path> files = Files.list(out)) {
      assertEquals(3, files.count());
    }
  }

  @Test
  void networksOfOneSizeTranslateInTilesAndTheUserIsTold() throws IOException {
    picture("wide.png", 30, 8);
    CommandFixture stage = trained(TranslateCommandTest::dense, "translation");
    CommandResult result = translate(stage, "in/wide.png", "out", "--json");
    assertEquals(0, result.exitCode(), result.err());
    assertTrue(
        result
            .err()
            .contains(
                "note: wide.png (30 x 8) is translated in overlapping tiles of up to 8 x 8, which"
                    + " are blended, because the networks only take the size of the training\n"),
        result.err());
    JsonNode answer = JSON.readTree(result.out());
    assertEquals(8, answer.path("step").asInt());
    assertEquals(5, answer.path("pictures").get(0).path("tiles").asInt());
    Path out = Path.of(answer.path("pictures").get(0).path("out").asText());
    assertEquals(30, ImageIO.read(out.toFile()).getWidth());
  }

  @Test
  void largePicturesAreTranslatedInTilesOfTheGivenSide() throws IOException {
    picture("wide.png", 40, 8);
    CommandFixture stage = trained(TranslateCommandTest::convolution, "translation");
    CommandResult result = translate(stage, "in", "out", "--tile", "20");
    assertTrue(
        result.err().contains("tiles of up to 20 x 8, which are blended, because --tile limits"),
        result.err());
    assertRefused(translate(stage, "in", "out", "--tile", "0"), "at least 1 pixel");
  }

  @Test
  void oneOfSeveralTranslationsHasToBeNamed() throws IOException {
    picture("a.png", 8, 8);
    CommandFixture stage = trained(TranslateCommandTest::convolution, "to-zebras", "to-horses");
    assertRefused(
        translate(stage, "in", "out"),
        "can translate to several results: to-zebras and to-horses",
        "such as --use to-zebras");
    assertRefused(translate(stage, "in", "out", "--use", "to-zebra"), "Did you mean 'to-zebras'?");
    assertEquals(0, translate(stage, "in", "out", "--use", "to-horses").exitCode());
  }

  @Test
  void aRunThatDrawsSamplesOfCodesIsNoTranslation() throws IOException {
    picture("a.png", 8, 8);
    CommandFixture stage = new CommandFixture().holding(PngFiles::of);
    assertEquals(0, stage.run("train", "tiny", "--out", run()).exitCode());
    assertRefused(
        translate(stage, "in", "out"),
        "run is not a translation of pictures: its topology is two-players, and its generator is"
            + " made of z");
    assertFalse(Files.exists(folder.resolve("out")));
  }

  @Test
  void resultsNeverReplacePicturesOrEachOther() throws IOException {
    picture("a.png", 8, 8);
    CommandFixture stage = trained(TranslateCommandTest::convolution, "translation");
    assertRefused(translate(stage, "in", "in"), "would be read as pictures");
    assertRefused(translate(stage, "in", "in/results/here"), "would be read as pictures");
    Files.createSymbolicLink(folder.resolve("link"), folder.resolve("in"));
    assertRefused(translate(stage, "in", "link/results"), "would be read as pictures");
    assertRefused(translate(stage, "in/a.png", "in"), "would replace the picture");
    Files.writeString(folder.resolve("taken"), "mine");
    assertRefused(translate(stage, "in", "taken"), "expected a folder, not a file");
    Files.createDirectories(folder.resolve("out/a.png"));
    assertRefused(translate(stage, "in", "out"), "is in the place of a result");
    picture("a.jpg", 8, 8);
    assertRefused(translate(stage, "in", "other"), "both a.jpg and a.png would become a.png");
    assertRefused(translate(stage, "none", "other"), "this file does not exist");
    assertFalse(Files.exists(folder.resolve("other")));
  }

  @Test
  void anInterruptedTranslationKeepsWhatIsDone() throws IOException {
    picture("a.png", 20, 20);
    picture("b.png", 20, 20);
    CommandFixture stage = trained(TranslateCommandTest::convolution, "translation");
    int[] asked = {0};
    CommandResult result = translate(stage.interruptedWhen(() -> asked[0]++ > 0), "in", "out");
    assertEquals(130, result.exitCode(), result.err());
    assertEquals(folder.resolve("out/a.png") + "\n", result.out());
    assertTrue(result.err().contains("1 of 2 pictures are in"), result.err());
  }
}
