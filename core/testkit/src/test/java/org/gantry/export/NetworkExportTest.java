package org.gantry.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.training.ParameterStore;
import ai.djl.translate.NoopTranslator;
import ai.djl.util.Pair;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.gantry.layers.Activation;
import org.gantry.layers.BatchNorm;
import org.gantry.layers.Convolution;
import org.gantry.layers.Dropout;
import org.gantry.layers.FilterWindow;
import org.gantry.layers.Flatten;
import org.gantry.layers.HeadedNetwork;
import org.gantry.layers.Pointwise;
import org.gantry.layers.Reshape;
import org.gantry.layers.Residual;
import org.gantry.layers.TransposedConvolution;
import org.gantry.layers.Upsample;
import org.gantry.tensor.RandomStreams;
import org.gantry.testkit.ArrayAssertions;
import org.gantry.testkit.ExportAssertions;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@TensorTest
final class NetworkExportTest {

  private static final Shape CODES = new Shape(3, 6);

  @TempDir Path folder;

  // ---- What a module does
  // ------------------------------------------------------------------------

  @Test
  void anExportedGeneratorDrawsTheSamePicturesWithDjlAlone(NDManager manager) throws Exception {
    Block generator = trained(manager, generator(), CODES);
    Path file = module(ExportAssertions.exportOf(generator, CODES), Map.of());
    NDArray codes = manager.randomNormal(CODES);
    NDArray expected = infer(manager, generator, codes).get(0);
    Criteria<NDList, NDList> criteria =
        Criteria.builder()
            .setTypes(NDList.class, NDList.class)
            .optModelPath(file)
            .optEngine("PyTorch")
            .optDevice(Device.cpu())
            .optTranslator(new NoopTranslator())
            .build();
    try (ZooModel<NDList, NDList> model = criteria.loadModel();
        Predictor<NDList, NDList> predictor = model.newPredictor();
        NDArray actual = predictor.predict(new NDList(codes)).singletonOrThrow()) {
      assertEquals(new Shape(3, 1, 8, 8), actual.getShape());
      ArrayAssertions.assertClose(0, actual, ArrayAssertions.toDoubles(expected));
    }
  }

  @Test
  void libtorchFindsParametersUnderTheirNames(NDManager manager) throws Exception {
    Block generator = trained(manager, generator(), CODES);
    try (Model model = Model.newInstance("exported", Device.cpu(), "PyTorch")) {
      try (InputStream in =
          Files.newInputStream(module(ExportAssertions.exportOf(generator, CODES), Map.of()))) {
        model.load(in);
      }
      List<String> trainable =
          generator.getParameters().stream()
              .filter(p -> p.getValue().requiresGradient())
              .map(Pair::getKey)
              .toList();
      assertEquals(trainable, model.getBlock().getParameters().keys());
    }
  }

  @Test
  void aDiscriminatorGivesItsScoresAndItsFeatures(NDManager manager) {
    Shape images = new Shape(2, 1, 4, 4);
    SequentialBlock trunk =
        new SequentialBlock()
            .add(new Pointwise(x -> x.mul(0.3), "x * 0.3"))
            .add(new Convolution(3, new FilterWindow(4, 2, 1), false))
            .add(new BatchNorm())
            .add(new Dropout(0.5, () -> new RandomStreams(3).at("dropout")));
    Block head = new SequentialBlock().add(new Flatten()).add(Linear.builder().setUnits(1).build());
    Block network = trained(manager, new HeadedNetwork(trunk, head), images);
    ExportAssertions.assertSameOutputs(manager, network, new NDList(manager.randomNormal(images)));
  }

  @Test
  void aBlockOfTwoInputsTakesBoth(NDManager manager) {
    Shape[] inputs = {new Shape(2, 3), new Shape(2, 3)};
    Block difference = new DifferenceBlock();
    difference.initialize(manager, DataType.FLOAT32, inputs);
    ExportAssertions.assertSameOutputs(
        manager,
        difference,
        new NDList(manager.randomNormal(inputs[0]), manager.randomNormal(inputs[1])));
  }

  @Test
  void weightsOfTwoBytesToEightAreKept(NDManager manager) {
    for (DataType type : List.of(DataType.FLOAT32, DataType.FLOAT64)) {
      Block linear = Linear.builder().setUnits(4).build();
      linear.initialize(manager, type, new Shape(2, 3));
      ExportAssertions.assertSameOutputs(
          manager, linear, new NDList(manager.randomNormal(0, 1, new Shape(2, 3), type, null)));
    }
  }

  @Test
  void layersOfTheSameKindShareTheirSource(NDManager manager) {
    Block network =
        new SequentialBlock()
            .add(Linear.builder().setUnits(4).build())
            .add(Activation.TANH.layer())
            .add(Linear.builder().setUnits(2).build());
    network.initialize(manager, DataType.FLOAT32, new Shape(1, 3));
    assertEquals(
        """
        def forward(self, input_1: Tensor) -> Tensor:
          _1 = self.linear_1(input_1, [getattr(self, "01Linear_weight"), getattr(self, "01Linear_bias")])
          _2 = self.pointwise_2(_1)
          _3 = self.linear_1(_2, [getattr(self, "03Linear_weight"), getattr(self, "03Linear_bias")])
          return _3
        def linear_1(self, x: Tensor, parameters: List[Tensor]) -> Tensor:
          bias: Optional[Tensor] = None
          if len(parameters) > 1:
            bias = parameters[1]
          return torch.linear(x, parameters[0], bias)
        def pointwise_2(self, x: Tensor) -> Tensor:
          return torch.tanh(x)\
        """,
        ScriptWriter.of(ExportAssertions.exportOf(network, new Shape(1, 3))));
  }

  @Test
  void theSameNetworkGivesTheSameBytes(NDManager manager) throws IOException {
    NetworkExport network = ExportAssertions.exportOf(trained(manager, generator(), CODES), CODES);
    byte[] first = Files.readAllBytes(module(network, Map.of("note", "kept")));
    assertArrayEquals(first, Files.readAllBytes(module(network, Map.of("note", "kept"))));
  }

  @Test
  void portsNamedLikeKeywordsBecomeArguments(NDManager manager) {
    Block linear = Linear.builder().setUnits(4).build();
    linear.initialize(manager, DataType.FLOAT32, new Shape(2, 3));
    for (String port : List.of("class", "1st word", "self", "torch", "lambda")) {
      Path file =
          module(
              new NetworkExport(
                  "it",
                  linear,
                  List.of(new NetworkPort(port, new Shape(3))),
                  List.of(new NetworkPort("out", new Shape(4))),
                  Parameter::getArray),
              Map.of());
      try (ImportedModule module = ImportedModule.load(manager, file)) {
        assertEquals(
            new Shape(2, 4),
            module.apply(manager, manager.ones(new Shape(2, 3))).get(0).getShape());
      }
    }
  }

  // ---- What has no module
  // ------------------------------------------------------------------------

  @Test
  void anUnknownBlockIsNamedByItsPlaceAndItsClass(NDManager manager) {
    SequentialBlock inner = new SequentialBlock().add(new Flatten()).add(new LambdaBlock(x -> x));
    Block network = new Residual(inner, new Flatten());
    network.initialize(manager, DataType.FLOAT32, new Shape(1, 3));
    assertEquals(
        "the network has no TorchScript form: its layer 01branch/02LambdaBlock is"
            + " of the class ai.djl.nn.LambdaBlock, which does not say what it does"
            + " (org.gantry.export.ScriptableBlock); its weights can be written as .safetensors",
        refusal(network, new Shape(1, 3)));
  }

  @Test
  void aFunctionThatIsKnownInJavaOnlyIsRefused(NDManager manager) {
    Block network = new SequentialBlock().add(new Pointwise(NDArray::sin));
    network.initialize(manager, DataType.FLOAT32, new Shape(1, 3));
    assertEquals(
        "the network has no TorchScript form: its layer 01Pointwise applies a function that is"
            + " known in Java only; its weights can be written as .safetensors",
        refusal(network, new Shape(1, 3)));
  }

  @Test
  void aSubclassOfAKnownBlockIsUnknown(NDManager manager) {
    Block network = new SequentialBlock() {}.add(new Flatten());
    network.initialize(manager, DataType.FLOAT32, new Shape(1, 3));
    String message = refusal(network, new Shape(1, 3));
    assertTrue(
        message.startsWith(
            "the network has no TorchScript form: it is of the class "
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
  void aNoteThatIsNoFilesNameIsRefused(NDManager manager) {
    NetworkExport network = ExportAssertions.exportOf(trained(manager, generator(), CODES), CODES);
    for (String name : List.of("a/b", "..", "", "gantry.ports")) {
      assertThrows(
          IllegalArgumentException.class,
          () -> network.writeModule(Map.of(name, ""), OutputStream.nullOutputStream()));
    }
  }

  // ---- Weights
  // -----------------------------------------------------------------------------------

  @Test
  void weightsHaveTheNamesOfTheBlockTree(NDManager manager) throws IOException {
    Block network = trained(manager, generator(), CODES);
    Path file = folder.resolve("weights.safetensors");
    try (OutputStream out = Files.newOutputStream(file)) {
      ExportAssertions.exportOf(network, CODES).writeWeights(out);
    }
    Map<String, NDArray> found = new HashMap<>();
    NDList.decode(manager, Files.readAllBytes(file)).forEach(a -> found.put(a.getName(), a));
    assertEquals(
        "01Linear_weight 03BatchNorm_beta 03BatchNorm_gamma 03BatchNorm_runningMean"
            + " 03BatchNorm_runningVar 05Residual_01branch_02Convolution_bias"
            + " 05Residual_01branch_02Convolution_weight"
            + " 06TransposedConvolution_bias 06TransposedConvolution_weight",
        found.keySet().stream().sorted().collect(Collectors.joining(" ")));
    for (Pair<String, Parameter> entry : network.getParameters()) {
      assertNull(entry.getValue().getArray().getName());
      assertEquals(entry.getValue().getShape(), found.get(entry.getKey()).getShape());
      assertArrayEquals(
          ArrayAssertions.toDoubles(entry.getValue().getArray()),
          ArrayAssertions.toDoubles(found.get(entry.getKey())));
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

  // ---- Import
  // ------------------------------------------------------------------------------------

  @Test
  void anImportedModuleKnowsItsPortsAndItsNotes(NDManager manager) {
    Block generator = trained(manager, generator(), CODES);
    String recipe = "prior: normal\nname: \u00e9\n";
    Path file = module(ExportAssertions.exportOf(generator, CODES), Map.of("recipe.yaml", recipe));
    try (ImportedModule module = ImportedModule.load(manager, file)) {
      assertEquals(List.of(new NetworkPort("input-1", new Shape(6))), module.takes());
      assertEquals(List.of(new NetworkPort("output-1", new Shape(1, 8, 8))), module.gives());
      assertEquals(Map.of("recipe.yaml", recipe), module.notes());
      NDArray codes = manager.randomNormal(CODES);
      ArrayAssertions.assertClose(
          0,
          module.apply(manager, codes).get(0),
          ArrayAssertions.toDoubles(infer(manager, generator, codes).get(0)));
    }
  }

  @Test
  void inputsThatDoNotFitAreRefusedByNameAndShape(NDManager manager) {
    Path file =
        module(ExportAssertions.exportOf(trained(manager, generator(), CODES), CODES), Map.of());
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
  void filesThatAreNoModulesAreRefused(NDManager manager) throws IOException {
    Path missing = folder.resolve("missing.pt");
    assertEquals("there is no file " + missing, importing(manager, missing));

    Path text = Files.writeString(folder.resolve("text.pt"), "not a module");
    assertDamaged(manager, text);

    Path whole =
        module(ExportAssertions.exportOf(trained(manager, generator(), CODES), CODES), Map.of());
    byte[] bytes = Files.readAllBytes(whole);
    for (int length : new int[] {0, 100, bytes.length / 2, bytes.length - 1}) {
      Path cut = Files.write(folder.resolve("cut.pt"), Arrays.copyOf(bytes, length));
      assertDamaged(manager, cut);
    }
    assertEquals(folder + " is no file", importing(manager, folder));
  }

  private static void assertDamaged(NDManager manager, Path file) {
    String message = importing(manager, file);
    String start = file + " is no TorchScript module, or it is damaged: ";
    assertTrue(message.startsWith(start) && !message.contains("\n"), message);
  }

  private static String importing(NDManager manager, Path file) {
    return assertThrows(ExportException.class, () -> ImportedModule.load(manager, file))
        .getMessage();
  }

  // ---- Networks
  // ----------------------------------------------------------------------------------

  private static Block generator() {
    SequentialBlock branch =
        new SequentialBlock()
            .add(Activation.LEAKY_RELU.layer())
            .add(new Convolution(4, FilterWindow.same(3), true))
            .add(new Upsample(2));
    return new SequentialBlock()
        .add(Linear.builder().setUnits(16).optBias(false).build())
        .add(new Reshape(new Shape(4, 2, 2)))
        .add(new BatchNorm())
        .add(Activation.RELU.layer())
        .add(new Residual(branch, new Upsample(2)))
        .add(new TransposedConvolution(1, new FilterWindow(4, 2, 1), 0, true))
        .add(Activation.TANH.layer());
  }

  /** The network with running statistics that have moved. */
  private static Block trained(NDManager manager, Block network, Shape input) {
    network.initialize(manager, DataType.FLOAT32, input);
    for (int i = 0; i < 3; i++) {
      network.forward(
          new ParameterStore(manager, false),
          new NDList(manager.randomNormal(input).add(0.5)),
          true);
    }
    return network;
  }

  private static NDList infer(NDManager manager, Block network, NDArray input) {
    return network.forward(new ParameterStore(manager, false), new NDList(input), false);
  }

  private Path module(NetworkExport network, Map<String, String> notes) {
    Path file = folder.resolve("network.pt");
    try (OutputStream out = Files.newOutputStream(file)) {
      network.writeModule(notes, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }
}
