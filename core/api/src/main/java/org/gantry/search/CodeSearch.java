package org.gantry.search;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.gantry.sampler.ModelUse;
import org.gantry.sampler.SamplingProgress;
import org.gantry.sampler.TrainedModel;

/**
 * Finds the code whose sample comes closest to a given one, by gradients in the space of the codes.
 * The objective of Yeh et al. (arXiv:1607.07539, section 3) adds the judgement of the discriminator
 * to the squared distance, so that what is not given looks real. Not thread-safe.
 */
public final class CodeSearch {

  /** So many random codes are compared for each one that a search starts from. */
  private static final int DRAWN_PER_START = 16;

  private final CodeSpace space;

  /**
   * Prepares searches.
   *
   * @param model the networks; their manager owns nothing more after each search
   * @param use what the samples are; made of one code, and of inputs that are given
   * @param given a value of shape (1, ...) for each other input, by name
   * @param judge the role of a discriminator that scores samples alone, if there is one
   * @throws org.gantry.component.UnusableComponentException if the use is not made of just one code
   */
  public CodeSearch(
      TrainedModel model, ModelUse use, Map<String, NDArray> given, Optional<String> judge) {
    this(new CodeSpace(model, use, given, judge));
  }

  /** Prepares searches in a space of codes. */
  public CodeSearch(CodeSpace space) {
    this.space = space;
  }

  /** Returns the network of the run that predicts codes, if it has one. */
  public Optional<CodePredictor> predictor() {
    return space.predictor();
  }

  /** Returns the sample of a code, without a search. */
  public FoundSample at(SearchTarget target, float[] code) {
    float[] sample = space.samples(new float[][] {code})[0];
    return new FoundSample(target, code, sample, target.difference(sample));
  }

  /** Searches from random codes. */
  public FoundSample find(
      SearchTarget target,
      SearchSettings settings,
      SamplingProgress progress,
      BooleanSupplier stop) {
    return find(target, settings, new float[0][], progress, stop);
  }

  /**
   * Searches. The codes from which it starts are the best of the given ones and of random ones.
   *
   * @param given codes in addition to the random ones, such as predicted ones
   * @param progress is told after each step
   * @param stop ends the search early, with the best so far
   */
  public FoundSample find(
      SearchTarget target,
      SearchSettings settings,
      float[][] given,
      SamplingProgress progress,
      BooleanSupplier stop) {
    float[][] drawn =
        Stream.of(given, space.draw(settings.restarts() * DRAWN_PER_START))
            .flatMap(Arrays::stream)
            .toArray(float[][]::new);
    float[][] samples = space.samples(drawn);
    Integer[] order = order(target, samples);
    float[][] start =
        IntStream.range(0, settings.restarts())
            .mapToObj(i -> drawn[order[i]])
            .toArray(float[][]::new);
    CodeDescent descent =
        new CodeDescent(
            space,
            cost(target, settings.realism()),
            settings.optimizer(),
            CodeRange.UNLIMITED,
            start);
    descent.run(settings.steps(), settings.rate(), progress, stop);
    float[][] codes = descent.best();
    float[][] improved = space.samples(codes);
    int best = order(target, improved)[0];
    double first = target.difference(samples[order[0]]);
    return target.difference(improved[best]) <= first
        ? new FoundSample(target, codes[best], improved[best], first)
        : new FoundSample(target, drawn[order[0]], samples[order[0]], first);
  }

  /** The indices of samples, the closest first. */
  private static Integer[] order(SearchTarget target, float[][] samples) {
    Integer[] order = IntStream.range(0, samples.length).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingDouble(i -> target.difference(samples[i])));
    return order;
  }

  private CodeCost cost(SearchTarget target, double realism) {
    return (codes, made) -> {
      NDManager pass = made.getManager();
      Shape sample = space.output().shape();
      NDArray wanted = CodeSpace.one(pass, sample, target.values());
      NDArray known = CodeSpace.one(pass, sample, target.known());
      Optional<NDArray> scores = realism == 0 ? Optional.empty() : space.scores(made);
      return objective(made, wanted, known, scores, realism);
    };
  }

  /**
   * The objective of each sample: the squared distance over the values that count, and the cross
   * entropy of the scores as of real samples.
   *
   * @param made shape (n, ...)
   * @param scores logits of shape (n, scores); empty for the distance alone
   * @param realism the share of the cross entropy
   * @return shape (n)
   */
  static NDArray objective(
      NDArray made, NDArray wanted, NDArray known, Optional<NDArray> scores, double realism) {
    NDArray squares = made.sub(wanted).mul(known).square();
    NDArray distance = CodeSpace.perSample(squares).sum(new int[] {1});
    return scores
        .map(
            logits ->
                distance
                    .mul((float) (1 - realism))
                    .add(Activation.softPlus(logits.neg()).sum(new int[] {1}).mul((float) realism)))
        .orElse(distance);
  }
}
