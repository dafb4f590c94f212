package org.gantry.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.NoopTranslator;
import ai.djl.util.Pair;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.gantry.tensor.NativeEngine;
import org.gantry.tensor.RandomStreams;
import org.gantry.testkit.ArrayAssertions;
import org.gantry.testkit.ExportAssertions;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@TensorTest
final class NetworkExportTest {

  @TempDir Path folder;

  @Test
  void anExportedGeneratorMakesTheSameImagesWithoutGantry(NDManager manager) throws Exception {
    Block generator = TrainedNetwork.generator(manager);
    Path file =
        TrainedNetwork.writeModule(
            folder, ExportAssertions.exportOf(generator, TrainedNetwork.CODES), Map.of());
    NDArray codes = manager.randomNormal(TrainedNetwork.CODES);
    NDArray expected = TrainedNetwork.infer(manager, generator, codes).get(0);
    Criteria<NDList, NDList> criteria =
        Criteria.builder()
            .setTypes(NDList.class, NDList.class)
            .optModelPath(file)
            .optEngine(NativeEngine.NAME)
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
    Block generator = TrainedNetwork.generator(manager);
    try (Model model = Model.newInstance("exported", Device.cpu(), NativeEngine.NAME)) {
      try (InputStream in =
          Files.newInputStream(
              TrainedNetwork.writeModule(
                  folder, ExportAssertions.exportOf(generator, TrainedNetwork.CODES), Map.of()))) {
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
  void anExportedDiscriminatorHasTheOutputsScoresAndFeatures(NDManager manager) {
    Shape images = new Shape(2, 1, 4, 4);
    SequentialBlock trunk =
        new SequentialBlock()
            .add(new Pointwise(x -> x.mul(0.3), "x * 0.3"))
            .add(new Convolution(3, new FilterWindow(4, 2, 1), false))
            .add(new BatchNorm())
            .add(new Dropout(0.5, () -> new RandomStreams(3).at("dropout")));
    Block head = new SequentialBlock().add(new Flatten()).add(Linear.builder().setUnits(1).build());
    Block network = TrainedNetwork.of(manager, new HeadedNetwork(trunk, head), images);
    ExportAssertions.assertSameOutputs(manager, network, new NDList(manager.randomNormal(images)));
  }

  @Test
  void aBlockWithTwoInputsCanBeExported(NDManager manager) {
    Shape[] inputs = {new Shape(2, 3), new Shape(2, 3)};
    Block difference = new DifferenceBlock();
    difference.initialize(manager, DataType.FLOAT32, inputs);
    ExportAssertions.assertSameOutputs(
        manager,
        difference,
        new NDList(manager.randomNormal(inputs[0]), manager.randomNormal(inputs[1])));
  }

  @Test
  void float32AndFloat64WeightsCanBeExported(NDManager manager) {
    for (DataType type : List.of(DataType.FLOAT32, DataType.FLOAT64)) {
      Block linear = Linear.builder().setUnits(4).build();
      linear.initialize(manager, type, new Shape(2, 3));
      ExportAssertions.assertSameOutputs(
          manager, linear, new NDList(manager.randomNormal(0, 1, new Shape(2, 3), type, null)));
    }
  }

  @Test
  void layersOfTheSameTypeShareTheirSource(NDManager manager) {
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
    NetworkExport network =
        ExportAssertions.exportOf(TrainedNetwork.generator(manager), TrainedNetwork.CODES);
    byte[] first =
        Files.readAllBytes(TrainedNetwork.writeModule(folder, network, Map.of("note", "kept")));
    assertArrayEquals(
        first,
        Files.readAllBytes(TrainedNetwork.writeModule(folder, network, Map.of("note", "kept"))));
  }

  @Test
  void portsNamedLikeKeywordsBecomeArguments(NDManager manager) {
    Block linear = Linear.builder().setUnits(4).build();
    linear.initialize(manager, DataType.FLOAT32, new Shape(2, 3));
    for (String port : List.of("class", "1st word", "self", "torch", "lambda")) {
      Path file =
          TrainedNetwork.writeModule(
              folder,
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

  @Test
  void savedWeightsHaveTheirNamesInTheBlockTree(NDManager manager) throws IOException {
    Block network = TrainedNetwork.generator(manager);
    Path file = folder.resolve("weights.safetensors");
    try (OutputStream out = Files.newOutputStream(file)) {
      ExportAssertions.exportOf(network, TrainedNetwork.CODES).writeWeights(out);
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
}
