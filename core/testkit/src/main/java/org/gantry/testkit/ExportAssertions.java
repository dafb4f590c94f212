package org.gantry.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.gantry.export.ImportedModule;
import org.gantry.export.NetworkExport;
import org.gantry.export.NetworkPort;
import org.gantry.tensor.NativeEngine;

/** Assertions about exported networks. */
public final class ExportAssertions {

  private ExportAssertions() {}

  /**
   * Asserts that a network and its TorchScript module have exactly the same outputs in inference.
   * DJL loads the module without Gantry. The module has only operators that Gantry loads, too.
   *
   * @param manager the owner of the arrays that the comparison creates
   * @param block an initialised network
   * @param inputs the inputs of both
   */
  public static void assertSameOutputs(NDManager manager, Block block, NDList inputs) {
    NDList expected = block.forward(new ParameterStore(manager, false), inputs, false);
    try (Model model = Model.newInstance("exported", Device.cpu(), NativeEngine.NAME)) {
      byte[] module = module(block, inputs);
      assertLoadable(manager, module);
      model.load(new ByteArrayInputStream(module));
      try (Predictor<NDList, NDList> predictor = model.newPredictor(new NoopTranslator())) {
        NDList actual = predictor.predict(inputs);
        actual.attach(manager);
        assertArrayEquals(expected.getShapes(), actual.getShapes());
        for (int i = 0; i < expected.size(); i++) {
          assertEquals(expected.get(i).getDataType(), actual.get(i).getDataType());
          ArrayAssertions.assertClose(0, actual.get(i), ArrayAssertions.toDoubles(expected.get(i)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (MalformedModelException | TranslateException e) {
      throw new AssertionError("the exported module does not work: " + e.getMessage(), e);
    }
  }

  private static void assertLoadable(NDManager manager, byte[] module) throws IOException {
    Path file = Files.createTempFile("exported", ".pt");
    try {
      Files.write(file, module);
      ImportedModule.load(manager, file).close();
    } finally {
      Files.delete(file);
    }
  }

  private static byte[] module(Block block, NDList inputs) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    exportOf(block, inputs.getShapes()).writeModule(Map.of(), out);
    return out.toByteArray();
  }

  /**
   * Creates the export of a network that is not part of a training.
   *
   * @param block an initialised network
   * @param inputs the shapes of the inputs, with the batch dimension
   * @return an export with the ports {@code input-1}, {@code output-1}, and so on
   */
  public static NetworkExport exportOf(Block block, Shape... inputs) {
    return new NetworkExport(
        "the network",
        block,
        ports("input-", inputs),
        ports("output-", block.getOutputShapes(inputs)),
        Parameter::getArray);
  }

  private static List<NetworkPort> ports(String name, Shape... shapes) {
    return IntStream.range(0, shapes.length)
        .mapToObj(i -> new NetworkPort(name + (i + 1), shapes[i].slice(1)))
        .toList();
  }
}
