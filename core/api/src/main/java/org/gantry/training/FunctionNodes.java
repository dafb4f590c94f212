package org.gantry.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.function.Function;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.ValueType;
import org.gantry.graph.Signal;
import org.gantry.tensor.Autograd;
import org.gantry.tensor.NativeEngine;

/** The nodes of a graph under construction that compute functions of signals. */
final class FunctionNodes implements AutoCloseable {

  private final BuildContext context;
  private final NDManager scratch = NativeEngine.newManager();

  /** What functions are applied to: each sees as many of these numbers as it needs. */
  private NDArray zeros = scratch.zeros(new Shape(1));

  FunctionNodes(BuildContext context) {
    this.context = context;
  }

  Signal combine(String name, Function<List<NDArray>, NDArray> function, List<NodeOutput> inputs) {
    String unique = context.uniqueName(name);
    return new GraphNode(
            unique,
            new NodeOperation.SignalFunction(function),
            inputs,
            List.of(shapeOf(name, function, inputs)),
            context.contributor())
        .output(0);
  }

  Signal typed(ValueType type, NodeOutput input) {
    return new GraphNode(
            context.uniqueName(input.name()),
            new NodeOperation.TypedValue(type),
            List.of(input),
            List.of(input.shape()),
            context.contributor())
        .output(0);
  }

  Signal gradient(NodeOutput output, NodeOutput input) {
    return new GraphNode(
            context.uniqueName("gradient"),
            new NodeOperation.SignalGradient(),
            List.of(output, input),
            List.of(input.shape()),
            context.contributor())
        .output(0);
  }

  /** The shape of a function's result, found by applying the function to zeros. */
  private Shape shapeOf(
      String name, Function<List<NDArray>, NDArray> function, List<NodeOutput> inputs) {
    boolean recording = Autograd.setRecording(false);
    try (NDManager trial = scratch.newSubManager()) {
      List<NDArray> zeros = inputs.stream().map(i -> zeros(trial, i.shape())).toList();
      NDArray result = function.apply(zeros);
      if (result.getDataType() != DataType.FLOAT32) {
        throw new UnusableComponentException(
            "its function %s gives %s instead of float32; multiply a scalar by a float, not a double"
                .formatted(name, result.getDataType()));
      }
      return result.getShape();
    } catch (UnusableComponentException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new CompositionException(
          "the function %s of %s fails on %s: %s"
              .formatted(name, context.contributor().label(), inputs, e.getMessage()),
          List.of(context.contributor()),
          e);
    } finally {
      Autograd.setRecording(recording);
    }
  }

  /** A view of zeros, which belongs to the manager. New zeros for each input took longer. */
  private NDArray zeros(NDManager trial, Shape shape) {
    if (zeros.size() < shape.size()) {
      zeros.close();
      zeros = scratch.zeros(new Shape(shape.size()));
    }
    NDArray flat = zeros.get(new NDIndex(":{}", shape.size()));
    flat.attach(trial);
    NDArray view = flat.reshape(shape);
    view.attach(trial);
    return view;
  }

  @Override
  public void close() {
    scratch.close();
  }
}
