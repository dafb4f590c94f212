package org.gantry.recipes.internal.composition;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.gantry.architecture.Architecture;
import org.gantry.components.ComponentInfo;
import org.gantry.components.ComponentRegistry;
import org.gantry.recipes.internal.format.ComponentCatalog;
import org.gantry.recipes.internal.format.ComponentResolver;
import org.gantry.recipes.internal.format.RecipeFormat;
import org.gantry.recipes.text.ProblemCollector;
import org.gantry.recipes.text.SourcePosition;
import org.gantry.recipes.text.YamlValue.Scalar;
import org.gantry.training.BoundComponent;
import org.gantry.training.ComponentOrigin;
import org.gantry.training.Composition;
import org.gantry.training.CompositionException;
import org.gantry.training.TrainingGraph;

/**
 * Tries architectures in the place of one that does not fit, so that advice names only those that
 * do. Manifests declare ports and no shapes.
 *
 * @param components creates the architectures, with their default options
 * @param composition the composition that does not fit
 */
record ArchitectureTrials(
    ComponentRegistry components, ComponentCatalog catalog, Composition composition) {

  /**
   * Returns whether an architecture can take the place of another one.
   *
   * @param unfit the architecture that does not fit
   * @return true also if only another component does not fit
   */
  boolean fits(ComponentInfo candidate, ComponentOrigin unfit) {
    Map<String, BoundComponent<Architecture>> networks =
        new LinkedHashMap<>(composition.networks());
    Optional<BoundComponent<Architecture>> created = create(candidate);
    if (created.isEmpty()) {
      return false;
    }
    networks.replaceAll((key, network) -> network.origin().equals(unfit) ? created.get() : network);
    try {
      TrainingGraph.build(composition.withNetworks(networks));
      return true;
    } catch (CompositionException e) {
      return e.origins().stream().noneMatch(created.get().origin()::equals);
    } catch (RuntimeException e) {
      return false;
    }
  }

  private Optional<BoundComponent<Architecture>> create(ComponentInfo candidate) {
    ProblemCollector ignored = new ProblemCollector();
    SourcePosition nowhere = new SourcePosition(candidate.qualifiedName(), 0, 0, Path.of(""));
    return new ComponentResolver(components, catalog, ignored)
        .resolve(
            candidate.kind(),
            new Scalar(candidate.qualifiedName(), true, nowhere),
            RecipeFormat.NETWORKS)
        .flatMap(
            choice -> new ComponentCreator(components, ignored).create(Architecture.class, choice));
  }
}
