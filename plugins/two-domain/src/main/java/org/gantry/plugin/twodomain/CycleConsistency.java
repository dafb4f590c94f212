package org.gantry.plugin.twodomain;

import jakarta.inject.Inject;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.List;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.DatasetField;
import org.gantry.graph.Graph;
import org.gantry.graph.Signal;
import org.gantry.regularizer.Regularizer;

/**
 * Cycle consistency: an image that goes to the other domain and back again should be the same. Both
 * generators of a round trip minimise the distance between the image and what returns,
 *
 * <pre>
 * L = λ (E_a[d(G_BA(G_AB(a)), a)] + E_b[d(G_AB(G_BA(b)), b)]).
 * </pre>
 *
 * <p>CycleGAN uses the absolute distance and λ = 10, DiscoGAN (arXiv:1703.05192) the squared one
 * and λ = 1, and DualGAN (arXiv:1704.02510) the absolute one and λ from 100 to 1000.
 */
@Component(
    kind = ComponentKind.REGULARIZER,
    name = "cycle",
    summary = "An image that is translated there and back again should be the same",
    paper = "arXiv:1703.10593, section 3.2")
final class CycleConsistency implements Regularizer {

  private static final String NAME = "cycle";

  record Options(
      @Description("the weight of the distance") @DefaultValue("10") @PositiveOrZero double weight,
      @Description("the distance: absolute or squared") @DefaultValue("absolute")
          ImageDistance distance,
      @Description("the roles of the generators that round trips begin with; empty for all")
          @DefaultValue("[]")
          List<String> networks) {}

  private final Options options;

  @Inject
  CycleConsistency(Options options) {
    this.options = options;
  }

  @Override
  public void edit(Graph graph) {
    List<Translation> translations = Translation.in(graph);
    List<String> roles = options.networks().stream().map(r -> graph.network(r).role()).toList();
    for (Translation there : translations) {
      if (!roles.isEmpty() && !roles.contains(there.generator().role())) {
        continue;
      }
      Translation back =
          translations.stream()
              .filter(there::isUndoneBy)
              .findFirst()
              .orElseThrow(() -> oneWay(there.generator().role()));
      Signal returned = back.generator().apply(there.result()).get(DatasetField.IMAGE);
      Signal error = options.distance().between(graph, NAME, returned, there.from());
      graph.minimise(there.generator().player(), NAME, options.weight(), error);
      graph.minimise(back.generator().player(), NAME, options.weight(), error);
    }
  }

  private static UnusableComponentException oneWay(String role) {
    return new UnusableComponentException(
        "no generator leads back from the results of the %s; use it with the topology two-domain"
            .formatted(role));
  }
}
