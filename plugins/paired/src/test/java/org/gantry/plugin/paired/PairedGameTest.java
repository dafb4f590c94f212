package org.gantry.plugin.paired;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.gantry.data.DatasetField;
import org.gantry.data.IndexedDataset;
import org.gantry.sampler.ModelInput;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.contract.ObligingDataset;
import org.gantry.testkit.contract.TopologyGame;
import org.gantry.training.Composition;
import org.gantry.training.CompositionException;
import org.gantry.training.Session;
import org.gantry.training.TrainingGraph;
import org.junit.jupiter.api.Test;

@TensorTest
final class PairedGameTest {

  @Test
  void generatorMinimisesTheDistanceAndItsLoss() {
    assertEquals(
        Set.of("generator/distance", "generator/adversarial", "discriminator/adversarial"),
        terms(100, 1));
  }

  @Test
  void termsOfWeightZeroAreNotPlayed() {
    assertEquals(Set.of("generator/adversarial", "discriminator/adversarial"), terms(0, 1));
    assertEquals(Set.of("generator/distance", "discriminator/adversarial"), terms(100, 0));
  }

  @Test
  void theGeneratorLearnsTheConditionThatItSees() {
    TrainingGraph graph =
        TopologyGame.build(
            topology(100, 1, DatasetField.LABEL),
            Map.of(Composition.MAIN_DRAW, new ObligingDataset()),
            new ConstancyPenalty(new ConstancyPenalty.Options(15, List.of())));

    assertEquals(
        Set.of(
            "generator/distance",
            "generator/adversarial",
            "generator/constancy",
            "discriminator/adversarial"),
        Set.copyOf(graph.reportedNames()));
    assertEquals(
        Set.of("outline", "label"),
        graph.modelUses().get(0).inputs().stream()
            .map(ModelInput::name)
            .collect(Collectors.toSet()));
    assertEquals(List.of("discriminator", "generator"), graph.players().stream().sorted().toList());
    // Random weights see something else in their result than in what was given.
    try (Session session = Session.open(graph)) {
      assertTrue(session.step().get("generator/constancy") > 1e-6);
    }
  }

  @Test
  void resultsForAWrongConditionAreJudgedAndNotComparedWithTheRightImage() {
    PairedTopology shuffling =
        new PairedTopology(
            new PairedTopology.Options("outline", 100, false, 1, DatasetField.LABEL, 0.5, true));

    TrainingGraph graph =
        TopologyGame.build(shuffling, Map.of(Composition.MAIN_DRAW, new ObligingDataset()));

    assertEquals(
        Set.of(
            "generator/distance",
            "generator/adversarial",
            "generator/shuffled",
            "discriminator/adversarial",
            "discriminator/shuffled"),
        Set.copyOf(graph.reportedNames()));
    // The right condition and the wrong one.
    assertEquals(2, graph.nodes().stream().filter(node -> node.role().equals("condition")).count());
  }

  @Test
  void shufflingWithoutAConditionIsRefused() {
    PairedTopology shuffling =
        new PairedTopology(new PairedTopology.Options("outline", 100, false, 1, "", 1, true));

    String refusal =
        assertThrows(
                CompositionException.class,
                () ->
                    TopologyGame.build(
                        shuffling, Map.of(Composition.MAIN_DRAW, new ObligingDataset())))
            .getMessage();

    assertTrue(refusal.contains("'shuffled' needs a condition, such as condition: font"), refusal);
  }

  /** Small images in the field {@code outline}, next to those of the usual size. */
  private record SmallOutlines(ObligingDataset whole) implements IndexedDataset {

    private static final DatasetField SMALL = DatasetField.image("outline", 1, 4, 4);

    @Override
    public List<DatasetField> fields() {
      return List.of(whole.field(DatasetField.IMAGE).orElseThrow(), SMALL);
    }

    @Override
    public int size() {
      return whole.size();
    }

    @Override
    public void read(int index, DatasetField field, FloatBuffer into) {
      if (field.equals(SMALL)) {
        for (int i = 0; i < SMALL.length(); i++) {
          into.put(index % 2);
        }
      } else {
        whole.read(index, field, into);
      }
    }
  }

  @Test
  void theDiscriminatorSeesTheResultAloneIfTheGivenImageHasAnotherSize() {
    TrainingGraph graph =
        TopologyGame.build(
            topology(100, 1, ""),
            Map.of(Composition.MAIN_DRAW, new SmallOutlines(new ObligingDataset())));

    List<String> judged =
        graph.nodes().stream()
            .filter(node -> node.role().equals("discriminator"))
            .map(node -> node.inputs().size())
            .map(inputs -> inputs + " inputs")
            .distinct()
            .toList();
    assertEquals(List.of("1 inputs"), judged);
  }

  @Test
  void theDiscriminatorNeedNotSeeTheGivenImage() {
    PairedTopology alone =
        new PairedTopology(new PairedTopology.Options("outline", 1, true, 1, "", 0, false));

    Set<Integer> inputs =
        TopologyGame.build(alone, Map.of(Composition.MAIN_DRAW, new ObligingDataset()))
            .nodes()
            .stream()
            .filter(node -> node.role().equals("discriminator"))
            .map(node -> node.inputs().size())
            .collect(Collectors.toSet());

    assertEquals(Set.of(1), inputs);
  }

  @Test
  void theDifferenceCanBeSquared() {
    double absolute = firstStep(false).get("generator/distance");
    double squared = firstStep(true).get("generator/distance");

    // The same weights make the same images, whose values differ by at most 2.
    assertTrue(squared >= absolute * absolute, squared + " " + absolute);
    assertTrue(squared <= 2 * absolute, squared + " " + absolute);
    assertNotEquals(absolute, squared);
  }

  private static Map<String, Double> firstStep(boolean squared) {
    PairedTopology topology =
        new PairedTopology(new PairedTopology.Options("outline", 100, squared, 1, "", 0, true));
    try (Session session =
        Session.open(
            TopologyGame.build(topology, Map.of(Composition.MAIN_DRAW, new ObligingDataset())))) {
      return session.step();
    }
  }

  private static PairedTopology topology(double distance, double adversarial, String condition) {
    return new PairedTopology(
        new PairedTopology.Options("outline", distance, false, adversarial, condition, 0, true));
  }

  private static Set<String> terms(double distance, double adversarial) {
    return Set.copyOf(
        TopologyGame.build(
                topology(distance, adversarial, ""),
                Map.of(Composition.MAIN_DRAW, new ObligingDataset()))
            .reportedNames());
  }
}
