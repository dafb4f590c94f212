package org.gantry.serving.internal.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.gantry.data.DatasetField;
import org.gantry.host.support.JsonText;
import org.gantry.recipes.Recipes;
import org.gantry.runs.samples.GivenInputs;
import org.gantry.runs.samples.UseNames;
import org.gantry.runs.training.SampleRequest;
import org.gantry.runs.training.SampleResult;
import org.gantry.sampler.SamplingProgress;
import org.gantry.serving.ServingLimits;
import org.gantry.serving.internal.model.ModelGeneration;
import org.gantry.serving.internal.model.RequestDeadline;

/**
 * Answers requests for samples.
 *
 * @param recipes creates the data set that decodes given pictures
 * @param limits what a request may ask
 */
record SampleEndpoint(Recipes recipes, ServingLimits limits) {

  /** Seeds that the server chooses are short, so that people can note them. */
  private static final int SEEDS = 1_000_000_000;

  /** The longest description in JSON, with pictures in base 64. */
  private static final int MOST_JSON = 1 << 20;

  ApiAnswer answer(String model, ModelGeneration networks, ApiRequest request) {
    SampleParameters parameters = parameters(request);
    List<String> made = networks.uses().stream().map(use -> use.name()).toList();
    if (!parameters.use().isEmpty()) {
      UseNames.find(networks.uses(), parameters.use(), "use");
    } else if (made.isEmpty()) {
      throw RefusalException.wrong("the model %s has nothing to sample".formatted(model), "");
    }
    long seed = parameters.seed().orElseGet(() -> ThreadLocalRandom.current().nextInt(SEEDS));
    Map<String, List<String>> texts = new LinkedHashMap<>();
    parameters.given().forEach((name, value) -> texts.put(name, List.of(value)));
    GivenInputs inputs =
        new GivenInputs(
            parameters.use(),
            texts,
            "given.",
            this::picture,
            GivenInputs.shared(parameters.count()));
    return new SampleRequest(parameters.count(), seed, inputs, false, SamplingProgress.NONE)
        .draw(
            networks.forRequest(RequestDeadline.in(limits.patience())),
            samples ->
                parameters.pictures()
                    ? new ApiAnswer(ApiAnswer.OK, ApiAnswer.PNG, samples.sheet())
                    : ApiAnswer.json(ApiAnswer.OK, json(model, networks.step(), seed, samples)))
        .withHeader("Gantry-Seed", seed)
        .withHeader("Gantry-Step", networks.step());
  }

  private SampleParameters parameters(ApiRequest request) {
    boolean described = !request.contentType().isEmpty();
    if (request.method().equals("GET") || !described) {
      return SampleParameters.ofQuery(request.query(), limits.samples());
    } else if (!request.contentType().equals(ApiAnswer.JSON)) {
      throw new RefusalException(
          RefusalException.WRONG_TYPE,
          "the type %s is not %s".formatted(request.contentType(), ApiAnswer.JSON),
          "Describe the samples in JSON, or in the address.");
    } else if (!request.query().isEmpty()) {
      throw RefusalException.wrong(
          "the request describes the samples in its address and in its body",
          "Leave one of them out.");
    }
    return SampleParameters.ofJson(RequestBody.read(request.body(), MOST_JSON), limits.samples());
  }

  private List<float[]> picture(DatasetField field, String argument, String text) {
    String name = argument.substring(0, argument.indexOf('='));
    try (UploadedPicture picture = UploadedPicture.ofText(text, name, limits.pixels(), recipes)) {
      return picture.read(field);
    }
  }

  private static Map<String, Object> json(
      String model, long step, long seed, SampleResult samples) {
    return JsonText.object(
        "model",
        model,
        "step",
        step,
        "seed",
        seed,
        "use",
        samples.use().name(),
        "shape",
        Arrays.stream(samples.shape().getShape()).boxed().toList(),
        samples.areImages() ? "pictures" : "values",
        samples.areImages() ? pictures(samples) : values(samples));
  }

  private static List<String> pictures(SampleResult samples) {
    List<String> pictures = new ArrayList<>();
    for (int i = 0; i < samples.count(); i++) {
      pictures.add(Base64.getEncoder().encodeToString(samples.picture(i)));
    }
    return pictures;
  }

  private static List<List<Float>> values(SampleResult samples) {
    float[] all = samples.values();
    int length = all.length / samples.count();
    List<List<Float>> rows = new ArrayList<>();
    for (int i = 0; i < samples.count(); i++) {
      List<Float> row = new ArrayList<>();
      for (int j = 0; j < length; j++) {
        row.add(all[i * length + j]);
      }
      rows.add(row);
    }
    return rows;
  }
}
