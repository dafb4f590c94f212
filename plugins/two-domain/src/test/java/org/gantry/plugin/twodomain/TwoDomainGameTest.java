package org.gantry.plugin.twodomain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.gantry.data.Dataset;
import org.gantry.regularizer.Regularizer;
import org.gantry.sampler.ModelUse;
import org.gantry.testkit.MeanDifferenceLoss;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.TinyGame;
import org.gantry.testkit.contract.ObligingDataset;
import org.gantry.testkit.contract.TopologyGame;
import org.gantry.training.CompositionException;
import org.gantry.training.TrainingGraph;
import org.junit.jupiter.api.Test;

@TensorTest
final class TwoDomainGameTest {

  private static final List<String> ALL = List.of();

  @Test
  void bothGeneratorsLearnFromBothRoundTrips() {
    Set<String> terms = translation(cycle(ALL)).reportedNames();

    assertTrue(
        terms.containsAll(
            Set.of(
                "generator/cycle",
                "generator/cycle-2",
                "back-generator/cycle",
                "back-generator/cycle-2")),
        terms.toString());
  }

  @Test
  void aRoundTripOfOneDirectionIsOneTermOfBothGenerators() {
    Set<String> terms = translation(cycle(List.of("generator"))).reportedNames();

    assertEquals(
        Set.of("generator/cycle", "back-generator/cycle"),
        terms.stream().filter(t -> t.contains("cycle")).collect(Collectors.toSet()));
  }

  @Test
  void withoutCycleNothingTiesResultsToTheirImages() {
    Set<String> terms = translation().reportedNames();

    assertTrue(terms.stream().noneMatch(t -> t.contains("cycle")), terms.toString());
  }

  @Test
  void eachGeneratorKeepsImagesOfItsTargetDomain() {
    Set<String> terms =
        translation(
                new IdentityMapping(
                    new IdentityMapping.Options(5, ImageDistance.ABSOLUTE, List.of())))
            .reportedNames();

    assertTrue(
        terms.containsAll(Set.of("generator/identity", "back-generator/identity")),
        terms.toString());
  }

  @Test
  void cycleIsRefusedInAGameOfOneDomain() {
    CompositionException refusal =
        assertThrows(
            CompositionException.class,
            () -> TrainingGraph.build(TinyGame.of(new MeanDifferenceLoss(), cycle(ALL))));

    assertTrue(refusal.getMessage().contains("topology two-domain"), refusal.getMessage());
  }

  @Test
  void eachDomainHasADiscriminatorAndUsesThereAndBack() {
    TrainingGraph graph = translation();

    assertTrue(
        graph.roles().containsAll(Set.of("photos-discriminator", "drawings-discriminator")),
        graph.roles().toString());
    assertEquals(
        List.of("to-drawings", "to-photos", "photos-and-back", "drawings-and-back"),
        graph.modelUses().stream().map(ModelUse::name).toList());
  }

  @Test
  void fieldNamedLikeTheOtherDomainIsTheCounterpart() {
    // The data have every field that a topology asks for.
    ModelUse use = translation().modelUses().get(0);

    assertEquals("drawings", use.counterpart().orElseThrow().field().name());
  }

  @Test
  void labelNamedLikeTheOtherDomainIsNotACounterpart() {
    Map<String, Dataset> data = new LinkedHashMap<>();
    data.put("photos", new ObligingDataset());
    data.put("label", new ObligingDataset());
    ModelUse use = graph(data).modelUses().get(0);

    assertEquals("to-label", use.name());
    assertTrue(use.counterpart().isEmpty(), use.toString());
  }

  @Test
  void eachUseImitatesTheDataOfItsDomain() {
    Dataset photos = new ObligingDataset();
    Dataset drawings = new ObligingDataset();
    Map<String, Dataset> data = new LinkedHashMap<>();
    data.put("photos", photos);
    data.put("drawings", drawings);
    TrainingGraph graph = graph(data);

    assertSame(photos, graph.imitatedData("photos-and-back"));
    assertSame(drawings, graph.imitatedData("drawings-and-back"));
  }

  @Test
  void singleDataSetIsRefused() {
    CompositionException refusal =
        assertThrows(
            CompositionException.class, () -> graph(Map.of("photos", new ObligingDataset())));

    assertTrue(refusal.getMessage().contains("it needs two data sets"), refusal.getMessage());
  }

  private static CycleConsistency cycle(List<String> networks) {
    return new CycleConsistency(new CycleConsistency.Options(10, ImageDistance.ABSOLUTE, networks));
  }

  private static TrainingGraph translation(Regularizer... regularizers) {
    Map<String, Dataset> data = new LinkedHashMap<>();
    data.put("photos", new ObligingDataset());
    data.put("drawings", new ObligingDataset());
    return graph(data, regularizers);
  }

  private static TrainingGraph graph(Map<String, Dataset> data, Regularizer... regularizers) {
    return TopologyGame.build(new TwoDomainTopology(), data, regularizers);
  }
}
