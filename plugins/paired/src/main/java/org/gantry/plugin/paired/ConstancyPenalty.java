package org.gantry.plugin.paired;

import ai.djl.ndarray.NDArray;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Positive;
import java.util.ArrayList;
import java.util.List;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.DatasetField;
import org.gantry.data.ValueType;
import org.gantry.graph.Graph;
import org.gantry.graph.Network;
import org.gantry.graph.Signal;
import org.gantry.regularizer.Regularizer;

/**
 * The constant loss: a generator that translates images should see the same in its result as in the
 * given image. The features are those of the generator itself, such as the smallest map of a U-Net,
 * and the penalty is the mean of the squared difference. The gradient passes through both features.
 *
 * <p>Features that are the same for all images would bring the penalty to 0. So it needs a term
 * that compares the result with the right image, as in the topology {@code paired}.
 */
@Component(
    kind = ComponentKind.REGULARIZER,
    name = "constancy",
    summary = "A translation has the features of the given image (constant loss)",
    paper = "arXiv:1611.02200, equation 5; zi2zi (Tian, 2017)")
final class ConstancyPenalty implements Regularizer {

  private static final String NAME = "constancy";
  private static final String FEATURES = "features";

  record Options(
      @Description("the weight of the mean squared difference of the features")
          @DefaultValue("15")
          @Positive double weight,
      @Description("the roles of the generators that it applies to; empty for all")
          @DefaultValue("[]")
          List<String> networks) {}

  private final Options options;

  @Inject
  ConstancyPenalty(Options options) {
    this.options = options;
  }

  @Override
  public void edit(Graph graph) {
    boolean applied = false;
    for (Network generator : graph.networks(options.networks(), ComponentKind.GENERATOR)) {
      for (List<Signal> inputs : List.copyOf(generator.appliedTo())) {
        Signal[] given = inputs.toArray(new Signal[0]);
        Signal made = generator.apply(given).get(DatasetField.IMAGE);
        int image = imageInput(inputs, made);
        if (image >= 0) {
          List<Signal> again = new ArrayList<>(inputs);
          again.set(image, made);
          penalise(graph, generator, given, again.toArray(new Signal[0]));
          applied = true;
        }
      }
    }
    if (!applied) {
      throw new UnusableComponentException(
          "no generator translates an image to one of the same shape; use it with a topology such as paired");
    }
  }

  /** The index of the translated image; negative if there is none. */
  private static int imageInput(List<Signal> inputs, Signal made) {
    for (int i = 0; i < inputs.size(); i++) {
      if (inputs.get(i).type() == ValueType.IMAGE && inputs.get(i).shape().equals(made.shape())) {
        return i;
      }
    }
    return -1;
  }

  private void penalise(Graph graph, Network generator, Signal[] given, Signal[] again) {
    graph.minimise(
        generator.player(),
        NAME,
        options.weight(),
        graph.map(
            NAME,
            ConstancyPenalty::meanSquaredDifference,
            generator.apply(given).get(FEATURES),
            generator.apply(again).get(FEATURES)));
  }

  /** The mean squared difference of two arrays of one shape. */
  static NDArray meanSquaredDifference(NDArray first, NDArray second) {
    return first.sub(second).square().mean();
  }
}
