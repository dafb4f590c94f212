package org.gantry.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.Arrays;
import java.util.List;
import org.gantry.layers.Activation;
import org.gantry.layers.BatchNorm;
import org.gantry.layers.Convolution;
import org.gantry.layers.Dropout;
import org.gantry.layers.FilterWindow;
import org.gantry.layers.Flatten;
import org.gantry.layers.HeadedNetwork;
import org.gantry.tensor.Autograd;
import org.gantry.tensor.ComputeDevice;
import org.gantry.tensor.FloatPrecision;
import org.gantry.tensor.RandomStreams;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

@TensorTest
final class NetworkScriptTest {

  private static final Shape IMAGES = new Shape(4, 3, 8, 8);
  private static final ScriptForm PLAIN = new ScriptForm(false, false);
  private static final ScriptForm LAST = new ScriptForm(false, true);
  private static final ScriptForm HALF = new ScriptForm(true, true);

  /** The score of a network, its gradient for the first filters, and its first running means. */
  private record Pass(NDArray score, NDArray gradient, NDArray means) {}

  @Test
  void oneCallGivesTheBitsOfTheLayers(NDManager manager) {
    Block network = initialized(manager, discriminator(), IMAGES);
    NDArray images = manager.randomNormal(IMAGES);

    Pass layers = pass(manager, network, images, null);
    Pass once = pass(manager, network, images, load(manager, network, PLAIN));

    assertClose(0, layers.score(), once.score());
    assertClose(0, layers.gradient(), once.gradient());
    assertClose(0, layers.means(), once.means());
  }

  @Test
  void theLayoutOfImagesChangesNothingButRounding(NDManager manager) {
    Block network = initialized(manager, discriminator(), IMAGES);
    NDArray images = manager.randomNormal(IMAGES);

    Pass layers = pass(manager, network, images, null);
    Pass last = pass(manager, network, images, load(manager, network, LAST));

    assertClose(1e-4f, layers.score(), last.score());
    assertClose(1e-3f, layers.gradient(), last.gradient());
    assertClose(1e-5f, layers.means(), last.means());
  }

  @Test
  void halfFloatsRoundTheResultAndLeaveFloat32Outside(NDManager manager) {
    Block network = initialized(manager, discriminator(), IMAGES);
    NDArray images = manager.randomNormal(IMAGES);
    NetworkScript script = load(manager, network, HALF);

    Pass layers = pass(manager, network, images, null);
    Pass half = pass(manager, network, images, script);

    assertTrue(script.form().half());
    assertClose(0.05f, layers.score(), half.score());
    assertFalse(Arrays.equals(layers.score().toFloatArray(), half.score().toFloatArray()));
    NDArray output = script.forward(new ParameterStore(manager, false), new NDList(images)).get(0);
    assertEquals(DataType.FLOAT32, output.getDataType());
  }

  @Test
  void aNetworkWithDropoutIsComputedLayerByLayer(NDManager manager) {
    Block network =
        new SequentialBlock()
            .add(Linear.builder().setUnits(4).build())
            .add(new Dropout(0.5, () -> new RandomStreams(1).at("dropout")));
    initialized(manager, network, new Shape(2, 3));

    assertTrue(NetworkScript.load(manager, network, shapes(new Shape(2, 3)), PLAIN).isEmpty());
  }

  @Test
  void aNetworkWithALayerOfFloat32ComputesInFloat32(NDManager manager) {
    Block network =
        new SequentialBlock().add(Linear.builder().setUnits(4).build()).add(new FloatProduct());
    initialized(manager, network, new Shape(2, 3));

    NetworkScript script =
        NetworkScript.load(manager, network, shapes(new Shape(2, 3)), HALF).orElseThrow();

    assertFalse(script.form().half());
  }

  @Test
  void theLayoutDependsOnTheChannels(NDManager manager) {
    Block colours = initialized(manager, discriminator(), IMAGES);
    Block greys = initialized(manager, discriminator(), new Shape(4, 1, 8, 8));
    Block dense = initialized(manager, Linear.builder().setUnits(4).build(), new Shape(2, 3));

    assertEquals(LAST, fastest(colours, FloatPrecision.FLOAT32));
    assertEquals(PLAIN, fastest(greys, FloatPrecision.FLOAT32));
    assertEquals(HALF, fastest(greys, FloatPrecision.BF16));
    assertEquals(new ScriptForm(true, false), fastest(dense, FloatPrecision.BF16));
  }

  private static void assertClose(float tolerance, NDArray expected, NDArray actual) {
    if (tolerance == 0) {
      assertArrayEquals(expected.toFloatArray(), actual.toFloatArray());
    } else {
      assertArrayEquals(expected.toFloatArray(), actual.toFloatArray(), tolerance);
    }
  }

  private static ScriptForm fastest(Block network, FloatPrecision precision) {
    return ScriptForm.fastest(network, ComputeDevice.CPU, precision);
  }

  private static NetworkScript load(NDManager manager, Block network, ScriptForm form) {
    return NetworkScript.load(manager, network, shapes(IMAGES), form).orElseThrow();
  }

  private static Shape[] shapes(Shape shape) {
    return new Shape[] {shape};
  }

  private static Block discriminator() {
    Block trunk =
        new SequentialBlock()
            .add(new Convolution(8, new FilterWindow(4, 2, 1), false))
            .add(new BatchNorm())
            .add(Activation.LEAKY_RELU.layer())
            .add(new Convolution(16, new FilterWindow(4, 2, 1), true))
            .add(Activation.LEAKY_RELU.layer());
    Block head = new SequentialBlock().add(new Flatten()).add(Linear.builder().setUnits(1).build());
    return new HeadedNetwork(trunk, head);
  }

  private static Block initialized(NDManager manager, Block network, Shape shape) {
    network.initialize(manager, DataType.FLOAT32, shape);
    network
        .getParameters()
        .values()
        .forEach(p -> p.getArray().setRequiresGradient(p.requiresGradient()));
    return network;
  }

  /** A pass in training, by a script or layer by layer; the statistics start at zero. */
  private static Pass pass(NDManager manager, Block network, NDArray images, NetworkScript script) {
    List<Parameter> parameters = network.getParameters().values();
    NDArray filters = parameters.get(0).getArray();
    NDArray means =
        parameters.stream()
            .filter(p -> p.getType() == Parameter.Type.RUNNING_MEAN)
            .findFirst()
            .orElseThrow()
            .getArray();
    boolean recording = Autograd.setRecording(false);
    means.muli(0);
    Autograd.setRecording(true);
    try (Autograd autograd = new Autograd(manager)) {
      ParameterStore store = new ParameterStore(manager, false);
      NDList inputs = new NDList(images);
      NDArray score =
          (script == null ? network.forward(store, inputs, true) : script.forward(store, inputs))
              .get(0);
      NDArray gradient = autograd.gradients(manager, score, new NDList(filters)).get(0);
      return new Pass(score, gradient, means.duplicate());
    } finally {
      Autograd.setRecording(recording);
    }
  }

  /** A layer that multiplies by a matrix of float32, even if its input is of bf16. */
  private static final class FloatProduct extends AbstractBlock implements ScriptableBlock {

    @Override
    protected NDList forwardInternal(
        ParameterStore store, NDList inputs, boolean training, PairList<String, Object> options) {
      return inputs;
    }

    @Override
    public boolean scriptsTraining() {
      return true;
    }

    @Override
    public List<ScriptWriter.ScriptValue> writeScript(
        ScriptWriter script, List<ScriptWriter.ScriptValue> inputs) {
      return script.call(
          """
          def forward(self, x: Tensor) -> Tensor:
            return torch.matmul(x, torch.eye(4, dtype=6))
          """,
          inputs);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
      return inputs.clone();
    }
  }
}
