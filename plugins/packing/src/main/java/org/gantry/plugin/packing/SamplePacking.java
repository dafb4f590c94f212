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
 * PacGAN. A discriminator sees packs of several independent samples, all real or all fake,
 * concatenated along the first axis of a sample: m images of c channels become one of m c channels,
 * and m points of d values become one of m d. A generator that repeats itself is detected, because
 * real samples of one pack differ.
 *
 * <p>A pack consists of consecutive samples of a batch, so a batch gives batch / m packs, and all
 * terms average over that many scores. The authors' programs count packs and draw m times as many
 * samples: for as many scores per step, multiply the batch by m. Only the input of the
 * discriminator changes, and so the size of its first layer. The generator does not change.
 */
@Component(
    kind = ComponentKind.REGULARIZER,
    name = "packing",
    summary =
        "PacGAN: the discriminator scores several samples together, so repetition is" + " visible",
    paper = "arXiv:1712.04086, section 2")
final class SamplePacking implements Regularizer {

  /** The size of a pack. */
  record Options(
      @Description("the number of samples per pack; the batch must be a multiple of it")
          @DefaultValue("2")
          @Min(1) int samples,
      @Description("the roles of the discriminators that see packs; empty for all")
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
