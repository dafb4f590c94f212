package org.gantry.search;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gantry.sampler.ModelInput;
import org.gantry.sampler.ModelUse;
import org.gantry.sampler.TrainedModel;
import org.gantry.tensor.FloatArrays;

/**
 * A network of a run that predicts the codes of pictures: a use named {@code code} that is made of
 * one picture.
 */
public final class CodePredictor {

  private static final String CODE = "code";

  private final TrainedModel model;
  private final ModelUse use;
  private final ModelInput picture;

  private CodePredictor(TrainedModel model, ModelUse use) {
    this.model = model;
    this.use = use;
    this.picture = use.inputs().get(0);
  }

  /**
   * Finds the predictor of codes.
   *
   * @param samples the use that makes pictures of one code
   * @return empty if no network of the run predicts codes of that shape
   */
  public static Optional<CodePredictor> find(TrainedModel model, ModelUse samples) {
    if (samples.codes().size() != 1) {
      return Optional.empty();
    }
    Shape code = samples.codes().get(0).field().shape();
    return model.uses().stream()
        .filter(use -> use.name().equals(CODE) && use.output().shape().equals(code))
        .filter(
            use ->
                use.inputs().size() == 1
                    && use.inputs().get(0).field().shape().equals(samples.output().shape()))
        .findFirst()
        .map(use -> new CodePredictor(model, use));
  }

  /**
   * Predicts the code of a picture.
   *
   * @param values in the scale of the data
   */
  public float[] predict(float[] values) {
    try (NDManager scratch = model.manager().newSubManager()) {
      NDArray image =
          FloatArrays.fill(
              scratch, new Shape(1).addAll(picture.field().shape()), b -> b.put(values));
      NDArray code = model.make(use, Map.of(picture.name(), image));
      code.attach(scratch);
      return code.toFloatArray();
    }
  }

  /**
   * Real pictures that the run can be compared with: held-out ones, if the data have some.
   *
   * @return the values of each, in the scale of the data
   */
  public List<float[]> realPictures(int count) {
    Map<String, NDArray> fields = model.drawFields(use, count);
    try {
      NDArray images = fields.get(picture.name());
      List<float[]> pictures = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        try (NDArray row = images.get(new NDIndex("{}", i))) {
          pictures.add(row.toFloatArray());
        }
      }
      return pictures;
    } finally {
      fields.values().forEach(NDArray::close);
    }
  }
}
