package org.gantry.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.gantry.layers.Flatten;
import org.gantry.layers.Pointwise;
import org.gantry.layers.Residual;
import org.gantry.testkit.ExportAssertions;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

/** Checks the errors of networks that cannot be exported. */
@TensorTest
final class ExportRefusalTest {

  @Test
  void theErrorOfAnUnknownBlockNamesItsPathAndItsClass(NDManager manager) {
    SequentialBlock inner = new SequentialBlock().add(new Flatten()).add(new LambdaBlock(x -> x));
    Block network = new Residual(inner, new Flatten());
    network.initialize(manager, DataType.FLOAT32, new Shape(1, 3));
    assertEquals(
        "the network has no TorchScript form: its layer 01branch/02LambdaBlock has"
            + " the class ai.djl.nn.LambdaBlock, which does not implement"
            + " org.gantry.export.ScriptableBlock; its weights can be written as .safetensors",
        refusal(network, new Shape(1, 3)));
  }

  @Test
  void aFunctionWithoutTorchScriptFormIsRefused(NDManager manager) {
    Block network = new SequentialBlock().add(new Pointwise(NDArray::sin));
    network.initialize(manager, DataType.FLOAT32, new Shape(1, 3));
    assertEquals(
        "the network has no TorchScript form: its layer 01Pointwise applies a function without"
            + " a TorchScript expression; its weights can be written as .safetensors",
        refusal(network, new Shape(1, 3)));
  }

  @Test
  void aSubclassOfAKnownBlockIsRefused(NDManager manager) {
    Block network = new SequentialBlock() {}.add(new Flatten());
    network.initialize(manager, DataType.FLOAT32, new Shape(1, 3));
    String message = refusal(network, new Shape(1, 3));
    assertTrue(
        message.startsWith(
            "the network has no TorchScript form: it has the class "
                + network.getClass().getName()),
        message);
  }

  private String refusal(Block network, Shape input) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ExportException refused =
        assertThrows(
            ExportException.class,
            () -> ExportAssertions.exportOf(network, input).writeModule(Map.of(), out));
    assertEquals(0, out.size());
    return refused.getMessage();
  }

  @Test
  void aNoteWhoseNameIsNotAFileNameIsRefused(NDManager manager) {
    NetworkExport network =
        ExportAssertions.exportOf(TrainedNetwork.generator(manager), TrainedNetwork.CODES);
    for (String name : List.of("a/b", "..", "", "gantry.ports")) {
      assertThrows(
          IllegalArgumentException.class,
          () -> network.writeModule(Map.of(name, ""), OutputStream.nullOutputStream()));
    }
  }

  @Test
  void aNetworkWithoutWeightsIsRefused(NDManager manager) {
    Block network = new Flatten();
    network.initialize(manager, DataType.FLOAT32, new Shape(1, 3));
    ExportException refused =
        assertThrows(
            ExportException.class,
            () ->
                ExportAssertions.exportOf(network, new Shape(1, 3))
                    .writeWeights(OutputStream.nullOutputStream()));
    assertEquals("the network has no weights", refused.getMessage());
  }
}
