package org.gantry.plugin.randomsampler;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import jakarta.inject.Inject;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.sampler.ModelInput;
import org.gantry.sampler.Sampler;
import org.gantry.sampler.SamplingRequest;
import org.gantry.sampler.TrainedModel;
import org.gantry.tensor.FloatArrays;
import org.gantry.tensor.RandomStreams;

/**
 * Samples along paths between latent codes. Row r leads from code r to code r + 1, including both
 * ends, so each row starts with the last sample of the row above. Paths are straight under a prior
 * that allows it, such as the uniform one, and otherwise arcs.
 *
 * <p>Conditions can lead from one to another, too: each row leads from the condition of its first
 * sample to the condition of its last. Networks then get mixtures of the encoded conditions.
 */
@Component(
    kind = ComponentKind.SAMPLER,
    name = "interpolation",
    summary = "Rows of samples that interpolate between latent codes, or between conditions",
    paper = "arXiv:1511.06434, section 6.1; arXiv:1609.04468, section 2.1")
final class InterpolationSampler implements Sampler {

  record Options(
      @Description("samples per row, including both ends") @DefaultValue("10") @Min(2) int steps,
      @Description(CodeTruncation.MEANING)
          @DefaultValue("1")
          @DecimalMin(value = "0", inclusive = false) @DecimalMax("1") double truncation,
      @Description(
              "a seed for the code at each end, in order and then again from the first; empty for"
                  + " codes of the seed of the sampling")
          @DefaultValue("[]")
          List<Long> seeds,
      @Description("whether the code stays along a row") @DefaultValue("false") boolean sameCode,
      @Description("whether conditions lead from the first sample of a row to its last")
          @DefaultValue("false")
          boolean betweenConditions) {}

  private final Options options;

  @Inject
  InterpolationSampler(Options options) {
    this.options = options;
  }

  @Override
  public int rowLength() {
    return options.steps();
  }

  @Override
  public NDArray sample(SamplingRequest request) {
    TrainedModel model = request.model();
    try (NDManager scratch = model.manager().newSubManager()) {
      Map<String, NDArray> inputs = new LinkedHashMap<>();
      request
          .given()
          .forEach((name, value) -> inputs.put(name, ofRow(value, this::firstOfRow, scratch)));
      for (ModelInput code : request.use().codes()) {
        if (!request.given().containsKey(code.name())) {
          inputs.put(code.name(), walk(request, code, scratch));
        }
      }
      return options.betweenConditions() && !request.use().conditions().isEmpty()
          ? betweenConditions(request, inputs, scratch)
          : request.make(inputs);
    }
  }

  /** Samples whose conditions lead from the first of their row to the last. */
  private NDArray betweenConditions(
      SamplingRequest request, Map<String, NDArray> inputs, NDManager scratch) {
    Map<String, NDArray> ends = new LinkedHashMap<>();
    for (ModelInput condition : request.use().conditions()) {
      String name = condition.name();
      ends.put(name, ofRow(request.given().get(name), i -> lastOfRow(i, request.count()), scratch));
    }
    float[] from = new float[request.count()];
    float[] to = new float[request.count()];
    for (int i = 0; i < to.length; i++) {
      to[i] = (float) position(i);
      from[i] = 1 - to[i];
    }
    return request
        .model()
        .makeMixed(request.use(), inputs, List.of(inputs, ends), List.of(from, to));
  }

  private long firstOfRow(long sample) {
    return sample - sample % options.steps();
  }

  private long lastOfRow(long sample, int count) {
    return Math.min(firstOfRow(sample) + options.steps(), count) - 1;
  }

  /** The position of a sample in its row, from 0 to 1. */
  private double position(int sample) {
    return sample % options.steps() / (options.steps() - 1.0);
  }

  /** Codes along the paths, shape (count, ...). */
  private NDArray walk(SamplingRequest request, ModelInput code, NDManager scratch) {
    TrainedModel model = request.model();
    int rows = (request.count() - 1) / options.steps() + 1;
    int length = code.field().length();
    float[] ends = ends(model, code, rows + 1);
    boolean straight = model.prior().allowsLinearInterpolation();
    return FloatArrays.fill(
        scratch,
        new Shape(request.count()).addAll(code.field().shape()),
        buffer -> {
          for (int i = 0; i < request.count(); i++) {
            int row = i / options.steps();
            double t = options.sameCode() ? 0 : position(i);
            float[] from = Arrays.copyOfRange(ends, row * length, (row + 1) * length);
            float[] to = Arrays.copyOfRange(ends, (row + 1) * length, (row + 2) * length);
            buffer.put(straight ? LatentPath.straight(from, to, t) : LatentPath.arc(from, to, t));
          }
        });
  }

  /** The codes at the ends, one after the other. */
  private float[] ends(TrainedModel model, ModelInput code, int count) {
    if (options.seeds().isEmpty()) {
      try (NDArray drawn =
          CodeTruncation.apply(model.drawCodes(code, count), options.truncation())) {
        return drawn.toFloatArray();
      }
    }
    int length = code.field().length();
    float[] ends = new float[count * length];
    for (int i = 0; i < count; i++) {
      RandomStreams streams = new RandomStreams(options.seeds().get(i % options.seeds().size()));
      try (NDArray drawn =
          CodeTruncation.apply(model.drawCodes(code, streams, 1), options.truncation())) {
        System.arraycopy(drawn.toFloatArray(), 0, ends, i * length, length);
      }
    }
    return ends;
  }

  /** The values of one sample of each row, for all samples of the row. */
  private static NDArray ofRow(NDArray values, LongUnaryOperator sample, NDManager scratch) {
    NDList rows = new NDList();
    for (long i = 0; i < values.getShape().get(0); i++) {
      long chosen = sample.applyAsLong(i);
      rows.add(values.get(new NDIndex("{}:{}", chosen, chosen + 1)));
    }
    NDArray repeated = NDArrays.concat(rows);
    rows.close();
    repeated.attach(scratch);
    return repeated;
  }
}
