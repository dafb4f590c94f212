package org.gantry.metric;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.data.ValueType;
import org.gantry.sampler.ModelInput;
import org.gantry.sampler.ModelUse;

/**
 * What a metric evaluates: samples of one use of the networks, next to the data that they imitate.
 *
 * @param dataset the data; its field {@code image} is what the samples imitate
 * @param use what the samples are an output of, with its inputs and its counterpart
 */
public record MetricSubject(Dataset dataset, ModelUse use) {

  /**
   * Creates the subject of networks that imitate a data set from codes alone.
   *
   * @throws UnusableComponentException if the data set has no field {@code image}
   */
  public static MetricSubject of(Dataset dataset) {
    DatasetField code = new DatasetField("latent", ValueType.CODE, new Shape(1), -1, 1, List.of());
    return new MetricSubject(
        dataset,
        new ModelUse(
            "generator",
            RealSamples.field(dataset),
            List.of(new ModelInput("latent", code, false)),
            Optional.empty()));
  }

  /**
   * Returns the field {@code image} of the data, with which samples can be compared.
   *
   * @throws UnusableComponentException if the data have no such field, or the samples have another
   *     shape
   */
  public DatasetField image() {
    DatasetField image = RealSamples.field(dataset);
    if (!image.shape().equals(use.output().shape())) {
      throw new UnusableComponentException(
          "the samples of %s have the shape %s, and the data have the shape %s"
              .formatted(use.name(), use.output().shape(), image.shape()));
    }
    return image;
  }

  /**
   * Returns what each sample should be.
   *
   * @throws UnusableComponentException if the use has no counterpart
   */
  public ModelInput requireCounterpart() {
    return use.counterpart()
        .orElseThrow(
            () ->
                new UnusableComponentException(
                    "it needs a counterpart of each sample, and the topology states none for %s"
                        .formatted(use.name())));
  }

  /**
   * Returns the label that the samples are made for.
   *
   * @throws UnusableComponentException if the samples are not made for a label
   */
  public ModelInput requireLabel() {
    return use.inputs().stream()
        .filter(input -> input.field().type() == ValueType.LABEL)
        .findFirst()
        .orElseThrow(
            () ->
                new UnusableComponentException(
                    "it needs samples that are made for a label, and %s is made of %s"
                        .formatted(use.name(), inputNames())));
  }

  /**
   * Returns what the samples are made for, such as a label or a text.
   *
   * @return at least one input
   * @throws UnusableComponentException if the samples are not made for anything
   */
  public List<ModelInput> requireConditions() {
    List<ModelInput> conditions = use.conditions();
    if (conditions.isEmpty()) {
      throw new UnusableComponentException(
          "it needs samples that are made for a label or a text, and %s is made of %s"
              .formatted(use.name(), inputNames()));
    }
    return conditions;
  }

  private String inputNames() {
    List<String> names = use.inputs().stream().map(ModelInput::name).toList();
    return names.isEmpty() ? "no inputs" : String.join(", ", names);
  }
}
