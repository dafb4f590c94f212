package org.gantry.plugin.gradientpenalty;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.gantry.component.UnusableComponentException;
import org.gantry.graph.Example;
import org.gantry.graph.FakeExample;
import org.gantry.graph.Graph;
import org.gantry.graph.Network;
import org.gantry.graph.Signal;
import org.gantry.loss.ScoreLoss;

/** How steeply a discriminator's score rises around an example, and what can be asked of that. */
final class InputGradientNorm {

  private InputGradientNorm() {}

  /**
   * Which of an example's signals tell real from fake. What both sides share, such as a condition,
   * is given and not judged, so no slope along it is asked for.
   */
  static List<Integer> comparedPorts(Example real, List<FakeExample> fakes) {
    List<Integer> ports =
        IntStream.range(0, real.signals().size())
            .filter(
                i ->
                    fakes.stream()
                        .anyMatch(f -> f.example().signals().get(i) != real.signals().get(i)))
            .boxed()
            .toList();
    if (ports.isEmpty()) {
      throw new UnusableComponentException(
          "real and fake examples are the same signals, so there is no slope between");
    }
    return ports;
  }

  /**
   * An example with the signals at the given ports replaced.
   *
   * @param replacement by port
   */
  static Example replaceSignals(
      Example example, List<Integer> ports, IntFunction<Signal> replacement) {
    List<Signal> signals = new ArrayList<>(example.signals());
    ports.forEach(i -> signals.set(i, replacement.apply(i)));
    return new Example(signals);
  }

  /**
   * An example in which no signal of the given ports depends on another, as a code does on its
   * sample: where there are several, copies, at the price of one more pass of the discriminator.
   */
  static Example independentCopies(Graph graph, Example example, List<Integer> ports) {
    return ports.size() == 1
        ? example
        : replaceSignals(
            example, ports, i -> graph.map("point", NDArray::duplicate, example.signals().get(i)));
  }

  /**
   * A function of the gradient of the score at an example, with respect to the signals at the given
   * ports.
   *
   * @param function from squared norms, shape (batch / packed), to a scalar
   */
  static Signal penalty(
      Graph graph,
      String name,
      Network discriminator,
      Example example,
      List<Integer> ports,
      UnaryOperator<NDArray> function) {
    return graph.map(
        name, function, squaredNorms(graph, name + "-slope", discriminator, example, ports));
  }

  /**
   * The squared norms of the scores' gradients at an example, with respect to the signals at the
   * given ports, shape (batch / packed).
   */
  static Signal squaredNorms(
      Graph graph, String name, Network discriminator, Example example, List<Integer> ports) {
    Signal score = discriminator.apply(example).get(ScoreLoss.SCORE);
    Signal[] gradients =
        ports.stream()
            .map(i -> graph.gradient(score, example.signals().get(i)))
            .toArray(Signal[]::new);
    int packed = discriminator.packSize();
    return graph.combine(name, g -> squaredNorm(g, packed), gradients);
  }

  /**
   * The squared Euclidean norm of the gradient of each score, over all that it was given for.
   *
   * @param gradients each of shape (batch, ...)
   * @param packed how many consecutive samples a score is given for
   * @return shape (batch / packed)
   */
  static NDArray squaredNorm(List<NDArray> gradients, int packed) {
    NDArray sum = null;
    for (NDArray gradient : gradients) {
      NDArray rows = gradient.reshape(gradient.getShape().get(0) / packed, -1);
      NDArray squares = rows.square().sum(new int[] {1});
      sum = sum == null ? squares : sum.add(squares);
    }
    return sum;
  }

  /**
   * Numbers in [0, 1), one for each score: the samples that are scored together share theirs.
   *
   * @return shape (batch / packed)
   */
  static Signal uniformPerScore(Graph graph, String name, Network discriminator) {
    return graph.uniform(name, new Shape(graph.batch() / discriminator.packSize()));
  }

  /**
   * Numbers shaped to be multiplied with samples.
   *
   * @param numbers shape (n)
   * @param samples shape (n packed, ...)
   * @return shape (n packed, 1, ...), each number for that many consecutive samples
   */
  static NDArray perSample(NDArray numbers, NDArray samples) {
    long[] shape = new long[samples.getShape().dimension()];
    Arrays.fill(shape, 1);
    shape[0] = samples.getShape().get(0);
    return numbers.repeat(0, shape[0] / numbers.size()).reshape(shape);
  }

  /**
   * The mean squared deviation of norms from a target.
   *
   * @param squared squared norms, shape (batch)
   * @param target the norm wanted
   * @param oneSided whether norms below the target are fine
   * @return a scalar
   */
  static NDArray meanSquaredDeviation(NDArray squared, double target, boolean oneSided) {
    // The root's derivative at zero is infinite; the summand keeps a flat start finite.
    NDArray excess = squared.add(1e-12).sqrt().sub(target);
    return (oneSided ? excess.maximum(0) : excess).square().mean();
  }
}
