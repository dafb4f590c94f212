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
 * The identity term: a generator should not change an image that is in its target domain already.
 * Without it, a generator may swap colours as it likes, as long as the way back swaps them again.
 */
@Component(
    kind = ComponentKind.REGULARIZER,
    name = "identity",
    summary = "A translation does not change images of the domain that it leads to",
    paper = "arXiv:1703.10593, section 5.2")
final class IdentityMapping implements Regularizer {

  private static final String NAME = "identity";

  record Options(
      @Description("the weight of the distance; half of the weight of cycle in the paper")
          @DefaultValue("5")
          @PositiveOrZero double weight,
      @Description("the distance: absolute or squared") @DefaultValue("absolute")
          ImageDistance distance,
      @Description("the roles of the generators that it applies to; empty for all")
          @DefaultValue("[]")
          List<String> networks) {}

  private final Options options;

  @Inject
  IdentityMapping(Options options) {
    this.options = options;
  }

  @Override
  public void edit(Graph graph) {
    List<String> roles = options.networks().stream().map(r -> graph.network(r).role()).toList();
    for (Translation translation : Translation.in(graph)) {
      if (roles.isEmpty() || roles.contains(translation.generator().role())) {
        Signal target = translation.to();
        if (!target.shape().equals(translation.from().shape())) {
          throw new UnusableComponentException(
              "it needs images of one shape in both domains, not %s and %s"
                  .formatted(translation.from().shape(), target.shape()));
        }
        Signal same = translation.generator().apply(target).get(DatasetField.IMAGE);
        graph.minimise(
            translation.generator().player(),
            NAME,
            options.weight(),
            options.distance().between(graph, NAME, same, target));
      }
    }
  }
}
