package org.gantry.export;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gantry.tensor.Autograd;
import org.gantry.tensor.Kernel;
import org.gantry.tensor.NativeEngine;

/** A TorchScript module as a layer. Its weights are parameters of the layer if they train. */
final class ModuleBlock extends AbstractBlock {

  /** Lets arrays share the memory of others, so that a module reads what is there at each call. */
  private static final String SHARE =
      """
      def forward(self, arrays: List[Tensor], others: List[Tensor]) -> Tensor:
        for i in range(len(arrays)):
          torch.set_data(arrays[i], others[i])
        return arrays[0]
      """;

  private final Path file;
  private final List<Parameter> weights = new ArrayList<>();
  private final Map<List<Shape>, Shape[]> outputShapes = new HashMap<>();
  private ImportedModule module;
  private NDList moduleWeights;

  /** A second module with the weights that inference uses in place of those that train. */
  private ImportedModule other;

  private NDList otherWeights;

  /** A layer without parameters, which keeps its weights. */
  ModuleBlock(Path file) {
    this.file = file;
  }

  /**
   * A layer whose weights train.
   *
   * @throws ExportException if the file cannot be loaded, or has weights of another type than
   *     float32
   */
  static ModuleBlock withWeights(Path file) {
    ModuleBlock block = new ModuleBlock(file);
    try (NDManager manager = NativeEngine.newManager();
        ImportedModule read = ImportedModule.load(manager, file)) {
      read.weights(manager).forEach(block::addWeight);
    }
    return block;
  }

  private void addWeight(NDArray array) {
    if (array.getDataType() != DataType.FLOAT32) {
      throw new ExportException(
          "%s has weights of the type %s at %s; only float32 can train, so freeze the network"
              .formatted(file, array.getDataType(), array.getName()));
    }
    int index = weights.size();
    weights.add(
        addParameter(
            Parameter.builder()
                .setName(parameterName(array.getName()))
                .setType(Parameter.Type.OTHER)
                .optShape(array.getShape())
                .optInitializer((manager, shape, type) -> weight(manager, index))
                .build()));
  }

  /** The weights of one layer of the module are one layer here: names end in {@code _weight}. */
  private static String parameterName(String name) {
    return name.replaceFirst("\\.([^.]*)$", "_$1");
  }

  private NDArray weight(NDManager manager, int index) {
    load(manager);
    return moduleWeights.get(index);
  }

  private void load(NDManager manager) {
    if (module == null) {
      module = ImportedModule.load(manager, file);
      moduleWeights = weights.isEmpty() ? new NDList() : module.weights(manager);
    }
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    load(manager);
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> options) {
    NDList values = new NDList();
    weights.forEach(w -> values.add(store.getValue(w, inputs.head().getDevice(), training)));
    return moduleWith(values).call(inputs.head().getManager(), inputs.toArray(new NDArray[0]));
  }

  private ImportedModule moduleWith(NDList values) {
    if (isSame(values, moduleWeights)) {
      return module;
    }
    if (!isSame(values, otherWeights)) {
      share(values);
    }
    return other;
  }

  private static boolean isSame(NDList values, NDList others) {
    if (others == null) {
      return false;
    }
    for (int i = 0; i < values.size(); i++) {
      if (values.get(i) != others.get(i)) {
        return false;
      }
    }
    return true;
  }

  private void share(NDList values) {
    NDManager manager = moduleWeights.head().getManager();
    boolean recording = Autograd.setRecording(false);
    try (NDManager scratch = manager.newSubManager();
        Kernel share = Kernel.load(scratch, SHARE)) {
      other = other == null ? ImportedModule.load(manager, file) : other;
      share.call(scratch, List.of(other.weights(scratch), values));
      otherWeights = values;
    } finally {
      Autograd.setRecording(recording);
    }
  }

  /** The shapes of the outputs, found by applying the module to zeros. */
  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return outputShapes.computeIfAbsent(List.of(inputs), this::applyToZeros).clone();
  }

  private Shape[] applyToZeros(List<Shape> inputs) {
    boolean recording = Autograd.setRecording(false);
    try (NDManager manager = NativeEngine.newManager();
        ImportedModule tried = ImportedModule.load(manager, file)) {
      NDArray[] zeros = inputs.stream().map(manager::zeros).toArray(NDArray[]::new);
      return tried.call(manager, zeros).getShapes();
    } finally {
      Autograd.setRecording(recording);
    }
  }
}
