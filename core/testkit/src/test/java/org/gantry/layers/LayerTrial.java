package org.gantry.layers;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;

/** An initialised layer, with passes in training and in inference. */
record LayerTrial(Block layer, NDManager manager) {

  static LayerTrial of(NDManager manager, Block layer, DataType type, Shape... inputs) {
    layer.initialize(manager, type, inputs);
    return new LayerTrial(layer, manager);
  }

  NDArray train(NDArray input) {
    return pass(input, true, null, null);
  }

  NDArray evaluate(NDArray input) {
    return pass(input, false, null, null);
  }

  /** Does a pass in training in which one parameter has another value. */
  NDArray trainWith(NDArray input, Parameter replaced, NDArray value) {
    return pass(input, true, replaced, value);
  }

  NDArray value(String parameter) {
    return layer.getParameters().get(parameter).getArray();
  }

  private NDArray pass(NDArray input, boolean training, Parameter replaced, NDArray value) {
    ParameterStore store =
        new ParameterStore(manager, false) {
          @Override
          public NDArray getValue(Parameter parameter, Device device, boolean inTraining) {
            return parameter == replaced ? value : super.getValue(parameter, device, inTraining);
          }
        };
    return layer.forward(store, new NDList(input), training).get(0);
  }
}
