package org.gantry.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.core.Linear;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.gantry.testkit.ExportAssertions;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that a module does nothing but what a network does before it is loaded. */
@TensorTest
final class UnsafeModuleTest {

  @TempDir Path folder;

  private Path original;
  private Path edited;

  @BeforeEach
  void exportNetwork(NDManager manager) {
    Block network = Linear.builder().setUnits(4).build();
    network.initialize(manager, DataType.FLOAT32, new Shape(2, 3));
    original =
        TrainedNetwork.writeModule(
            folder, ExportAssertions.exportOf(network, new Shape(2, 3)), Map.of());
    edited = folder.resolve("edited.pt");
  }

  @Test
  void aFileThatWouldBeOverwrittenStays(NDManager manager) throws IOException {
    Path notes = Files.writeString(folder.resolve("notes.txt"), "n".repeat(64));
    archive()
        .insert(
            """
            _0 = torch.from_file("%s", True, 16, dtype=6)
            _00 = torch.fill_(_0, 1)
            """
                .formatted(notes))
        .write(edited);
    ExportException refused = refused(manager);
    assertEquals(
        edited
            + " is a program that does more than a network: code/__torch__.py:8: calls"
            + " torch.from_file",
        refused.getMessage());
    assertEquals(List.of("torch.from_file"), refused.operators());
    assertEquals("n".repeat(64), Files.readString(notes));
  }

  @Test
  void anAllowedOperatorIsLoaded(NDManager manager) throws IOException {
    Path notes = Files.write(folder.resolve("notes.bin"), new byte[64]);
    archive()
        .insert(
            """
            _0 = torch.fill_(torch.from_file("%s", True, 16, dtype=6), 1)
            input_1 = torch.add(input_1, torch.sum(_0))
            """
                .formatted(notes))
        .write(edited);
    try (ImportedModule module = ImportedModule.load(manager, edited, Set.of("torch.from_file"))) {
      module.apply(manager, manager.ones(new Shape(2, 3)));
    }
    assertTrue(Files.readAllBytes(notes)[3] != 0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "_0 = torch.from_file(\"notes\", True, 16)",
        "_0 = \"notes\".from_file(True, 16)",
        "_0 = (\"notes\").from_file(True, 16)",
        "f = torch.from_file",
        "_0 = getattr(torch, \"from_file\")(\"notes\", True, 16)",
        "t = torch\n_0 = t.from_file(\"notes\", True, 16)",
        "_0 = ops.aten.from_file(\"notes\", True, 16)",
        "_0 = [torch.from_file][0]",
        "_0 = [torch.from_file(x, True, 16) for x in [\"notes\"]]",
        "_0 = torch.relu(torch.from_file(\"notes\", True, 16))",
        "_0 = input_1 if True else torch.from_file(\"notes\", True, 16)",
        "torch = input_1",
        "print(input_1)",
        "p = print\np(input_1)",
        "torch.save(input_1, \"notes\")",
        "_0 = torch.set_(input_1, input_1)",
        "_0 = torch.as_strided(input_1, [9999], [1])",
        "_0 = torch.resize_(input_1, [9999])",
        "_0 = fork(self.forward, input_1)",
        "_0 = __torch__.torch.classes.quantized.Conv2d()",
        "_0 = uninitialized(__torch__.torch.classes.profiling.Source)",
        "_0 = ops.quantized.linear(input_1)",
        "_0 = ops.prim.Print(input_1)",
        "_0 = self.save(input_1)",
        "_0 = CONSTANTS.c0",
        "_0 = unknown",
        "_0 = self.unknown",
        "_0 = \"\\x1b[2J\"",
        "import os",
        "with torch.no_grad():\n  pass",
        "while True:\n  pass",
        "for i in range(1000000):\n  for j in range(1000000):\n    pass\n  _0 = torch.relu(input_1)",
        "for i in range(torch.mul(10, 10)):\n  pass",
        "_0 = self.forward(input_1)",
        "_0 = torch.zeros([1000000, 1000000])",
        "_0 = torch.zeros([99999999999])",
        "_0 = torch.zeros([99999999999999999999999])",
      })
  void aModuleThatDoesMoreThanANetworkIsRefused(String lines, NDManager manager)
      throws IOException {
    archive().insert(lines).write(edited);
    String message = refused(manager).getMessage();
    assertTrue(message.matches("(?s).*code/__torch__\\.py:[78]: .*"), message);
  }

  /** A method of the archive must not stand for the operator of the same name. */
  @Test
  void anOperatorCannotHideBehindAMethodOfTheSameName(NDManager manager) throws IOException {
    archive()
        .insert("_0 = \"notes\".from_file(input_1)")
        .edit(
            EditedArchive.SCRIPT,
            script ->
                script.stripTrailing()
                    + "\n  def from_file(self: __torch__.Network, x: Tensor) -> Tensor:\n"
                    + "    return x\n")
        .write(edited);
    assertEquals(List.of("torch.from_file"), refused(manager).operators());
  }

  @Test
  void methodsOfTheSameTextAreReadWithTheTypesOfTheirClass(NDManager manager) throws IOException {
    EditedArchive archive = archive();
    for (Map.Entry<String, String> type :
        Map.of("a", "__torch__.c.C", "b", "str", "c", "Tensor").entrySet()) {
      String name = type.getKey();
      String source =
          """
          class %s(Module):
            __parameters__ = []
            __buffers__ = []
            name : %s
            def %s(self: __torch__.%s.%s, x: bool, y: int) -> Tensor:
              return %s
          """
              .formatted(
                  name.toUpperCase(Locale.ROOT),
                  type.getValue(),
                  name.equals("c") ? "from_file" : "forward",
                  name,
                  name.toUpperCase(Locale.ROOT),
                  name.equals("c") ? "self.name" : "(self.name).from_file(x, y)");
      archive
          .records()
          .put("network/code/__torch__/" + name + ".py", source.getBytes(StandardCharsets.UTF_8));
    }
    archive.write(edited);
    assertTrue(
        refused(manager).getMessage().endsWith("code/__torch__/b.py:6: calls torch.from_file"));
  }

  @Test
  void methodsThatCallEachOtherMoreAndMoreOftenAreRefused(NDManager manager) throws IOException {
    StringBuilder methods = new StringBuilder();
    for (int i = 0; i < 30; i++) {
      methods.append(
          """
            def twice%d(self: __torch__.Network, x: Tensor) -> Tensor:
              return self.twice%d(self.twice%d(x))
          """
              .formatted(i, i + 1, i + 1));
    }
    methods.append("  def twice30(self: __torch__.Network, x: Tensor) -> Tensor:\n    return x\n");
    archive()
        .edit(EditedArchive.SCRIPT, script -> script.stripTrailing() + "\n" + methods)
        .write(edited);
    assertTrue(refused(manager).getMessage().contains("operations"));
  }

  @Test
  void weightsThatAreCutShortAreRefused(NDManager manager) throws IOException {
    EditedArchive archive = archive();
    archive.records().put("network/data/0", new byte[8]);
    archive.write(edited);
    assertEquals(
        edited
            + " is not a TorchScript module, or it is corrupt: data.pkl: weight needs 12 elements"
            + " of 4 bytes, but the record data/0 has 8 bytes",
        refused(manager).getMessage());
    archive.records().remove("network/data/0");
    archive.write(edited);
    assertTrue(refused(manager).getMessage().endsWith("it has no record data/0"));
  }

  @Test
  void weightsThatReachBeyondTheirStorageAreRefused(NDManager manager) throws IOException {
    // The shape (4, 3) and the strides (3, 1) of the weight, as integers of 4 bytes.
    String shape = "(J\4\0\0\0J\3\0\0\0t(J\3\0\0\0J\1\0\0\0t";
    for (String other :
        List.of(
            "(J\5\0\0\0J\3\0\0\0t(J\3\0\0\0J\1\0\0\0t",
            "(J\4\0\0\0J\3\0\0\0t(J\4\0\0\0J\1\0\0\0t",
            "(J\4\0\0\0J\3\0\0\0t(J\u00ff\u00ff\u00ff\u00ffJ\1\0\0\0t",
            "(J\u00ff\u00ff\u00ff\u00ffJ\3\0\0\0t(J\3\0\0\0J\1\0\0\0t",
            "(J\0\0\0\1J\0\0\0\1t(J\0\0\0\0J\0\0\0\0t")) {
      archive().edit("network/data.pkl", pickle -> replaced(pickle, shape, other)).write(edited);
      assertTrue(refused(manager).getMessage().endsWith("strides that do not fit its 12 elements"));
    }
  }

  @Test
  void picklesThatDoMoreThanDescribeANetworkAreRefused(NDManager manager) throws IOException {
    for (UnaryOperator<String> change :
        List.<UnaryOperator<String>>of(
            pickle -> replaced(pickle, "ctorch._utils\n_rebuild_tensor_v2\n", "cos\nsystem\n"),
            pickle -> replaced(pickle, "ctorch\nFloatStorage\n", "ctorch\nQInt8Storage\n"),
            pickle -> replaced(pickle, "c__torch__\nNetwork\n", "c__torch__\nOther\n"),
            pickle -> replaced(pickle, "}(", "}(" + "X\4\0\0\0moreN"),
            pickle -> pickle.substring(0, pickle.length() / 2),
            pickle -> pickle + ".",
            pickle -> "\u0080\2i" + pickle,
            pickle -> "\u0080\2" + "0".repeat(9) + pickle,
            pickle -> "\u0080\2r\u00ff\u00ff\u00ff\u007f" + pickle)) {
      archive().edit("network/data.pkl", change).write(edited);
      String message = refused(manager).getMessage();
      assertTrue(message.contains("data.pkl"), message);
    }
  }

  private static String replaced(String text, String part, String other) {
    assertTrue(text.contains(part));
    return text.replace(part, other);
  }

  @Test
  void archivesThatTwoProgramsCouldReadDifferentlyAreRefused(NDManager manager) throws IOException {
    EditedArchive two = archive();
    two.records().put("other/version", "3\n".getBytes(StandardCharsets.UTF_8));
    two.write(edited);
    assertTrue(refused(manager).getMessage().endsWith("its records are not in one folder"));

    EditedArchive twin = archive();
    twin.records().put("network/code/__torch__.pX", "import os".getBytes(StandardCharsets.UTF_8));
    String bytes = new String(Files.readAllBytes(twin.write(edited)), StandardCharsets.ISO_8859_1);
    Files.write(
        edited,
        bytes.replace("__torch__.pX", "__torch__.py").getBytes(StandardCharsets.ISO_8859_1));
    assertTrue(refused(manager).getMessage().endsWith("it has two records code/__torch__.py"));

    byte[] changed = Files.readAllBytes(archive().write(edited));
    int weights =
        new String(changed, StandardCharsets.ISO_8859_1).indexOf("network/data/0")
            + "network/data/0".length();
    changed[weights]++;
    Files.write(edited, changed);
    assertTrue(refused(manager).getMessage().endsWith("is corrupt (checksum mismatch)"));
  }

  @Test
  void recordsThatLibtorchDoesNotNeedDoNotReachIt(NDManager manager) throws IOException {
    EditedArchive archive = archive();
    archive.records().put("network/bytecode.pkl", new byte[] {1, 2, 3});
    archive.records().put("network/code/__torch__.py.debug_pkl", new byte[] {1, 2, 3});
    archive.write(edited);
    try (ImportedModule module = ImportedModule.load(manager, edited)) {
      assertArrayEquals(
          new long[] {2, 4},
          module.apply(manager, manager.ones(new Shape(2, 3))).get(0).getShape().getShape());
    }
  }

  @Test
  void portsOfAnUnreasonableSizeAreRefused(NDManager manager) throws IOException {
    archive()
        .edit("network/extra/gantry.ports", ports -> ports.replace("[3]", "[100000,100000]"))
        .write(edited);
    assertTrue(refused(manager).getMessage().contains("[100000,100000]"));
  }

  private EditedArchive archive() throws IOException {
    return EditedArchive.read(original);
  }

  private ExportException refused(NDManager manager) {
    return assertThrows(ExportException.class, () -> ImportedModule.load(manager, edited));
  }
}
