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
 * Asks the resolver of Equinox: in the running framework, or on paper.
 *
 * @param context of the running framework
 */
record EquinoxResolver(BundleContext context) implements BundleResolver {

  @Override
  public Map<Long, String> explainUnresolved(Collection<Long> bundles) {
    List<Bundle> asked = bundles.stream().map(context::getBundle).filter(Objects::nonNull).toList();
    Map<Long, String> lacking = new HashMap<>();
    new UnresolvedBundles(context)
        .explain(asked)
        .forEach((b, sentence) -> lacking.put(b.getBundleId(), sentence));
    return lacking;
  }

  @Override
  public ResolutionResult resolveJars(Collection<Path> host, Collection<Path> plugins) {
    ManifestResolver paper =
        new ManifestResolver(
            context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(BundleRevision.class));
    Map<Path, String> problems = new HashMap<>();
    resolve(paper, host, problems);
    resolve(paper, plugins, problems);
    return new ResolutionResult(problems, wires(paper));
  }

  private static void resolve(
      ManifestResolver paper, Collection<Path> files, Map<Path, String> problems) {
    Map<BundleRevision, Path> bundles = new LinkedHashMap<>();
    for (Path jar : files) {
      try {
        bundles.put(paper.install(jar), jar);
      } catch (BundleException e) {
        problems.put(jar, "it cannot be installed: " + ErrorText.of(e));
      }
    }
    paper.resolve(bundles.keySet());
    List<BundleRevision> unresolved = new ArrayList<>(bundles.keySet());
    unresolved.removeIf(bundle -> bundle.getWiring() != null);
    if (!unresolved.isEmpty()) {
      // Once more, to be told about these and no others.
      ResolutionMessages verdict =
          new ResolutionMessages(paper.resolve(unresolved), paper.bundles());
      unresolved.removeIf(bundle -> bundle.getWiring() != null);
      unresolved.forEach(bundle -> problems.put(bundles.get(bundle), verdict.explain(bundle)));
    }
  }

  private static Set<String> wires(ManifestResolver paper) {
    Set<String> wires = new TreeSet<>();
    for (BundleRevision bundle : paper.bundles()) {
      if (bundle.getWiring() != null && !paper.isSystem(bundle)) {
        bundle.getWiring().getRequiredWires(null).stream()
            .map(BundleWire::getProvider)
            .filter(provider -> !paper.isSystem(provider))
            .forEach(provider -> wires.add(name(bundle) + " -> " + name(provider)));
      }
    }
    return wires;
  }

  private static String name(BundleRevision revision) {
    return revision.getSymbolicName() + " " + revision.getVersion();
  }
}
