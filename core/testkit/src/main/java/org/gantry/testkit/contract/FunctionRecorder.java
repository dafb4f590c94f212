package org.gantry.testkit.contract;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.gantry.graph.Graph;
import org.gantry.graph.Signal;
import org.gantry.testkit.ArrayAssertions;

/** Records the functions that a component adds to a graph, and their arguments in a training. */
final class FunctionRecorder {

  private final Map<Function<List<NDArray>, NDArray>, FiniteDifferences> calls =
      new LinkedHashMap<>();

  /** Returns a view of a graph that records the functions added through it. */
  Graph recordingGraph(Graph graph) {
    return (Graph)
        Proxy.newProxyInstance(
            FunctionRecorder.class.getClassLoader(),
            new Class<?>[] {Graph.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("map") || method.getName().equals("combine")) {
                return graph.combine(
                    (String) arguments[0],
                    recorded((String) arguments[0], list(arguments[1])),
                    signals(arguments));
              }
              try {
                return method.invoke(graph, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /** Returns the recorded functions, each with its last arguments. */
  List<FiniteDifferences> functions() {
    return List.copyOf(calls.values());
  }

  private Function<List<NDArray>, NDArray> recorded(
      String name, Function<List<NDArray>, NDArray> function) {
    return arguments -> {
      // The graph infers shapes by calls with zeros, where many functions have no gradient.
      boolean zeros = arguments.stream().allMatch(a -> a.countNonzero().getLong() == 0);
      if (!zeros && arguments.stream().allMatch(a -> a.getDataType() == DataType.FLOAT32)) {
        calls.put(
            function,
            new FiniteDifferences(
                name,
                function,
                arguments.stream().map(ArrayAssertions::toDoubles).toList(),
                arguments.stream().map(NDArray::getShape).toList()));
      }
      return function.apply(arguments);
    };
  }

  /** Converts a function of one, two or a list of arrays to a function of a list. */
  @SuppressWarnings("unchecked")
  private static Function<List<NDArray>, NDArray> list(Object function) {
    if (function instanceof UnaryOperator<?> unary) {
      return a -> ((UnaryOperator<NDArray>) unary).apply(a.get(0));
    } else if (function instanceof BinaryOperator<?> binary) {
      return a -> ((BinaryOperator<NDArray>) binary).apply(a.get(0), a.get(1));
    }
    return (Function<List<NDArray>, NDArray>) function;
  }

  private static Signal[] signals(Object[] arguments) {
    if (arguments[2] instanceof Signal[] signals) {
      return signals;
    }
    List<Signal> signals = new ArrayList<>();
    for (int i = 2; i < arguments.length; i++) {
      signals.add((Signal) arguments[i]);
    }
    return signals.toArray(new Signal[0]);
  }

  /**
   * Fails unless each function is pure and returns float32 for float32. The result must belong to
   * the manager of the arguments.
   */
  void requirePure() throws Exception {
    for (FiniteDifferences call : functions()) {
      TensorScope.runRecorded(manager -> requirePure(call, manager));
    }
  }

  private static void requirePure(FiniteDifferences call, NDManager manager) {
    List<NDArray> arguments = new ArrayList<>();
    for (int i = 0; i < call.values().size(); i++) {
      Shape shape = call.shapes().get(i);
      arguments.add(
          manager.create(call.values().get(i)).reshape(shape).toType(DataType.FLOAT32, true));
    }
    NDArray first = call.function().apply(arguments);
    ContractAssertions.require(
        first.getDataType() == DataType.FLOAT32,
        "%s returns %s for float32; a scalar array times a Java double is float64, so make the"
            + " factor a float",
        call.name(),
        first.getDataType());
    ContractAssertions.require(
        first.getManager() == manager, "the result of %s belongs to another manager", call.name());
    for (int i = 0; i < arguments.size(); i++) {
      ContractAssertions.requireClose(
          0,
          call.values().get(i),
          ArrayAssertions.toDoubles(arguments.get(i)),
          "argument %d after a call of %s".formatted(i + 1, call.name()));
    }
    double[] second = ArrayAssertions.toDoubles(call.function().apply(arguments));
    ContractAssertions.requireClose(
        0, ArrayAssertions.toDoubles(first), second, "the second result of " + call.name());
  }
}
