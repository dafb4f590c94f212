package org.gantry.search;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.DatasetField;
import org.gantry.sampler.ModelInput;
import org.gantry.sampler.ModelUse;
import org.gantry.sampler.TrainedModel;
import org.gantry.tensor.FloatArrays;
import org.gantry.tensor.HeldMemory;

/** The codes of a generator, with its samples, costs and gradients. Not thread-safe. */
public final class CodeSpace {

  /** So many samples are made together. */
  private static final int CHUNK = 16;

  private final TrainedModel model;
  private final ModelUse use;
  private final ModelInput code;
  private final Map<String, NDArray> given;
  private final Optional<String> judge;

  /**
   * Creates the space of the codes of a use.
   *
   * @param model the networks; their manager owns nothing more after each call
   * @param use what the samples are; made of one code, and of inputs that are given
   * @param given a value of shape (1, ...) for each other input, by name
   * @param judge the role of a discriminator that scores samples alone, if there is one
   * @throws UnusableComponentException if the use is not made of just one code
   */
  public CodeSpace(
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

  /** Returns what the samples are. */
  public DatasetField output() {
    return use.output();
  }

  /** Returns the network that predicts codes, if the run has one. */
  Optional<CodePredictor> predictor() {
    return CodePredictor.find(model, use);
  }

  /** Returns the manager of the networks. */
  public NDManager manager() {
    return model.manager();
  }

  /** Returns random codes. More codes begin with the same ones. */
  public float[][] draw(int count) {
    try (NDArray drawn = model.drawCodes(code, count)) {
      return rows(drawn);
    }
  }

  /** Returns the random numbers of a stream, under the seed of the networks. */
  public RandomGenerator random(String stream, long position) {
    return model.randomStreams().at(stream, position);
  }

  /** Returns the samples of codes, in the scale of the data. */
  public float[][] samples(float[][] codes) {
    float[][] samples = new float[codes.length][];
    try (NDManager scratch = model.manager().newSubManager()) {
      for (int from = 0; from < codes.length; from += CHUNK) {
        float[][] some = Arrays.copyOfRange(codes, from, Math.min(codes.length, from + CHUNK));
        try (NDManager chunk = scratch.newSubManager()) {
          float[][] made = rows(make(array(chunk, some), some.length));
          System.arraycopy(made, 0, samples, from, made.length);
        }
      }
    }
    return samples;
  }

  /** Returns the cost of each code. */
  public float[] costs(CodeCost cost, float[][] codes) {
    try (NDManager pass = model.manager().newSubManager()) {
      NDArray at = array(pass, codes);
      return cost.of(at, make(at, codes.length)).toFloatArray();
    }
  }

  /**
   * Computes the gradient of the cost of each code.
   *
   * @param costs receives the costs
   * @return the gradients by code
   */
  float[][] gradients(CodeCost cost, float[][] codes, float[] costs) {
    try (NDManager pass = model.manager().newSubManager()) {
      return HeldMemory.holdWhile(
          () -> {
            NDArray gradient =
                model.gradient(
                    at -> {
                      // What is computed of it then ends with the step.
                      at.attach(pass);
                      NDArray each = cost.of(at, make(at, codes.length));
                      System.arraycopy(each.toFloatArray(), 0, costs, 0, costs.length);
                      return each;
                    },
                    array(pass, codes));
            gradient.attach(pass);
            return rows(gradient);
          });
    }
  }

  /**
   * Returns what the discriminator thinks of samples, as logits.
   *
   * @return shape (n, scores); empty without a discriminator that scores samples alone
   */
  public Optional<NDArray> scores(NDArray samples) {
    return judge.map(
        role -> {
          NDList outputs = model.apply(role, samples);
          outputs.attach(samples.getManager());
          return perSample(outputs.get(0));
        });
  }

  /** Returns values of shape (n, ...) in the shape (n, values of a sample). */
  public static NDArray perSample(NDArray values) {
    long count = values.getShape().get(0);
    return values.reshape(count, values.size() / count);
  }

  /** Returns the same code or sample for comparison with several, of shape (1, ...). */
  public static NDArray one(NDManager manager, Shape shape, float[] values) {
    return FloatArrays.fill(manager, new Shape(1).addAll(shape), into -> into.put(values));
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
