package org.gantry.runs.search;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.gantry.component.UnusableComponentException;
import org.gantry.sampler.ModelInput;
import org.gantry.sampler.ModelUse;
import org.gantry.sampler.SamplingProgress;
import org.gantry.sampler.TrainedModel;
import org.gantry.tensor.FloatArrays;

/**
 * Finds the code whose sample comes closest to a given one, by gradients in the space of the codes.
 * The objective of Yeh et al. (arXiv:1607.07539, section 3) adds the judgement of the discriminator
 * to the squared distance, so that what is not given looks real. Not thread-safe.
 */
public final class CodeSearch {

  /** So many random codes are compared for each one that a search starts from. */
  private static final int DRAWN_PER_START = 16;

  private final TrainedModel model;
  private final ModelUse use;
  private final ModelInput code;
  private final Map<String, NDArray> given;
  private final Optional<String> judge;

  /**
   * Prepares searches.
   *
   * @param model the networks; their manager owns nothing more after each search
   * @param use what the samples are; made of one code, and of inputs that are given
   * @param given a value of shape (1, ...) for each other input, by name
   * @param judge the role of a discriminator that scores samples alone, if there is one
   * @throws UnusableComponentException if the use is not made of just one code
   */
  public CodeSearch(
      TrainedModel model, ModelUse use, Map<String, NDArray> given, Optional<String> judge) {
    List<ModelInput> codes = use.codes();
    if (codes.size() != 1) {
      throw new UnusableComponentException(
          "a code can be searched where samples are made of one, and %s is made of %s"
              .formatted(
                  use.name(),
                  codes.isEmpty()
                      ? "none"
                      : "the codes " + codes.stream().map(ModelInput::name).toList()));
    }
    this.model = model;
    this.use = use;
    this.code = codes.get(0);
    this.given = Map.copyOf(given);
    this.judge = judge;
  }

  /** Returns the network of the run that predicts codes, if it has one. */
  public Optional<CodePredictor> predictor() {
    return CodePredictor.find(model, use);
  }

  /** Returns the sample of a code, without a search. */
  public FoundSample at(SearchTarget target, float[] code) {
    try (NDManager scratch = model.manager().newSubManager()) {
      float[] sample = samples(scratch, new float[][] {code})[0];
      return new FoundSample(target, code, sample, target.difference(sample));
    }
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
    try (NDManager scratch = model.manager().newSubManager()) {
      float[][] drawn =
          Stream.of(given, draw(settings.restarts() * DRAWN_PER_START))
              .flatMap(Arrays::stream)
              .toArray(float[][]::new);
      float[][] samples = samples(scratch, drawn);
      Integer[] order = order(target, samples);
      float[][] codes =
          IntStream.range(0, settings.restarts())
              .mapToObj(i -> drawn[order[i]].clone())
              .toArray(float[][]::new);
      improve(scratch, target, settings, codes, progress, stop);
      float[][] improved = samples(scratch, codes);
      int best = order(target, improved)[0];
      double first = target.difference(samples[order[0]]);
      return target.difference(improved[best]) <= first
          ? new FoundSample(target, codes[best], improved[best], first)
          : new FoundSample(target, drawn[order[0]], samples[order[0]], first);
    }
  }

  /** The indices of samples, the closest first. */
  private static Integer[] order(SearchTarget target, float[][] samples) {
    Integer[] order = IntStream.range(0, samples.length).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingDouble(i -> target.difference(samples[i])));
    return order;
  }

  private float[][] draw(int count) {
    try (NDArray drawn = model.drawCodes(code, count)) {
      return rows(drawn);
    }
  }

  private float[][] samples(NDManager scratch, float[][] codes) {
    float[][] samples = new float[codes.length][];
    for (int from = 0; from < codes.length; from += DRAWN_PER_START) {
      float[][] some =
          Arrays.copyOfRange(codes, from, Math.min(codes.length, from + DRAWN_PER_START));
      try (NDManager chunk = scratch.newSubManager()) {
        float[][] made = rows(make(array(chunk, some), some.length));
        System.arraycopy(made, 0, samples, from, made.length);
      }
    }
    return samples;
  }

  private NDArray make(NDArray codes, int count) {
    Map<String, NDArray> inputs = new LinkedHashMap<>();
    given.forEach(
        (name, value) -> {
          NDArray repeated = value.repeat(0, count);
          repeated.attach(codes.getManager());
          inputs.put(name, repeated);
        });
    inputs.put(code.name(), codes);
    NDArray made = model.make(use, inputs);
    made.attach(codes.getManager());
    return made;
  }

  private void improve(
      NDManager scratch,
      SearchTarget target,
      SearchSettings settings,
      float[][] codes,
      SamplingProgress progress,
      BooleanSupplier stop) {
    CodeUpdate update = new CodeUpdate(settings.optimizer(), codes.length, codes[0].length);
    for (int step = 1; step <= settings.steps() && !stop.getAsBoolean(); step++) {
      float[][] gradients = gradients(scratch, target, settings.realism(), codes);
      update.move(codes, gradients, step, settings.steps(), settings.rate());
      progress.report(step, settings.steps());
    }
  }

  private float[][] gradients(
      NDManager scratch, SearchTarget target, double realism, float[][] codes) {
    try (NDManager pass = scratch.newSubManager()) {
      NDArray wanted = array(pass, target.values(), codes.length);
      NDArray known = array(pass, target.known(), codes.length);
      UnaryOperator<NDArray> function =
          at -> {
            // What is computed of it then ends with the step.
            at.attach(pass);
            NDArray made = make(at, codes.length);
            Optional<NDArray> scores =
                realism == 0 ? Optional.empty() : judge.map(r -> score(r, made));
            return objective(made, wanted, known, scores, realism);
          };
      NDArray gradient = model.gradient(function, array(pass, codes));
      gradient.attach(pass);
      return rows(gradient);
    }
  }

  private NDArray score(String role, NDArray made) {
    NDList outputs = model.apply(role, made);
    outputs.attach(made.getManager());
    return outputs.get(0);
  }

  /**
   * The objective, summed over the samples: the squared distance over the values that count, and
   * the cross entropy of the scores as of real samples.
   *
   * @param scores logits of shape (n, ...); empty for the distance alone
   * @param realism the share of the cross entropy
   */
  static NDArray objective(
      NDArray made, NDArray wanted, NDArray known, Optional<NDArray> scores, double realism) {
    NDArray distance = made.sub(wanted).mul(known).square().sum();
    return scores
        .map(
            logits ->
                distance
                    .mul((float) (1 - realism))
                    .add(Activation.softPlus(logits.neg()).sum().mul((float) realism)))
        .orElse(distance);
  }

  /** Codes as an array of shape (count, ...). */
  private NDArray array(NDManager manager, float[][] codes) {
    return FloatArrays.fill(
        manager,
        new Shape(codes.length).addAll(code.field().shape()),
        buffer -> {
          for (float[] each : codes) {
            buffer.put(each);
          }
        });
  }

  /** The same sample in each row. */
  private NDArray array(NDManager manager, float[] sample, int count) {
    return FloatArrays.fill(
        manager,
        new Shape(count).addAll(use.output().shape()),
        buffer -> {
          for (int i = 0; i < count; i++) {
            buffer.put(sample);
          }
        });
  }

  private static float[][] rows(NDArray array) {
    int count = Math.toIntExact(array.getShape().get(0));
    float[][] rows = new float[count][];
    for (int i = 0; i < count; i++) {
      try (NDArray row = array.get(new NDIndex("{}", i))) {
        rows[i] = row.toFloatArray();
      }
    }
    return rows;
  }
}
