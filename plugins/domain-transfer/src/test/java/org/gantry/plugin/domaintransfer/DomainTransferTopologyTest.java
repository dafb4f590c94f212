package org.gantry.plugin.domaintransfer;

import static org.gantry.testkit.ArrayAssertions.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.sampler.ModelUse;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.contract.ComponentContract;
import org.gantry.testkit.contract.ObligingDataset;
import org.gantry.testkit.contract.TopologyGame;
import org.gantry.training.CompositionException;
import org.gantry.training.Session;
import org.gantry.training.TrainingGraph;
import org.junit.jupiter.api.Test;

@TensorTest
final class DomainTransferTopologyTest implements ComponentContract {

  @Override
  public Object createComponent() {
    return topology(15, 15);
  }

  @Test
  void theGeneratorKeepsFeaturesOfTheSourceAndPixelsOfTheTarget() {
    Set<String> terms = graph(topology(15, 15), "photos", "drawings").reportedNames();

    assertTrue(
        terms.containsAll(
            Set.of(
                "generator/constancy",
                "generator/identity",
                "generator/adversarial",
                "generator/reconstruction",
                "discriminator/origin",
                "feature-encoder/classification")),
        terms.toString());
  }

  /** Networks with random weights keep neither features nor pixels. */
  @Test
  void bothTermsCompareWhatWentThroughTheGenerator() {
    Map<String, Double> terms;
    try (Session session = Session.open(graph(topology(15, 15), "photos", "drawings"))) {
      terms = session.step();
    }

    assertTrue(terms.get("generator/constancy") > 1e-6, terms.toString());
    assertTrue(terms.get("generator/identity") > 1e-6, terms.toString());
  }

  @Test
  void aTermOfNoWeightIsLeftOut() {
    Set<String> terms = graph(topology(0, 0), "photos", "drawings").reportedNames();

    assertTrue(
        terms.stream().noneMatch(t -> t.contains("constancy") || t.contains("identity")),
        terms.toString());
  }

  @Test
  void aTransferIsMadeOfASourceImageAlone() {
    ModelUse use = graph(topology(15, 15), "photos", "drawings").modelUses().get(0);

    assertEquals("to-drawings", use.name());
    assertEquals(List.of("image"), use.inputs().stream().map(i -> i.field().name()).toList());
  }

  @Test
  void theFeaturesCanLearnTheLabelsOfBothDataSets() {
    Set<String> terms = graph(labelled(true), "photos", "drawings").reportedNames();
    Set<String> usual = graph(labelled(false), "photos", "drawings").reportedNames();

    assertTrue(terms.contains("feature-encoder/target-classification"), terms.toString());
    assertTrue(usual.contains("feature-encoder/classification"), usual.toString());
    assertFalse(usual.contains("feature-encoder/target-classification"), usual.toString());
  }

  @Test
  void theLogitsOfALabelAreAPartOfAll(NDManager manager) {
    NDArray all = manager.create(new float[] {9, 1, 2, 0, -3, 7}, new Shape(1, 6));
    NDArray label = manager.create(new float[] {1});

    // log(e^1 + e^2 + e^0) - 2
    assertClose(1e-6, LabelHead.crossEntropy(all, label, 1, 3), .407606);
  }

  @Test
  void aSingleDataSetIsRefused() {
    CompositionException refusal =
        assertThrows(CompositionException.class, () -> graph(topology(15, 15), "photos"));

    assertTrue(refusal.getMessage().contains("it needs two data sets"), refusal.getMessage());
  }

  private static DomainTransferTopology topology(double constancy, double identity) {
    return new DomainTransferTopology(options(constancy, identity, false));
  }

  private static DomainTransferTopology labelled(boolean target) {
    return new DomainTransferTopology(options(15, 15, target));
  }

  private static DomainTransferTopology.Options options(
      double constancy, double identity, boolean labelledTarget) {
    return new DomainTransferTopology.Options(
        constancy, identity, 1, List.of(DatasetField.LABEL), labelledTarget);
  }

  private static TrainingGraph graph(DomainTransferTopology topology, String... draws) {
    Map<String, Dataset> data = new LinkedHashMap<>();
    for (String draw : draws) {
      data.put(draw, new ObligingDataset());
    }
    return TopologyGame.build(topology, data);
  }
}
