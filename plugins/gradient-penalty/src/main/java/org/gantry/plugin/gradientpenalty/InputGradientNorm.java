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

/** The gradient of a discriminator's score with respect to its input, and penalties on its norm. */
final class InputGradientNorm {

  private InputGradientNorm() {}

  /**
   * The ports at which real and fake examples differ. Signals that both share are not compared, so
   * penalties ignore the gradient along them. Conditions are not compared either, because no
   * samples lie between two labels or texts.
   */
  static List<Integer> comparedPorts(Example real, List<FakeExample> fakes) {
    List<Integer> ports =
        IntStream.range(0, real.signals().size())
            .filter(i -> !real.signals().get(i).type().isCondition())
            .filter(
                i ->
                    fakes.stream()
                        .anyMatch(f -> f.example().signals().get(i) != real.signals().get(i)))
            .boxed()
            .toList();
    if (ports.isEmpty()) {
      throw new UnusableComponentException(
          "real and fake examples are the same signals, so there is nothing to penalise");
    }
    return ports;
  }

  /** Whether a fake differs from the real example in more than its condition. */
  static boolean isOtherSample(Example real, FakeExample fake) {
    return IntStream.range(0, real.signals().size())
        .anyMatch(
            i ->
                !real.signals().get(i).type().isCondition()
                    && fake.example().signals().get(i) != real.signals().get(i));
  }

  /**
   * Replaces the signals of an example at the given ports.
   *
   * @param replacement from the port to its signal
   */
  static Example replaceSignals(
      Example example, List<Integer> ports, IntFunction<Signal> replacement) {
    List<Signal> signals = new ArrayList<>(example.signals());
    ports.forEach(i -> signals.set(i, replacement.apply(i)));
    return new Example(signals);
  }

  /**
   * An example in which no signal at the given ports depends on another one, as a code does on its
   * sample. Several ports need copies, which cost one more pass of the discriminator.
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
   * @param function from squared norms, shape (batch / pack size), to a scalar
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
   * The squared norms of the gradients of the scores at an example, with respect to the signals at
   * the given ports, shape (batch / pack size).
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
   * The squared Euclidean norm of the gradient of each score, over all inputs of the score.
   *
   * @param gradients each of shape (batch, ...)
   * @param packed the number of consecutive samples per score
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
   * Uniform numbers in [0, 1), one per score. Samples that share a score share the number.
   *
   * @return shape (batch / pack size)
   */
  static Signal uniformPerScore(Graph graph, String name, Network discriminator) {
    return graph.uniform(name, new Shape(graph.batch() / discriminator.packSize()));
  }

  /**
   * Reshapes numbers so that they broadcast over samples.
   *
   * @param numbers shape (n)
   * @param samples shape (n packed, ...)
   * @return shape (n packed, 1, ...), each number repeated for that many consecutive samples
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
   * @param target the target norm
   * @param oneSided whether norms below the target have no penalty
   * @return a scalar
   */
  static NDArray meanSquaredDeviation(NDArray squared, double target, boolean oneSided) {
    // The derivative of the root is infinite at zero; the constant keeps it finite.
    NDArray excess = squared.add(1e-12).sqrt().sub(target);
    return (oneSided ? excess.maximum(0) : excess).square().mean();
  }
}
