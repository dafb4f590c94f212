package org.gantry.plugin.secondstage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.gantry.sampler.ModelInput;
import org.gantry.sampler.ModelUse;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.contract.ComponentContract;
import org.gantry.testkit.contract.ObligingDataset;
import org.gantry.testkit.contract.TopologyGame;
import org.gantry.training.Composition;
import org.gantry.training.Session;
import org.gantry.training.TrainingGraph;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@TensorTest
final class SecondStageTopologyTest implements ComponentContract {

  private static final String CAPTION = "caption";

  @Override
  public Object createComponent() {
    return topology("", true, 0, true, false);
  }

  /** A stage whose networks read captions. */
  @Nested
  @TensorTest
  final class WithCaptions implements ComponentContract {

    @Override
    public Object createComponent() {
      return topology(CAPTION, true, 0.5, false, true);
    }
  }

  private static SecondStageTopology topology(
      String given, boolean twice, double mismatched, boolean enlarged, boolean fineTuned) {
    return new SecondStageTopology(
        new SecondStageTopology.Options(2, given, twice, mismatched, enlarged, fineTuned));
  }

  private static TrainingGraph graph(SecondStageTopology topology) {
    return TopologyGame.build(topology, Map.of(Composition.MAIN_DRAW, new ObligingDataset()));
  }

  @Test
  void bothStagesAreMadeOfACodeAndACaption() {
    for (ModelUse use : graph(topology(CAPTION, true, 0, true, false)).modelUses()) {
      assertEquals(
          Set.of("latent", CAPTION),
          use.inputs().stream().map(ModelInput::name).collect(Collectors.toSet()),
          use.name());
    }
  }

  @Test
  void eachNetworkHasAnEncodingOfItsOwn() {
    assertEquals(
        Set.of("first-generator-condition", "generator-condition", "discriminator-condition"),
        conditions(topology(CAPTION, true, 0, true, false)));
    assertEquals(
        Set.of("first-generator-condition", "discriminator-condition"),
        conditions(topology(CAPTION, false, 0, true, false)));
    assertEquals(Set.of(), conditions(topology("", true, 0, true, false)));
  }

  @Test
  void theFirstGeneratorKeepsItsWeightsUnlessItIsTuned(NDManager manager) {
    assertEquals(
        Set.of("discriminator", "generator"),
        Set.copyOf(graph(topology(CAPTION, true, 0, true, true)).players()));
    assertArrayEquals(firstImages(manager, false, 0), firstImages(manager, false, 2), 0, "frozen");
    assertFalse(
        Arrays.equals(firstImages(manager, true, 0), firstImages(manager, true, 2)), "tuned");
  }

  @Test
  void realImagesWithAWrongCaptionAreFakesOfTheDiscriminatorAlone() {
    Set<String> terms = graph(topology(CAPTION, true, 0.5, true, false)).reportedNames();

    assertEquals(
        1, terms.stream().filter(term -> term.startsWith("generator/")).count(), terms.toString());
    assertTrue(terms.contains("discriminator/adversarial"), terms.toString());
    assertEquals(
        2,
        graph(topology(CAPTION, true, 0.5, true, false)).nodes().stream()
            .filter(node -> node.role().equals("discriminator-condition"))
            .count());
  }

  @Test
  void theSecondGeneratorSeesTheSmallImageOrAnEnlargedOne() {
    assertEquals(
        List.of(4L, 8L),
        List.of(
            sideOfTheGivenImage(topology("", true, 0, false, false)),
            sideOfTheGivenImage(topology("", true, 0, true, false))));
  }

  private static long sideOfTheGivenImage(SecondStageTopology topology) {
    TrainingGraph graph = graph(topology);
    return graph.nodes().stream()
        .filter(node -> node.role().equals("generator"))
        .flatMap(node -> node.inputs().stream())
        .mapToLong(input -> graph.nodes().get(input).shapes().get(0).get(2))
        .findFirst()
        .orElseThrow();
  }

  private static Set<String> conditions(SecondStageTopology topology) {
    return graph(topology).roles().stream()
        .filter(role -> role.endsWith("-condition"))
        .collect(Collectors.toSet());
  }

  /** What the first generator makes of one code and caption after some steps. */
  private static float[] firstImages(NDManager manager, boolean fineTuned, int steps) {
    try (Session session = Session.open(graph(topology(CAPTION, true, 0, true, fineTuned)))) {
      for (int i = 0; i < steps; i++) {
        session.step();
      }
      var model = session.trainedModel(manager, 1);
      ModelUse first = model.uses().get(1);
      NDArray image =
          model.make(
              first,
              Map.of(
                  "latent",
                  manager.ones(model.prior().shape()).expandDims(0),
                  CAPTION,
                  manager.create(new float[][] {{2, 3, 4, 0}})));
      return image.toFloatArray();
    }
  }
}
