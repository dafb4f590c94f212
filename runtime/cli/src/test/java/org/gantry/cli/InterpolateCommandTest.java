package org.gantry.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.gantry.cli.CommandFixture.CommandResult;
import org.gantry.component.ComponentKind;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.data.SampledDataset;
import org.gantry.graph.Example;
import org.gantry.graph.FakeExample;
import org.gantry.graph.Graph;
import org.gantry.graph.Network;
import org.gantry.graph.Signal;
import org.gantry.testkit.TensorTest;
import org.gantry.topology.Topology;
import org.gantry.training.BoundComponent;
import org.gantry.training.ComponentOrigin;
import org.gantry.training.Composition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gantry interpolate} on a tiny game of points, which have one of three classes. */
@TensorTest
class InterpolateCommandTest {

  private record ClassedPoints() implements SampledDataset {

    @Override
    public List<DatasetField> fields() {
      return List.of(
          new DatasetField(DatasetField.IMAGE, new Shape(2), -4, 4, List.of()),
          DatasetField.label(List.of("cat", "dog", "emu")));
    }

    @Override
    public void draw(RandomGenerator random, Map<String, FloatBuffer> into) {
      into.get(DatasetField.IMAGE).put(1).put(2);
      if (into.containsKey(DatasetField.LABEL)) {
        into.get(DatasetField.LABEL).put(random.nextInt(3));
      }
    }
  }

  @TempDir Path folder;

  private final List<float[]> labels = new ArrayList<>();

  private static void wire(Graph graph, boolean coded) {
    Signal real = graph.real(DatasetField.IMAGE);
    Signal code = graph.latent("latent");
    Network generator =
        graph
            .network("generator", ComponentKind.GENERATOR)
            .takes("latent", code)
            .gives(DatasetField.IMAGE, real);
    Network discriminator =
        graph.network("discriminator", ComponentKind.DISCRIMINATOR).takes(DatasetField.IMAGE, real);
    Signal fake = generator.apply(code).get(DatasetField.IMAGE);
    graph.pair("game", discriminator, Example.of(real), FakeExample.of(fake, generator.player()));
    Signal label = graph.real(DatasetField.LABEL);
    if (coded) {
      graph.use(
          "sample", graph.map("shifted", (made, l) -> made.add(l.reshape(-1, 1)), fake, label));
    } else {
      graph.use("copy", graph.map("same", point -> point.mul(1), real));
    }
  }

  private static <T> BoundComponent<T> bound(String kind, T component) {
    return new BoundComponent<>(
        component,
        new ComponentOrigin(kind, "classed", "1.0.0", "testkit", List.of(), List.of(), ""));
  }

  private static Composition game(Composition tiny, boolean coded) {
    Topology topology = graph -> wire(graph, coded);
    return tiny.withDataset(bound(ComponentKind.DATASET, (Dataset) new ClassedPoints()))
        .withTopology(bound(ComponentKind.TOPOLOGY, topology));
  }

  private CommandFixture trained(boolean coded) {
    CommandFixture stage =
        new CommandFixture()
            .playing(tiny -> game(tiny, coded))
            .samplingWith(
                request -> {
                  if (request.given().containsKey(DatasetField.LABEL)) {
                    labels.add(request.given().get(DatasetField.LABEL).toFloatArray());
                  }
                  return request.make();
                });
    assertEquals(0, stage.run("train", "tiny", "--out", run().toString()).exitCode());
    labels.clear();
    stage.asked().clear();
    return stage;
  }

  private Path run() {
    return folder.resolve("run");
  }

  private CommandResult interpolate(CommandFixture stage, String... more) {
    return stage.run(
        Stream.concat(Stream.of("interpolate", run().toString()), Stream.of(more))
            .toArray(String[]::new));
  }

  private static String sampler(CommandFixture stage) {
    return stage.asked().get(0).replaceFirst("^.*\\[ (.*)\\]$", "$1");
  }

  private static void assertRefused(CommandResult refused, String... parts) {
    assertEquals(2, refused.exitCode(), refused.err());
    for (String part : parts) {
      assertTrue(refused.err().contains(part), refused.err());
    }
  }

  @Test
  void aPathLeadsBetweenTwoRandomCodes() {
    CommandFixture stage = trained(true);
    CommandResult result = interpolate(stage, "--seed", "5");
    assertEquals(0, result.exitCode(), result.err());
    assertEquals(run().resolve("samples/interpolation-5.png") + "\n", result.out());
    assertEquals("sampler={interpolation: {steps: 10}}", sampler(stage));
    assertEquals(10, labels.get(0).length);
  }

  @Test
  void seedsNameTheEndsOfAsManyPaths() {
    CommandFixture stage = trained(true);
    assertEquals(0, interpolate(stage, "--seeds", "4,5,6", "-n", "4").exitCode());
    assertEquals("sampler={interpolation: {steps: 4, seeds: [4, 5, 6]}}", sampler(stage));
    assertEquals(8, labels.get(0).length);
    assertRefused(interpolate(stage, "--seeds", "4"), "at least 2 seeds");
  }

  @Test
  void aWalkBetweenConditionsKeepsTheCode() {
    CommandFixture stage = trained(true);
    CommandResult result =
        interpolate(
            stage, "--given", "label=emu", "--to", "label=cat", "--to", "label=dog", "-n", "3");
    assertEquals(0, result.exitCode(), result.err());
    assertEquals(
        "sampler={interpolation: {steps: 3, between-conditions: true, same-code: true}}",
        sampler(stage));
    assertArrayEquals(new float[] {2, 2, 0, 0, 0, 1}, labels.get(0));
  }

  @Test
  void aWalkBetweenConditionsCanAlsoLeadBetweenCodes() {
    CommandFixture stage = trained(true);
    interpolate(stage, "--given", "label=2", "--to", "label=0", "--seeds", "1,2", "-n", "3");
    assertEquals(
        "sampler={interpolation: {steps: 3, seeds: [1, 2], between-conditions: true}}",
        sampler(stage));
  }

  @Test
  void aWalkToAConditionNeedsAStart() {
    CommandFixture stage = trained(true);
    assertRefused(
        interpolate(stage, "--to", "label=cat"), "--to label=cat: expected --given label=...");
    assertRefused(
        interpolate(stage, "--given", "label=cat", "--to", "label=dig"), "Did you mean 'dog'?");
    assertRefused(interpolate(stage, "--to", "cat"), "--to cat: expected NAME=VALUE");
  }

  @Test
  void aRunWithoutCodesAndConditionsHasNothingToWalkBetween() {
    assertRefused(
        interpolate(trained(false)),
        "has nothing to walk between: its copy is made of image alone",
        "'gantry translate'");
  }

  @Test
  void otherFilesThanPicturesAndAnimationsAreRefused() {
    CommandFixture stage = trained(true);
    assertRefused(
        interpolate(stage, "-o", folder.resolve("walk.webp").toString()),
        "must end in .png or .gif");
    assertRefused(interpolate(stage, "-n", "1"), "at least 2 samples");
    assertRefused(interpolate(stage, "--paths", "0"), "at least 1 path");
    assertTrue(Files.notExists(run().resolve("samples/interpolation-1.png")));
  }

  @Test
  void arithmeticNamesValuesOfLabels() {
    CommandFixture stage = trained(true);
    String[] sample = {"sample", run().toString(), "--arithmetic", "emu - cat"};
    CommandResult result = stage.run(sample);
    assertEquals(0, result.exitCode(), result.err());
    assertTrue(result.err().contains("columns: emu, cat, and 'emu - cat'\n"), result.err());
    assertTrue(
        stage.asked().get(1).contains("terms is [ \"+label=emu\", \"-label=cat\" ]"),
        stage.asked().toString());
    assertRefused(
        stage.run("sample", run().toString(), "--arithmetic", "emo"), "Did you mean 'emu'?");
    assertRefused(
        stage.run("sample", run().toString(), "--arithmetic", "emu", "--sampler", "random"),
        "Leave one of them out");
  }
}
