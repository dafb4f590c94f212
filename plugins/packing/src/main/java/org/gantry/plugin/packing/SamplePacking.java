package org.gantry.plugin.packing;

import jakarta.inject.Inject;
import jakarta.validation.constraints.Min;
import java.util.List;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.graph.AdversarialPair;
import org.gantry.graph.Graph;
import org.gantry.regularizer.Regularizer;

/**
 * Lets a discriminator judge packs of several independent samples, all real or all fake, joined
 * along the first axis of a sample: an image of c channels becomes one of m c, a point of d numbers
 * one of m d. A generator that makes the same thing again and again is found out, because real
 * samples of one pack differ.
 *
 * <p>Packs are made of consecutive samples of a batch, so a batch gives batch / m of them, and all
 * terms average over so many scores. The authors' programs count packs and draw m times as many
 * samples: for as many scores a step as there, multiply the batch by m. Only what enters the
 * discriminator changes; its first layer is the larger for it, and the generator stays as it is.
 */
@Component(
    kind = ComponentKind.REGULARIZER,
    name = "packing",
    summary =
        "The discriminator judges several samples together, so that sameness gives itself away",
    paper = "arXiv:1712.04086, section 2")
final class SamplePacking implements Regularizer {

  /** What can be set. */
  record Options(
      @Description("how many samples are judged together; the batch must be a multiple")
          @DefaultValue("2")
          @Min(1)
          int samples,
      @Description("the roles of the discriminators that judge packs; empty for all")
          @DefaultValue("[]")
          List<String> networks) {}

  private final Options options;

  @Inject
  SamplePacking(Options options) {
    this.options = options;
  }

  @Override
  public void edit(Graph graph) {
    graph.pairs(options.networks()).stream()
        .map(AdversarialPair::discriminator)
        .distinct()
        .forEach(network -> network.pack(options.samples()));
  }
}
