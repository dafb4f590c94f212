package org.gantry.host;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * The framework's verdict on which bundles fit together, in sentences; a service of the framework.
 */
public interface BundleResolver {

  /**
   * Tries to resolve bundles of the running framework.
   *
   * @param bundles the numbers of bundles
   * @return for each that does not resolve, what it lacks
   */
  Map<Long, String> explainUnresolved(Collection<Long> bundles);

  /**
   * Resolves jars on paper: no framework is started, and nothing of them but their manifests is
   * read.
   *
   * @param host the bundles of the host, which are resolved before the others
   * @param plugins the other bundles
   */
  ResolutionResult resolveJars(Collection<Path> host, Collection<Path> plugins);

  /**
   * How jars fit together.
   *
   * @param problems for each that cannot be installed or does not resolve, why
   * @param wires who takes something from whom, such as {@code org.acme.loss 1.0.0 ->
   *     org.gantry.api 0.1.0}
   */
  record ResolutionResult(Map<Path, String> problems, Set<String> wires) {

    /** Copies both. */
    public ResolutionResult {
      problems = Map.copyOf(problems);
      wires = Set.copyOf(wires);
    }
  }
}
