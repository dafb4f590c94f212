package org.gantry.host;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** Resolves bundles and explains problems in sentences. A service of the framework. */
public interface BundleResolver {

  /**
   * Tries to resolve bundles of the running framework.
   *
   * @param bundles the ids of the bundles
   * @return the reason for each bundle that does not resolve
   */
  Map<Long, String> explainUnresolved(Collection<Long> bundles);

  /**
   * Resolves jars without a framework. Reads only their manifests.
   *
   * @param host the bundles of the host, which are resolved before the others
   * @param plugins the other bundles
   */
  ResolutionResult resolveJars(Collection<Path> host, Collection<Path> plugins);

  /**
   * The result of resolving jars.
   *
   * @param problems the reason for each jar that cannot be installed or does not resolve
   * @param wires the wires between bundles, from user to provider, such as {@code org.acme.loss
   *     1.0.0 -> org.gantry.api 0.1.0}
   */
  record ResolutionResult(Map<Path, String> problems, Set<String> wires) {

    /** Copies both. */
    public ResolutionResult {
      problems = Map.copyOf(problems);
      wires = Set.copyOf(wires);
    }
  }
}
