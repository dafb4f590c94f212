package org.gantry.serving.internal.http;

import ai.djl.ndarray.NDManager;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.gantry.data.DatasetField;
import org.gantry.recipes.Recipes;
import org.gantry.recipes.text.NearestName;
import org.gantry.runs.samples.SampleSource;
import org.gantry.runs.translation.ImagePixels;
import org.gantry.runs.translation.PictureTranslator;
import org.gantry.runs.translation.TranslationUses;
import org.gantry.sampler.ModelUse;
import org.gantry.sampler.TrainedModel;
import org.gantry.serving.ServingLimits;
import org.gantry.serving.internal.http.UploadedPicture.PictureSize;
import org.gantry.serving.internal.model.ModelGeneration;
import org.gantry.serving.internal.model.RequestDeadline;

/** Answers requests for translations of pictures. */
final class TranslationEndpoint {

  private static final List<String> NAMES = List.of("use", "seed");

  /** How many pictures of the largest size can be decoded at once. */
  private static final int LARGEST_AT_ONCE = 2;

  private final Recipes recipes;
  private final ServingLimits limits;

  /** The pixels that may be decoded now, because a decoded picture needs far more than its file. */
  private final Semaphore pixels;

  TranslationEndpoint(Recipes recipes, ServingLimits limits) {
    this.recipes = recipes;
    this.limits = limits;
    pixels = new Semaphore(LARGEST_AT_ONCE * limits.pixels(), true);
  }

  ApiAnswer answer(String model, ModelGeneration networks, ApiRequest request) {
    RequestDeadline deadline = RequestDeadline.in(limits.patience());
    Map<String, String> parameters = parameters(request);
    ModelUse use =
        TranslationUses.find(
            "the model " + model, networks.uses(), parameters.getOrDefault("use", ""), "use");
    DatasetField field = TranslationUses.picture(use).orElseThrow().field();
    long seed = SampleParameters.seed(parameters).orElse(networks.seed());
    try (UploadedPicture picture =
        UploadedPicture.receive(request, limits.uploadBytes(), limits.pixels(), recipes)) {
      PictureSize size = picture.size(field);
      acquire(size.pixels(), deadline);
      SampleSource source = networks.forRequest(deadline);
      try (NDManager manager = source.newManager()) {
        TrainedModel trained = source.trainedModel(manager, seed);
        PictureTranslator translator = networks.translator(use, trained).orElseThrow();
        ImagePixels result =
            translator
                .translate(List.of(picture.read(field, size.height(), size.width())), () -> {})
                .get(0);
        return new ApiAnswer(
                ApiAnswer.OK,
                ApiAnswer.PNG,
                result.png(translator.resultField(), networks.weights()))
            .withHeader("Gantry-Seed", seed)
            .withHeader("Gantry-Step", networks.step());
      } finally {
        pixels.release(size.pixels());
      }
    }
  }

  private void acquire(int count, RequestDeadline deadline) {
    try {
      if (!pixels.tryAcquire(count, deadline.nanos(), TimeUnit.NANOSECONDS)) {
        throw RefusalException.busy("other pictures took all the time that this one may wait");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw RefusalException.busy("the server is stopping");
    }
  }

  private static Map<String, String> parameters(ApiRequest request) {
    Map<String, String> parameters = new LinkedHashMap<>();
    request
        .query()
        .forEach(
            (name, values) -> {
              if (!NAMES.contains(name)) {
                throw RefusalException.wrong(
                    "%s is not a parameter".formatted(name),
                    NearestName.find(name, NAMES)
                        .map(near -> "Did you mean '" + near + "'?")
                        .orElse("The parameters are use and seed."));
              }
              parameters.put(name, values.get(0));
            });
    return parameters;
  }
}
