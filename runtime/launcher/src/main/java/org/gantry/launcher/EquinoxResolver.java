package org.gantry.launcher;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.gantry.host.BundleResolver;
import org.gantry.host.support.ErrorText;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWire;

/**
 * Resolves bundles with Equinox, in the running framework or by their manifests only.
 *
 * @param context of the running framework
 */
record EquinoxResolver(BundleContext context) implements BundleResolver {

  @Override
  public Map<Long, String> explainUnresolved(Collection<Long> bundles) {
    List<Bundle> unresolved =
        bundles.stream().map(context::getBundle).filter(Objects::nonNull).toList();
    Map<Long, String> explanations = new HashMap<>();
    new UnresolvedBundles(context)
        .explain(unresolved)
        .forEach((b, sentence) -> explanations.put(b.getBundleId(), sentence));
    return explanations;
  }

  @Override
  public ResolutionResult resolveJars(Collection<Path> host, Collection<Path> plugins) {
    ManifestResolver manifests =
        new ManifestResolver(
            context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(BundleRevision.class));
    Map<Path, String> problems = new HashMap<>();
    resolve(manifests, host, problems);
    resolve(manifests, plugins, problems);
    return new ResolutionResult(problems, wires(manifests));
  }

  private static void resolve(
      ManifestResolver manifests, Collection<Path> files, Map<Path, String> problems) {
    Map<BundleRevision, Path> bundles = new LinkedHashMap<>();
    for (Path jar : files) {
      try {
        bundles.put(manifests.install(jar), jar);
      } catch (BundleException e) {
        problems.put(jar, "it cannot be installed: " + ErrorText.of(e));
      }
    }
    manifests.resolve(bundles.keySet());
    List<BundleRevision> unresolved = new ArrayList<>(bundles.keySet());
    unresolved.removeIf(bundle -> bundle.getWiring() != null);
    if (!unresolved.isEmpty()) {
      // Again, for a report on these bundles only.
      ResolutionMessages messages =
          new ResolutionMessages(manifests.resolve(unresolved), manifests.bundles());
      unresolved.removeIf(bundle -> bundle.getWiring() != null);
      unresolved.forEach(bundle -> problems.put(bundles.get(bundle), messages.explain(bundle)));
    }
  }

  private static Set<String> wires(ManifestResolver manifests) {
    Set<String> wires = new TreeSet<>();
    for (BundleRevision bundle : manifests.bundles()) {
      if (bundle.getWiring() != null && !manifests.isSystem(bundle)) {
        bundle.getWiring().getRequiredWires(null).stream()
            .map(BundleWire::getProvider)
            .filter(provider -> !manifests.isSystem(provider))
            .forEach(provider -> wires.add(name(bundle) + " -> " + name(provider)));
      }
    }
    return wires;
  }

  private static String name(BundleRevision revision) {
    return revision.getSymbolicName() + " " + revision.getVersion();
  }
}
