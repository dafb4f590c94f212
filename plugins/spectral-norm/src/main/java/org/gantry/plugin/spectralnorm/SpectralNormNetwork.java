package org.gantry.plugin.spectralnorm;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.NormalInitializer;
import ai.djl.util.PairList;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gantry.export.ScriptWriter;
import org.gantry.export.ScriptableBlock;
import org.gantry.layers.TransposedConvolution;
import org.gantry.plugin.spectralnorm.PowerIteration.OutputAxis;
import org.gantry.tensor.Autograd;

/**
 * A network that computes with normalised weights. Wherever a child block asks for a weight with at
 * least two axes, it gets the weight divided by its largest singular value.
 *
 * <p>It has parameters without gradients: {@code u1}, {@code u2} and so on, the vectors of the
 * power iteration of each weight, of shape (outputs).
 */
final class SpectralNormNetwork extends AbstractBlock implements ScriptableBlock {

  /** The iterations before the first pass, which bring sigma near the largest singular value. */
  private static final int WARM_UP = 15;

  /** A weight of the network and the vector of its power iteration. */
  private record NormalizedWeight(Parameter weight, OutputAxis outputs, Parameter u) {}

  private final Block network;
  private final double norm;
  private final List<NormalizedWeight> layers = new ArrayList<>();
  private final Map<OutputAxis, PowerIteration> spectra = new EnumMap<>(OutputAxis.class);

  /**
   * Wraps a network.
   *
   * @param norm the largest singular value of each normalised weight
   */
  SpectralNormNetwork(Block network, double norm) {
    this.network = addChildBlock("network", network);
    this.norm = norm;
    collect(network);
  }

  private void collect(Block block) {
    OutputAxis outputs =
        block instanceof TransposedConvolution ? OutputAxis.SECOND : OutputAxis.FIRST;
    for (Parameter parameter : block.getDirectParameters().values()) {
      if (parameter.getType() == Parameter.Type.WEIGHT && parameter.requiresGradient()) {
        Parameter u =
            Parameter.builder()
                .setName("u" + (layers.size() + 1))
                .setType(Parameter.Type.OTHER)
                .optInitializer(new NormalInitializer(1))
                .optRequiresGrad(false)
                .build();
        layers.add(new NormalizedWeight(parameter, outputs, addParameter(u)));
      }
    }
    block.getChildren().values().forEach(this::collect);
  }

  /** The number of normalised weights. */
  int weightCount() {
    return layers.size();
  }

  @Override
  public void initialize(NDManager manager, DataType type, Shape... inputs) {
    network.initialize(manager, type, inputs);
    for (NormalizedWeight layer : layers) {
      layer.u().setShape(new Shape(layer.weight().getShape().get(layer.outputs().axis())));
    }
    super.initialize(manager, type, inputs);
    spectra.values().forEach(PowerIteration::close);
    for (OutputAxis outputs : OutputAxis.values()) {
      spectra.put(outputs, new PowerIteration(manager, outputs, norm));
    }
    for (int i = 0; i < WARM_UP; i++) {
      iterate();
    }
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    // initialize() does it first, because the vectors take their shapes from the weights.
  }

  /** Moves the vectors by one iteration. */
  void iterate() {
    layers.forEach(layer -> iterate(layer, layer.weight().getArray(), layer.u().getArray()));
  }

  private void iterate(NormalizedWeight layer, NDArray weight, NDArray u) {
    boolean recording = Autograd.setRecording(false);
    try {
      spectra.get(layer.outputs()).iterate(weight, u);
    } finally {
      Autograd.setRecording(recording);
    }
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> options) {
    NDManager into = inputs.head().getManager();
    Map<String, NDArray> normalized = new HashMap<>();
    for (NormalizedWeight layer : layers) {
      NDArray weight = store.getValue(layer.weight(), into.getDevice(), training);
      NDArray u = store.getValue(layer.u(), into.getDevice(), training);
      if (training && u != layer.u().getArray()) {
        // u is a copy for other weights, such as averaged ones, so it has to be iterated for them.
        iterate(layer, weight, u);
      }
      normalized.put(
          layer.weight().getId(), spectra.get(layer.outputs()).normalized(into, weight, u));
    }
    ParameterStore replaced =
        new ParameterStore(into, false) {
          @Override
          public NDArray getValue(Parameter parameter, Device device, boolean train) {
            NDArray value = parameter == null ? null : normalized.get(parameter.getId());
            return value == null ? store.getValue(parameter, device, train) : value;
          }
        };
    return network.forward(replaced, inputs, training);
  }

  @Override
  public List<ScriptWriter.ScriptValue> writeScript(
      ScriptWriter script, List<ScriptWriter.ScriptValue> inputs) {
    Map<Parameter, ScriptWriter.ScriptValue> normalized = new HashMap<>();
    for (NormalizedWeight layer : layers) {
      normalized.put(
          layer.weight(),
          script.call(layer.outputs().normalized(norm), List.of(layer.weight(), layer.u())).get(0));
    }
    return script.apply(network, inputs, normalized);
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return network.getOutputShapes(inputs);
  }
}
