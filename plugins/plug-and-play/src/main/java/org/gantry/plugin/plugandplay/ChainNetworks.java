package org.gantry.plugin.plugandplay;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.DatasetField;
import org.gantry.sampler.ModelUse;
import org.gantry.sampler.TrainedModel;
import org.gantry.tensor.ClassLogits;

/**
 * The networks that chains pass through. All arrays live within a call.
 *
 * @param model the networks
 * @param uses what they compute
 */
record ChainNetworks(TrainedModel model, ChainUses uses) {

  /**
   * What a step needs of the networks.
   *
   * @param gradients the gradient of the objective by each code; null if it was not wanted
   * @param encoded the code E(G(h)) of each image; null if it was not wanted
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Slopes(float[][] gradients, float[][] encoded) {}

  /**
   * The images of codes.
   *
   * @param into owns the result
   * @param labels the class of each code
   * @return shape (n, ...)
   */
  NDArray images(NDManager into, float[][] codes, NDArray labels) {
    return make(uses.sample(), codes(into, codes), labels, into);
  }

  /**
   * The slopes at some codes.
   *
   * @param labels the class of each code, shape (n)
   * @param objective what the gradients are of
   * @param differentiates whether gradients are wanted
   * @param encodes whether encoded codes are wanted
   */
  Slopes slopes(
      NDManager scratch,
      float[][] codes,
      NDArray labels,
      ClassObjective objective,
      boolean differentiates,
      boolean encodes) {
    try (NDManager pass = scratch.newSubManager()) {
      float[][][] encoded = new float[1][][];
      if (!differentiates) {
        if (encodes) {
          encoded[0] = encoded(images(pass, codes, labels), pass);
        }
        return new Slopes(null, encoded[0]);
      }
      UnaryOperator<NDArray> function =
          at -> {
            // What is computed of it then ends with the step.
            at.attach(pass);
            NDArray images = make(uses.sample(), at, labels, pass);
            if (encodes) {
              encoded[0] = encoded(images, pass);
            }
            NDArray logits = make(uses.classes(), images, pass);
            int classes = Math.toIntExact(logits.getShape().get(1));
            requireClasses(classes);
            NDArray wanted = ClassLogits.oneHot(labels, classes);
            wanted.attach(pass);
            return objective.of(logits, wanted);
          };
      NDArray gradient = model.gradient(function, codes(pass, codes));
      gradient.attach(pass);
      return new Slopes(CodeRows.of(gradient), encoded[0]);
    }
  }

  private void requireClasses(int classes) {
    int known = uses.label().field().classNames().size();
    if (known != classes) {
      throw new UnusableComponentException(
          "the classifier has %d classes, and the label '%s' has %d"
              .formatted(classes, uses.label().name(), known));
    }
  }

  private float[][] encoded(NDArray images, NDManager pass) {
    return CodeRows.of(make(uses.requireCode(), images, pass));
  }

  private NDArray codes(NDManager manager, float[][] codes) {
    return CodeRows.array(manager, uses.latent().field().shape(), codes);
  }

  private NDArray make(ModelUse sample, NDArray codes, NDArray labels, NDManager into) {
    NDArray made =
        model.make(sample, Map.of(uses.latent().name(), codes, uses.label().name(), labels));
    made.attach(into);
    return made;
  }

  private NDArray make(ModelUse ofImages, NDArray images, NDManager into) {
    NDArray made = model.make(ofImages, Map.of(DatasetField.IMAGE, images));
    made.attach(into);
    return made;
  }
}
