package org.gantry.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.gantry.component.ComponentKind;
import org.gantry.export.ExportException;
import org.gantry.export.ImportedModule;
import org.gantry.export.NetworkExport;
import org.gantry.export.NetworkPort;
import org.gantry.graph.Graph;
import org.gantry.testkit.ArrayAssertions;
import org.gantry.testkit.MeanDifferenceLoss;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.TinyGame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@TensorTest
final class SessionExportTest {

  @TempDir Path folder;

  @Test
  void anExportedGeneratorHasTheOutputsOfTheTrainedOne(NDManager manager) throws IOException {
    try (Session session =
        trained(TinyGame.of(new MeanDifferenceLoss(), SessionExportTest::averaged))) {
      NDArray codes = manager.randomNormal(new Shape(5, 3));
      NDArray expected = session.trainedModel(manager, 1).apply("generator", codes).get(0);
      try (ImportedModule module = imported(manager, session.export("generator"))) {
        assertEquals(List.of(new NetworkPort("latent", new Shape(3))), module.takes());
        assertEquals(List.of(new NetworkPort("image", new Shape(2))), module.gives());
        ArrayAssertions.assertClose(
            0, module.apply(manager, codes).get(0), ArrayAssertions.toDoubles(expected));
      }
    }
  }

  @Test
  void averagedWeightsAreExportedIfThereAreAny(NDManager manager) throws IOException {
    double[] weights;
    double[] average;
    try (Session session = trained(TinyGame.of(new MeanDifferenceLoss()))) {
      weights = exported(manager, session.export("generator"), "01Linear_weight");
    }
    try (Session session =
        trained(TinyGame.of(new MeanDifferenceLoss(), SessionExportTest::averaged))) {
      average = exported(manager, session.export("generator"), "01Linear_weight");
      session.save(folder);
    }
    assertFalse(Arrays.equals(weights, average));
    assertArrayEquals(weights, stored(manager, "generator", "01Linear_weight"));
    assertArrayEquals(average, stored(manager, "generator.average", "01Linear_weight"));
  }

  @Test
  void theErrorNamesAnArchitectureWithoutTorchScriptForm() {
    Block network =
        new SequentialBlock()
            .add(Linear.builder().setUnits(2).build())
            .add(new LambdaBlock(x -> x));
    try (Session session =
        Session.open(
            TrainingGraph.build(
                TinyGame.withNetwork(
                    TinyGame.of(new MeanDifferenceLoss()),
                    ComponentKind.GENERATOR,
                    () -> network)))) {
      NetworkExport export = session.export("generator");
      String message =
          assertThrows(
                  ExportException.class,
                  () -> export.writeModule(Map.of(), OutputStream.nullOutputStream()))
              .getMessage();
      assertTrue(
          message.startsWith(
              "the generator (generator/tiny of testkit) has no TorchScript form: its layer"
                  + " 02LambdaBlock "),
          message);
    }
  }

  @Test
  void theErrorOfAnUnknownRoleListsTheRoles() {
    try (Session session =
        Session.open(TrainingGraph.build(TinyGame.of(new MeanDifferenceLoss())))) {
      assertEquals(
          "no role painter; the roles are [generator, discriminator]",
          assertThrows(IllegalArgumentException.class, () -> session.export("painter"))
              .getMessage());
    }
  }

  private static Session trained(Composition composition) {
    Session session = Session.open(TrainingGraph.build(composition));
    for (int i = 0; i < 3; i++) {
      session.step();
    }
    return session;
  }

  private static void averaged(Graph graph) {
    graph
        .network("generator")
        .averageWeights(
            "slow",
            (average, weights, count) -> {
              for (int i = 0; i < average.size(); i++) {
                average.get(i).muli(0.5f).addi(weights.get(i).mul(0.5f));
              }
            });
  }

  private ImportedModule imported(NDManager manager, NetworkExport export) throws IOException {
    Path file = folder.resolve("generator.pt");
    try (OutputStream out = Files.newOutputStream(file)) {
      export.writeModule(Map.of(), out);
    }
    return ImportedModule.load(manager, file);
  }

  private static double[] exported(NDManager manager, NetworkExport export, String name)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    export.writeWeights(out);
    return array(manager, out.toByteArray(), name);
  }

  private double[] stored(NDManager manager, String file, String name) throws IOException {
    return array(manager, Files.readAllBytes(folder.resolve(file + ".safetensors")), name);
  }

  private static double[] array(NDManager manager, byte[] file, String name) {
    return NDList.decode(manager, file).stream()
        .filter(a -> a.getName().equals(name))
        .map(ArrayAssertions::toDoubles)
        .findFirst()
        .orElseThrow();
  }
}
