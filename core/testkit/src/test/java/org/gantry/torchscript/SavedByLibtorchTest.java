package org.gantry.torchscript;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.gantry.export.ImportedModule;
import org.gantry.testkit.ArrayAssertions;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks that networks that libtorch saves, with modules inside modules, can be loaded. */
@TensorTest
final class SavedByLibtorchTest {

  private static final String CONVOLUTION =
      """
      class ConvTranspose2d(Module):
        __parameters__ = ["weight", ]
        __buffers__ = []
        weight : Tensor
        training : bool
        stride : Tuple[int, int]
        padding_mode : str
        def forward(self: __torch__.torch.nn.modules.conv.ConvTranspose2d, input: Tensor, output_size: Optional[List[int]]=None) -> Tensor:
          if self.padding_mode != "zeros":
            ops.prim.RaiseException("Only `zeros` padding mode is supported")
          sizes = annotate(List[int], [])
          for d in range(2):
            low = torch.sub(torch.mul(torch.sub(torch.size(input, d + 2), 1), self.stride[d]), 2)
            sizes.append(torch.add(low, 4))
          if output_size is not None:
            sizes = output_size
          x = torch.conv_transpose2d(input, self.weight, None, [2, 2], [1, 1])
          return torch.slice(torch.slice(x, 2, 0, sizes[0]), 3, 0, 9223372036854775807)
      """;

  private static final String CONTAINER =
      """
      class Sequential(Module):
        __parameters__ = []
        __buffers__ = []
        training : bool
        __annotations__["0"] = __torch__.torch.nn.modules.conv.ConvTranspose2d
        __annotations__["1"] = __torch__.torch.nn.modules.conv.ConvTranspose2d
        def forward(self: __torch__.torch.nn.modules.container.Sequential, input: Tensor) -> Tensor:
          _0 = getattr(self, "0")
          _1 = getattr(self, "1")
          input0 = __torch__.torch.nn.functional.relu((_0).forward(input, None, ), False, )
          return torch.tanh((_1).forward(input0, None, ))
      """;

  private static final String FUNCTIONS =
      """
      def relu(input: Tensor, inplace: bool=False) -> Tensor:
        if inplace:
          result = torch.relu_(input)
        else:
          result = torch.relu(input)
        return result
      """;

  private static final String GENERATOR =
      """
      class Generator(Module):
        __parameters__ = []
        __buffers__ = ["scale", ]
        scale : Tensor
        training : bool
        main : __torch__.torch.nn.modules.container.Sequential
        width : int
        def forward(self: __torch__.Generator, z: Tensor) -> Tensor:
          x = torch.view(z, [torch.size(z, 0), self.width, 1, 1])
          y = torch.mul((self.main).forward(x, ), self.scale)
          if torch.dim(y) != 4:
            ops.prim.RaiseException("AssertionError: expected pictures")
          return y + CONSTANTS.c0
      """;

  @TempDir Path folder;

  @Test
  void aNetworkThatLibtorchSavedCanBeLoaded(NDManager manager) throws IOException {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    ScriptArchive.write(written, records());
    Path file = folder.resolve("my generator.pt");
    NDArray codes = manager.randomNormal(new Shape(5, 3));
    double[] expected;
    try (PtSymbolBlock block =
            JniUtils.loadModule(
                (PtNDManager) manager,
                new ByteArrayInputStream(written.toByteArray()),
                false,
                false);
        OutputStream out = Files.newOutputStream(file)) {
      expected =
          ArrayAssertions.toDoubles(
              IValueUtils.forward(block, new NDList(codes), false).singletonOrThrow());
      JniUtils.writeModule(block, out, false);
    }
    try (ImportedModule module = ImportedModule.load(manager, file)) {
      NDArray pictures = module.apply(manager, codes).get(0);
      assertEquals(new Shape(5, 3, 4, 4), pictures.getShape());
      ArrayAssertions.assertClose(0, pictures, expected);
    }
  }

  private static Map<String, byte[]> records() {
    Map<String, byte[]> records = new TreeMap<>();
    text(records, "version", "3\n");
    text(records, "code/__torch__.py", GENERATOR);
    text(records, "code/__torch__/torch/nn/modules/conv.py", CONVOLUTION);
    text(records, "code/__torch__/torch/nn/modules/container.py", CONTAINER);
    text(records, "code/__torch__/torch/nn/functional.py", FUNCTIONS);
    records.put("constants.pkl", constants());
    records.put("constants/0", floats(1));
    PickleWriter pickle = new PickleWriter();
    pickle.global("__torch__", "Generator").emptyTuple().newObject().emptyDictionary().mark();
    tensor(pickle.text("scale"), "0", 1);
    pickle.text("training").bool(true).text("width").integer(3).text("main");
    begin(pickle, "container", "Sequential");
    convolution(pickle.text("0"), "1");
    convolution(pickle.text("1"), "2");
    records.put("data.pkl", pickle.setItems().build().setItems().build().finish());
    records.put("data/0", floats(1));
    records.put("data/1", floats(3 * 3 * 4 * 4));
    records.put("data/2", floats(3 * 3 * 4 * 4));
    return records;
  }

  private static byte[] constants() {
    PickleWriter pickle = new PickleWriter().mark();
    tensor(pickle, "0", 1);
    return pickle.tuple().finish();
  }

  private static void begin(PickleWriter pickle, String module, String type) {
    pickle
        .global("__torch__.torch.nn.modules." + module, type)
        .emptyTuple()
        .newObject()
        .emptyDictionary()
        .mark();
    pickle.text("training").bool(true);
  }

  private static void convolution(PickleWriter pickle, String key) {
    begin(pickle, "conv", "ConvTranspose2d");
    tensor(pickle.text("weight"), key, 3, 3, 4, 4);
    pickle.text("padding_mode").text("zeros");
    pickle.text("stride").mark().integer(2).integer(2).tuple();
    pickle.setItems().build();
  }

  private static void tensor(PickleWriter pickle, String key, long... shape) {
    pickle.global("torch._utils", "_rebuild_tensor_v2").mark().mark();
    pickle.text("storage").global("torch", "FloatStorage").text(key).text("cpu");
    long size = new Shape(shape).size();
    pickle.integer(size).tuple().persistentId().integer(0).mark();
    for (long length : shape) {
      pickle.integer(length);
    }
    pickle.tuple().mark();
    for (long length : shape) {
      size /= length;
      pickle.integer(size);
    }
    pickle.tuple().bool(false).global("collections", "OrderedDict").emptyTuple().reduce();
    pickle.tuple().reduce();
  }

  private static void text(Map<String, byte[]> records, String name, String text) {
    records.put(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] floats(int count) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      bytes.putFloat((i % 7 - 3) / 4f);
    }
    return bytes.array();
  }
}
