package org.gantry.plugin.virtualbatchnorm;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import ai.djl.util.PairList;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.gantry.export.ScriptWriter;
import org.gantry.export.ScriptableBlock;
import org.gantry.layers.BatchNorm;
import org.gantry.tensor.Autograd;
import org.gantry.tensor.InPlaceCopy;
import org.gantry.tensor.Kernel;

/**
 * A network whose batch normalisations use a fixed reference batch. It processes the reference
 * batch and its input together, and returns the outputs of the input.
 *
 * <p>It has parameters without gradients: {@code reference1} and so on, one per input, of shape (n,
 * ...), and {@code chosen}, which is 1 once the first training pass has filled them.
 */
final class ReferenceBatchNorm extends AbstractBlock implements ScriptableBlock {

  private static final String JOIN =
      """
      def forward(self, reference: Tensor, x: Tensor) -> Tensor:
        return torch.cat([reference, x])
      """;

  private static final String REST =
      """
      def forward(self, y: Tensor) -> Tensor:
        return torch.slice(y, 0, $reference)
      """;

  private final Block network;
  private final int size;
  private final UnaryOperator<NDList> source;
  private final Parameter chosen = stateParameter("chosen");
  private final List<Parameter> references = new ArrayList<>();
  private final int normalisations;
  private Kernel join;
  private Kernel rest;
  private InPlaceCopy inPlace;

  /**
   * Wraps a network and makes its batch normalisations virtual.
   *
   * @param size the number of samples in the reference batch
   * @param source maps the first training input to the source of the reference batch, which has as
   *     many arrays of the same shapes, except for the batch
   */
  ReferenceBatchNorm(Block network, int size, UnaryOperator<NDList> source) {
    this.network = addChildBlock("network", network);
    this.size = size;
    this.source = source;
    addParameter(chosen);
    normalisations = useReference(network, size);
  }

  private static Parameter stateParameter(String name) {
    return Parameter.builder()
        .setName(name)
        .setType(Parameter.Type.OTHER)
        .optInitializer(Initializer.ZEROS)
        .optRequiresGrad(false)
        .build();
  }

  private static int useReference(Block block, int size) {
    int count = 0;
    if (block instanceof BatchNorm normalisation) {
      normalisation.useReferenceBatch(size);
      count++;
    }
    for (Block child : block.getChildren().values()) {
      count += useReference(child, size);
    }
    return count;
  }

  /** The number of batch normalisations. */
  int batchNormCount() {
    return normalisations;
  }

  @Override
  protected void prepare(Shape[] inputs) {
    chosen.setShape(new Shape(1));
    for (int i = 0; i < inputs.length; i++) {
      if (i == references.size()) {
        references.add(addParameter(stateParameter("reference" + (i + 1))));
      }
      references.get(i).setShape(new Shape(size).addAll(inputs[i].slice(1)));
    }
  }

  @Override
  public void initialize(NDManager manager, DataType type, Shape... inputs) {
    super.initialize(manager, type, inputs);
    if (join != null) {
      join.close();
      rest.close();
      inPlace.close();
    }
    join = Kernel.deferred(manager, JOIN);
    rest = Kernel.deferred(manager, rest());
    inPlace = new InPlaceCopy(manager);
  }

  private String rest() {
    return REST.replace("$reference", Integer.toString(size));
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    network.initialize(manager, type, inputs);
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> options) {
    NDManager into = inputs.head().getManager();
    NDList reference = new NDList();
    references.forEach(r -> reference.add(store.getValue(r, into.getDevice(), training)));
    NDArray flag = store.getValue(chosen, into.getDevice(), training);
    if (training && flag.getFloat(0) == 0) {
      fillReference(reference, flag, inputs);
    }
    NDList joined = new NDList();
    for (int i = 0; i < inputs.size(); i++) {
      joined.addAll(join.call(into, List.of(reference.get(i), inputs.get(i))));
    }
    NDList outputs = new NDList();
    for (NDArray output : network.forward(store, joined, training)) {
      outputs.addAll(rest.call(into, List.of(output)));
    }
    return outputs;
  }

  /** Takes the first samples of a batch, and repeats the batch if it is too small. */
  private void fillReference(NDList reference, NDArray flag, NDList inputs) {
    boolean recording = Autograd.setRecording(false);
    try {
      NDList samples = new NDList();
      for (NDArray input : source.apply(inputs)) {
        NDArray rows = input;
        while (rows.getShape().get(0) < size) {
          rows = rows.concat(input);
        }
        samples.add(rows.get(":" + size));
      }
      inPlace.copy(reference, samples);
      inPlace.copy(new NDList(flag), new NDList(samples.head().getManager().ones(new Shape(1))));
    } finally {
      Autograd.setRecording(recording);
    }
  }

  @Override
  public List<ScriptWriter.ScriptValue> writeScript(
      ScriptWriter script, List<ScriptWriter.ScriptValue> inputs) {
    List<ScriptWriter.ScriptValue> joined = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      joined.addAll(script.call(JOIN, List.of(references.get(i), inputs.get(i))));
    }
    List<ScriptWriter.ScriptValue> outputs = new ArrayList<>();
    for (ScriptWriter.ScriptValue output : script.apply(network, joined)) {
      outputs.addAll(script.call(rest(), List.of(output)));
    }
    return outputs;
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return network.getOutputShapes(inputs);
  }
}
