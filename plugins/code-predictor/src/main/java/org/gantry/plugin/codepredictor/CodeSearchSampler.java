package org.gantry.plugin.codepredictor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import java.util.Map;
import java.util.Optional;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.component.UnusableComponentException;
import org.gantry.sampler.ModelInput;
import org.gantry.sampler.ModelUse;
import org.gantry.sampler.Sampler;
import org.gantry.sampler.SamplingProgress;
import org.gantry.sampler.SamplingRequest;
import org.gantry.sampler.TrainedModel;
import org.gantry.search.CodePredictor;
import org.gantry.search.CodeSearch;
import org.gantry.search.FoundSample;
import org.gantry.search.SearchSettings;
import org.gantry.search.SearchTarget;
import org.gantry.tensor.FloatArrays;

/**
 * For each given image x, the sample whose code a search finds:
 *
 * <pre>
 * z* = argmin_z |m (G(z) − x)|²,
 * </pre>
 *
 * <p>where m is 0 in a hole and 1 elsewhere. The search begins at random codes, or at the code that
 * a predictor finds for x, or the prediction stays as it is. So the three ways of iGAN can be
 * measured with the same networks. With a hole, the result is x outside of the hole and the sample
 * inside.
 */
@Component(
    kind = ComponentKind.SAMPLER,
    name = "code-search",
    summary = "The samples that come closest to given images, by a search for their codes",
    paper = "arXiv:1609.03552, section 3.1; arXiv:1607.07539, section 3")
final class CodeSearchSampler implements Sampler {

  /** Where a search begins. */
  enum Start {
    /** At random codes. */
    RANDOM,
    /** At the code that a network of the run predicts. */
    PREDICTED
  }

  record Options(
      @Description("where a search begins: at random codes, or at the predicted one")
          @DefaultValue("predicted")
          Start start,
      @Description("the number of steps; 0 for the predicted code itself")
          @DefaultValue("100")
          @Min(0) int steps,
      @Description("the number of codes that are searched at once, of which the best is kept")
          @DefaultValue("1")
          @Min(1) int restarts,
      @Description("the rate of Adam, which falls to zero") @DefaultValue("0.1") @Positive double rate,
      @Description("the side in pixels of a square in the middle that counts as unknown")
          @DefaultValue("0")
          @Min(0) int hole) {

    Options {
      if (steps == 0 && start == Start.RANDOM) {
        throw new UnusableComponentException(
            "steps: 0 needs a predicted code; set start: predicted, or at least one step");
      }
    }
  }

  private final Options options;

  @Inject
  CodeSearchSampler(Options options) {
    this.options = options;
  }

  @Override
  public NDArray sample(SamplingRequest request) {
    Optional<ModelInput> image = request.use().changedImage();
    return image.isEmpty() ? request.make() : found(request, image.get());
  }

  private NDArray found(SamplingRequest request, ModelInput image) {
    TrainedModel model = request.model();
    CodeSearch search = new CodeSearch(model, generated(model, image), Map.of(), Optional.empty());
    NDArray images = request.given().get(image.name());
    float[] known = known(image.field().shape());
    float[][] results = new float[request.count()][];
    for (int row = 0; row < results.length; row++) {
      try (NDArray one = images.get(new NDIndex("{}", row))) {
        results[row] = result(search, one.toFloatArray(), known);
      }
      request.progress().report(row + 1, results.length);
    }
    return FloatArrays.fill(
        model.manager(),
        new Shape(results.length).addAll(request.use().output().shape()),
        buffer -> {
          for (float[] each : results) {
            buffer.put(each);
          }
        });
  }

  private float[] result(CodeSearch search, float[] image, float[] known) {
    SearchTarget target = SearchTarget.partly(image, known);
    FoundSample found =
        options.start() == Start.RANDOM
            ? find(search, target)
            : fromPredicted(search, target, predictor(search).predict(image));
    return options.hole() == 0 ? found.sample() : found.completed();
  }

  private FoundSample fromPredicted(CodeSearch search, SearchTarget target, float[] code) {
    return options.steps() == 0 ? search.at(target, code) : find(search, target, code);
  }

  private FoundSample find(CodeSearch search, SearchTarget target, float[]... predicted) {
    SearchSettings settings =
        new SearchSettings(options.steps(), options.restarts(), options.rate(), 0);
    return search.find(target, settings, predicted, SamplingProgress.NONE, () -> false);
  }

  private static CodePredictor predictor(CodeSearch search) {
    return search
        .predictor()
        .orElseThrow(
            () ->
                new UnusableComponentException(
                    "start: predicted needs a network that finds the codes of images; set start:"
                        + " random, or train one with the topology code-predictor"));
  }

  /** The use that makes such images of codes. */
  private static ModelUse generated(TrainedModel model, ModelInput image) {
    return model.uses().stream()
        .filter(use -> use.codes().size() == 1 && use.inputs().size() == 1)
        .filter(use -> use.output().shape().equals(image.field().shape()))
        .findFirst()
        .orElseThrow(
            () ->
                new UnusableComponentException(
                    "it needs a generator that makes images of %s from codes alone"
                        .formatted(image.field().shape())));
  }

  /**
   * Which values of an image are known.
   *
   * @param shape (channels, height, width)
   * @return 1 outside of the hole, 0 inside
   */
  float[] known(Shape shape) {
    int height = Math.toIntExact(shape.get(1));
    int width = Math.toIntExact(shape.get(2));
    int side = options.hole();
    if (side >= Math.min(height, width)) {
      throw new UnusableComponentException(
          "hole: %d pixels leave nothing of an image of %d x %d; expected less than %d"
              .formatted(side, width, height, Math.min(height, width)));
    }
    int top = (height - side) / 2;
    int left = (width - side) / 2;
    float[] known = new float[Math.toIntExact(shape.size())];
    for (int i = 0; i < known.length; i++) {
      int row = i / width % height - top;
      int column = i % width - left;
      boolean inside = row >= 0 && row < side && column >= 0 && column < side;
      known[i] = inside ? 0 : 1;
    }
    return known;
  }
}
