package org.gantry.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.gantry.testkit.ArrayAssertions;
import org.gantry.testkit.ExportAssertions;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@TensorTest
final class ImportedModuleTest {

  @TempDir Path folder;

  @Test
  void anImportedModuleHasItsPortsAndNotes(NDManager manager) {
    Block generator = TrainedNetwork.generator(manager);
    String recipe = "prior: normal\nname: \u00e9\n";
    Path file =
        TrainedNetwork.writeModule(
            folder,
            ExportAssertions.exportOf(generator, TrainedNetwork.CODES),
            Map.of("recipe.yaml", recipe));
    try (ImportedModule module = ImportedModule.load(manager, file)) {
      assertEquals(List.of(new NetworkPort("input-1", new Shape(6))), module.takes());
      assertEquals(List.of(new NetworkPort("output-1", new Shape(1, 8, 8))), module.gives());
      assertEquals(Map.of("recipe.yaml", recipe), module.notes());
      NDArray codes = manager.randomNormal(TrainedNetwork.CODES);
      ArrayAssertions.assertClose(
          0,
          module.apply(manager, codes).get(0),
          ArrayAssertions.toDoubles(TrainedNetwork.infer(manager, generator, codes).get(0)));
    }
  }

  @Test
  void theErrorOfAWrongInputShowsItsNameAndShape(NDManager manager) {
    Path file =
        TrainedNetwork.writeModule(
            folder,
            ExportAssertions.exportOf(TrainedNetwork.generator(manager), TrainedNetwork.CODES),
            Map.of());
    try (ImportedModule module = ImportedModule.load(manager, file)) {
      assertEquals(
          file + " takes input-1 of shape (batch, 6), not (3, 5)",
          assertThrows(
                  ExportException.class, () -> module.apply(manager, manager.ones(new Shape(3, 5))))
              .getMessage());
      assertEquals(
          file + " takes [input-1 (6)], not 0 inputs",
          assertThrows(ExportException.class, () -> module.apply(manager)).getMessage());
    }
  }

  @Test
  void filesThatAreNotModulesAreRefused(NDManager manager) throws IOException {
    Path missing = folder.resolve("missing.pt");
    assertEquals(missing + " does not exist", importing(manager, missing));

    Path text = Files.writeString(folder.resolve("text.pt"), "not a module");
    assertDamaged(manager, text);

    Path whole =
        TrainedNetwork.writeModule(
            folder,
            ExportAssertions.exportOf(TrainedNetwork.generator(manager), TrainedNetwork.CODES),
            Map.of());
    byte[] bytes = Files.readAllBytes(whole);
    for (int length : new int[] {0, 100, bytes.length / 2, bytes.length - 1}) {
      Path cut = Files.write(folder.resolve("cut.pt"), Arrays.copyOf(bytes, length));
      assertDamaged(manager, cut);
    }
    assertEquals(folder + " is not a file", importing(manager, folder));
  }

  private static void assertDamaged(NDManager manager, Path file) {
    String message = importing(manager, file);
    String start = file + " is not a TorchScript module, or it is corrupt: ";
    assertTrue(message.startsWith(start) && !message.contains("\n"), message);
  }

  private static String importing(NDManager manager, Path file) {
    return assertThrows(ExportException.class, () -> ImportedModule.load(manager, file))
        .getMessage();
  }
}
