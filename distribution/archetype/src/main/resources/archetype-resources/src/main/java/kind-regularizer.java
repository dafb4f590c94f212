package ${package};

import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.graph.Graph;
import org.gantry.graph.AdversarialPair;
import org.gantry.graph.Signal;
import org.gantry.regularizer.Regularizer;

/** Penalises large scores of real samples. Replace it by your own regularizer. */
@Component(
    kind = ComponentKind.REGULARIZER,
    name = "${name}",
    summary = "A small penalty on the squared scores of real samples, against drift")
final class ${className} implements Regularizer {

  private static final double WEIGHT = 0.001;

  @Override
  public void edit(Graph graph) {
    for (AdversarialPair pair : graph.pairs()) {
      Signal scores = pair.discriminator().apply(pair.real()).get("score");
      Signal drift = graph.map("drift", s -> s.square().mean(), scores);
      graph.minimise(pair.discriminator().player(), "drift", WEIGHT, drift);
    }
  }
}
