package org.gantry.plugin.deepdream;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import java.util.Map;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.DatasetField;
import org.gantry.sampler.ModelInput;
import org.gantry.sampler.ModelUse;
import org.gantry.sampler.Sampler;
import org.gantry.sampler.SamplingRequest;
import org.gantry.sampler.TrainedModel;
import org.gantry.tensor.FloatArrays;
import org.gantry.tensor.HeldMemory;

/**
 * Images that show more of what a network sees in them. A given image x changes so that an
 * activation f of a trained network grows:
 *
 * <pre>
 * x' = x + rate · g / mean|g|,   g = ∂ mean(f(x)²) / ∂x,
 * </pre>
 *
 * <p>or of one value of f, its own gradient. The published program repeats this for enlarged copies
 * of the image. Networks here take images of one size, so coarse structures come first in another
 * way: the gradient is averaged over squares whose side is halved from octave to octave, down to a
 * pixel. Values stay in the range of the data.
 */
@Component(
    kind = ComponentKind.SAMPLER,
    name = "deep-dream",
    summary = "Given images that change until a trained network sees more of its features in them",
    paper = "Mordvintsev, Olah and Tyka, Inceptionism, 2015")
final class DeepDreamSampler implements Sampler {

  record Options(
      @Description("the use of the run whose values grow: code, or classes") @DefaultValue("code")
          String feature,
      @Description("the value that grows, from 0; -1 for the mean square of all")
          @DefaultValue("-1")
          @Min(-1) int value,
      @Description("the steps of each octave") @DefaultValue("10") @Min(0) int steps,
      @Description("how often the squares are halved, plus one; 1 for single pixels alone")
          @DefaultValue("3")
          @Min(1) @Max(6) int octaves,
      @Description("the mean change of a pixel in a step; pixels lie in [-1, 1]")
          @DefaultValue("0.03")
          @Positive double rate) {}

  private final Options options;

  @Inject
  DeepDreamSampler(Options options) {
    this.options = options;
  }

  @Override
  public NDArray sample(SamplingRequest request) {
    return request
        .use()
        .changedImage()
        .map(image -> dreamed(request, image))
        .orElseGet(request::make);
  }

  private NDArray dreamed(SamplingRequest request, ModelInput image) {
    TrainedModel model = request.model();
    ModelUse feature = feature(model, image.field());
    Shape shape = new Shape(request.count()).addAll(image.field().shape());
    float[] pixels = request.given().get(image.name()).toFloatArray();
    long total = (long) options.steps() * options.octaves();
    for (int step = 0; step < total; step++) {
      int octave = options.octaves() - 1 - step / options.steps();
      float[] gradient = gradient(model, feature, shape, pixels);
      SquareMeans.average(gradient, shape, 1 << octave);
      climb(pixels, gradient, request.count(), image.field());
      request.progress().report(step + 1L, total);
    }
    return FloatArrays.fill(model.manager(), shape, buffer -> buffer.put(pixels));
  }

  private float[] gradient(TrainedModel model, ModelUse feature, Shape shape, float[] pixels) {
    try (NDManager pass = model.manager().newSubManager()) {
      return HeldMemory.holdWhile(
          () -> {
            NDArray gradient =
                model.gradient(
                    at -> {
                      // What is computed of it then ends with the step.
                      at.attach(pass);
                      NDArray made =
                          model.make(feature, Map.of(feature.inputs().get(0).name(), at));
                      made.attach(pass);
                      return growing(made);
                    },
                    FloatArrays.fill(pass, shape, buffer -> buffer.put(pixels)));
            gradient.attach(pass);
            return gradient.toFloatArray();
          });
    }
  }

  /**
   * What grows for each image.
   *
   * @param made the values of the feature, shape (n, ...)
   * @return shape (n)
   */
  NDArray growing(NDArray made) {
    long count = made.getShape().get(0);
    NDArray rows = made.reshape(count, made.size() / count);
    if (options.value() < 0) {
      return rows.square().mean(new int[] {1});
    }
    return rows.get(":, {}", options.value());
  }

  private void climb(float[] pixels, float[] gradient, int count, DatasetField field) {
    int length = pixels.length / count;
    for (int image = 0; image < count; image++) {
      double mean = 0;
      for (int i = image * length; i < (image + 1) * length; i++) {
        mean += Math.abs(gradient[i]) / length;
      }
      for (int i = image * length; i < (image + 1) * length && mean > 0; i++) {
        double moved = pixels[i] + options.rate() * gradient[i] / mean;
        pixels[i] = (float) Math.min(Math.max(moved, field.low()), field.high());
      }
    }
  }

  private ModelUse feature(TrainedModel model, DatasetField image) {
    ModelUse found =
        model.uses().stream()
            .filter(use -> use.name().equals(options.feature()))
            .filter(use -> use.inputs().size() == 1)
            .filter(use -> use.inputs().get(0).field().shape().equals(image.shape()))
            .findFirst()
            .orElseThrow(
                () ->
                    new UnusableComponentException(
                        "feature: the run has no use '%s' that is made of an image; it has %s"
                            .formatted(
                                options.feature(),
                                model.uses().stream().map(ModelUse::name).toList())));
    if (options.value() >= found.output().length()) {
      throw new UnusableComponentException(
          "value: %s has %d values, so %d is too large; expected at most %d"
              .formatted(
                  found.name(),
                  found.output().length(),
                  options.value(),
                  found.output().length() - 1));
    }
    return found;
  }
}
