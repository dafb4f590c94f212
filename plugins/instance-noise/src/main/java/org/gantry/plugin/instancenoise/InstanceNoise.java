package org.gantry.plugin.instancenoise;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import jakarta.inject.Inject;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Positive;
import java.util.ArrayList;
import java.util.List;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.DatasetField;
import org.gantry.graph.AdversarialPair;
import org.gantry.graph.FakeExample;
import org.gantry.graph.Graph;
import org.gantry.graph.Network;
import org.gantry.graph.ScalarState;
import org.gantry.graph.Signal;
import org.gantry.loss.ScoreLoss;
import org.gantry.regularizer.Regularizer;

/**
 * Instance noise. Adds independent normal noise to every image that a discriminator sees, real or
 * fake, in every phase. The noise makes the two distributions overlap, so the generator has a
 * gradient even against a good discriminator. Generated samples have no noise.
 */
@Component(
    kind = ComponentKind.REGULARIZER,
    name = "instance-noise",
    summary =
        "Instance noise: normal noise on the input of the discriminator that falls over"
            + " the training",
    paper = "arXiv:1610.04490; arXiv:1701.04862, section 3")
final class InstanceNoise implements Regularizer {

  private static final String NAME = "instance-noise";

  /** The size of the noise and its schedule. */
  record Options(
      @Description("the standard deviation at the first step, in the units of the images")
          @DefaultValue("0.5")
          @Positive double sigma,
      @Description(
              "how the deviation falls: constant (it does not), linear, cosine or"
                  + " exponential; or adaptive, which follows the discriminator's accuracy")
          @DefaultValue("linear")
          NoiseSchedule schedule,
      @Description("the share of the training until the end of the fall")
          @DefaultValue("0.8")
          @Positive @DecimalMax("1") double share,
      @Description("the final value of an exponential fall") @DefaultValue("0.005") @Positive double end,
      @Description("the roles of the discriminators that get noise; empty for all")
          @DefaultValue("[]")
          List<String> networks) {}

  private final Options options;

  @Inject
  InstanceNoise(Options options) {
    this.options = options;
  }

  @Override
  public void edit(Graph graph) {
    List<Network> discriminators = discriminators(graph);
    Signal sigma =
        options.schedule() == NoiseSchedule.ADAPTIVE
            ? adaptiveSigma(graph, discriminators)
            : graph.schedule(
                NAME, options.schedule().schedule(options.sigma(), options.end(), options.share()));
    for (Network discriminator : discriminators) {
      discriminator.transformInput(
          DatasetField.IMAGE,
          image ->
              graph.combine(
                  "noisy",
                  v -> addNoise(v.get(0), v.get(1), v.get(2)),
                  image,
                  graph.normal(NAME + "-draw", image.shape()),
                  sigma));
    }
  }

  private List<Network> discriminators(Graph graph) {
    List<Network> discriminators = graph.networks(options.networks(), ComponentKind.DISCRIMINATOR);
    return discriminators;
  }

  private Signal adaptiveSigma(Graph graph, List<Network> discriminators) {
    List<Signal> accuracies = new ArrayList<>();
    for (AdversarialPair pair : graph.pairs()) {
      Network discriminator = pair.discriminator();
      if (discriminators.contains(discriminator)) {
        Signal real = discriminator.apply(pair.real()).get(ScoreLoss.SCORE);
        for (FakeExample fake : pair.fakes()) {
          Signal made = discriminator.apply(fake.example()).get(ScoreLoss.SCORE);
          accuracies.add(graph.map("accuracy", InstanceNoise::accuracy, real, made));
        }
      }
    }
    if (accuracies.isEmpty()) {
      throw new UnusableComponentException(
          "adaptive noise needs a discriminator that judges real and fake samples");
    }
    ScalarState sigma = graph.state(NAME, options.sigma());
    sigma.setRule(
        (value, now) ->
            adaptSigma(value, now.stream().mapToDouble(NDArray::getFloat).average().orElseThrow()),
        accuracies.toArray(new Signal[0]));
    return sigma.signal();
  }

  /**
   * Adds noise to images. The result is not clipped, because clipping would change real and fake
   * images differently.
   *
   * @param image shape (batch, ...)
   * @param draw standard normal, of the same shape
   * @param sigma a scalar
   */
  static NDArray addNoise(NDArray image, NDArray draw, NDArray sigma) {
    return image.add(draw.mul(sigma));
  }

  /**
   * The ranking accuracy: how often a real sample scores above a fake; a tie counts half. It suits
   * all losses, because they share this order but not the threshold between real and fake.
   *
   * @param real scores of real samples
   * @param fake as many scores of fakes
   * @return a scalar of float32 in [0, 1]; 0.5 for a discriminator at chance level
   */
  static NDArray accuracy(NDArray real, NDArray fake) {
    NDArray above = real.gt(fake).toType(DataType.FLOAT32, false).mean();
    NDArray level = real.eq(fake).toType(DataType.FLOAT32, false).mean();
    return above.add(level.div(2));
  }

  /** The next standard deviation: 1 % higher above an accuracy of 0.8, 1 % lower below 0.6. */
  static double adaptSigma(double sigma, double accuracy) {
    if (accuracy > 0.8) {
      return sigma * 1.01;
    }
    return accuracy < 0.6 ? sigma / 1.01 : sigma;
  }
}
