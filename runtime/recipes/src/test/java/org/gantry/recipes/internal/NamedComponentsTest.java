package org.gantry.recipes.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.components.ComponentInfo;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.graph.Example;
import org.gantry.graph.FakeExample;
import org.gantry.graph.Graph;
import org.gantry.graph.Network;
import org.gantry.graph.Signal;
import org.gantry.loss.Loss;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.topology.Topology;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several data sets and several losses of one recipe. */
class NamedComponentsTest {

  private static final String NETWORKS =
      "topology: two\nnetworks: {generator: mlp, discriminator: mlp}\n";
  private static final String TWO = "data: {apples: points, pears: three}\n" + NETWORKS;

  @TempDir private Path folder;
  private RecipeTester tester;

  /** Imitates samples of each of two data sets. */
  @Component(kind = ComponentKind.TOPOLOGY, name = "two", summary = "two data sets, two pairs")
  static final class Two implements Topology {

    @Override
    public void wire(Graph graph) {
      for (String draw : graph.draws()) {
        Signal real = graph.real(DatasetField.IMAGE, draw);
        Signal code = graph.latent(draw);
        Network generator =
            graph
                .network(draw + "-generator", ComponentKind.GENERATOR)
                .takes("latent", code)
                .gives("image", real);
        Network discriminator =
            graph
                .network(draw + "-discriminator", ComponentKind.DISCRIMINATOR)
                .takes("image", real);
        Signal fake = generator.apply(code).get("image");
        graph.pair(draw, discriminator, Example.of(real), FakeExample.of(fake, generator.player()));
      }
    }
  }

  @BeforeEach
  void install() {
    List<ComponentInfo> all = new ArrayList<>(NestingComponents.registry().all());
    all.add(FakeRegistry.info(Two.class, "test.two"));
    tester = new RecipeTester(folder, new FakeRegistry(all));
  }

  @Test
  void dataSetsAreDrawsInTheOrderOfTheRecipe() {
    ComposedRecipe composed = tester.compose(TWO);

    assertEquals(
        List.of("apples", "pears"),
        List.copyOf(composed.graph().composition().datasets().keySet()));
    assertInstanceOf(
        NestingComponents.Three.class,
        composed.graph().composition().datasets().get("pears").component());
    assertEquals(4, composed.graph().roles().size());
  }

  @Test
  void aSingleKeyIsAComponent() {
    assertEquals(
        List.of("data"),
        List.copyOf(
            tester
                .compose("data: {cropped: {of: points}}\n" + NETWORKS)
                .graph()
                .composition()
                .datasets()
                .keySet()));
  }

  @Test
  void resolvedRecipesReadBack() {
    ComposedRecipe composed =
        tester.compose(TWO + "loss: {pears: {hinge: {margin: 2}}, apples: hinge}\n");

    assertTrue(
        composed
            .yaml()
            .contains(
                """
                data:
                  apples: test.points/points@1.0.0
                  pears: test.three/three@1.0.0
                """),
        composed.yaml());
    assertTrue(
        composed.yaml().contains("  default: test.non-saturating/non-saturating@1.0.0\n"),
        composed.yaml());
    assertEquals(composed.yaml(), tester.compose(composed.yaml()).yaml());
    assertInstanceOf(
        TestComponents.Points.class,
        tester.service().createRecorded("run", composed.yaml(), "data", Dataset.class).component());
    assertInstanceOf(
        TestComponents.NonSaturating.class,
        tester.service().createRecorded("run", composed.yaml(), "loss", Loss.class).component());
    assertTrue(composed.components().stream().anyMatch(c -> c.name().equals("three")));
  }

  @Test
  void lossesBelongToTheirPair() {
    var composition =
        tester
            .compose(TWO + "loss: {pears: hinge, default: 'com.first.twin/twin'}\n")
            .graph()
            .composition();

    assertInstanceOf(TestComponents.Hinge.class, composition.pairLosses().get("pears").component());
    assertInstanceOf(TestComponents.Twin.class, composition.loss().component());
  }

  @Test
  void unknownPairsAndUnreadDataSetsAreRefused() {
    List<String> pair = tester.problems(TWO + "loss: {plums: hinge, pears: hinge}\n");
    assertTrue(pair.get(0).startsWith("recipe.yaml:4:15 | topology/"), pair::toString);
    assertTrue(
        pair.get(0).contains(" has no adversarial pair plums; it has apples, pears"),
        pair::toString);
    tester.assertRefused(
        "data: {apples: points, pears: three}\nnetworks: {generator: mlp, discriminator: mlp}\n",
        "recipe.yaml:1:31 | Nothing reads the data set 'pears': the topology 'unconditional' reads"
            + " 'apples'. | Remove it, or choose a topology that reads several data sets.");
  }

  @Test
  void namesAndComponentsAreChecked() {
    tester.assertRefused(
        "data: {apples: point, 'p.q': three}\n" + NETWORKS,
        "recipe.yaml:1:16 | There is no dataset called 'point'. | Did you mean 'points'? Installed"
            + " datasets: 'counted', 'cropped', 'endless', 'folder', 'joined', 'points' and"
            + " 'three'.",
        "recipe.yaml:1:23 | A name in 'data' expects letters, digits, '_' and '-', not 'p.q'. | ");
  }

  @Test
  void changesReachThem() {
    String yaml =
        tester
            .compose(
                TWO + "loss: {pears: hinge, default: hinge}\n",
                "data.pears=cropped",
                "data.pears.of=three",
                "loss.pears.margin=3")
            .yaml();
    assertTrue(yaml.contains("pears:\n    test.hinge/hinge@1.2.0: {margin: 3}"), yaml);
  }

  @Test
  void changesOfUnknownNamesAreRefused() {
    assertEquals(
        List.of(
            "--set data.peers.path=x | The recipe has nothing called 'peers' at 'data'. | Did you"
                + " mean 'pears'? It has 'apples' and 'pears'."),
        tester.problems(TWO, "data.peers.path=x"));
  }

  @Test
  void plannedChangesPinTheLossesOfAllPairs() {
    ComposedRecipe composed =
        tester.compose(
            TWO
                + "changes: [{after: 5, set: loss, to: {pears: hinge, default: com.first.twin/twin}}]\n");

    assertTrue(composed.components().stream().anyMatch(c -> c.name().equals("twin")));
    assertTrue(composed.yaml().contains("test.hinge/hinge@1.2.0"), composed.yaml());
  }

  @Test
  void schemasAllowThem() throws Exception {
    JsonNode data =
        new ObjectMapper().readTree(tester.service().jsonSchema()).at("/properties/data/anyOf");
    assertEquals("#/$defs/dataset", data.at("/0/$ref").asText());
    assertEquals(2, data.at("/1/minProperties").asInt());
    assertEquals("#/$defs/dataset", data.at("/1/additionalProperties/$ref").asText());
  }
}
