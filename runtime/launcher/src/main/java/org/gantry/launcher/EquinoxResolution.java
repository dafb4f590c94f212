package org.gantry.launcher;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.osgi.launch.EquinoxFactory;
import org.gantry.host.Resolution;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * Asks the resolver of Equinox: in the running framework, or in one that exists for the question.
 */
final class EquinoxResolution implements Resolution {

  private final BundleContext context;
  private final Path folder;

  /**
   * Creates one.
   *
   * @param folder for frameworks that exist for a question, one after the other. Equinox remembers
   *     the files of every framework that ever was in the process, so it is always the same folder.
   */
  EquinoxResolution(BundleContext context, Path folder) {
    this.context = context;
    this.folder = folder;
  }

  @Override
  public Map<Long, String> lacking(Collection<Long> bundles) {
    List<Bundle> asked = bundles.stream().map(context::getBundle).filter(Objects::nonNull).toList();
    Map<Long, String> lacking = new HashMap<>();
    new Needs(context).of(asked).forEach((b, sentence) -> lacking.put(b.getBundleId(), sentence));
    return lacking;
  }

  @Override
  public synchronized Trial attempt(Collection<Path> host, Collection<Path> plugins) {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try (Storage storage = Storage.at(folder)) {
      Map<String, String> configuration = Gantry.configuration(storage);
      // Whatever could not be removed last time is none of this question's business.
      configuration.put(
          Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
      Framework scratch = new EquinoxFactory().newFramework(configuration);
      try {
        scratch.init();
        return attempt(scratch, host, plugins);
      } finally {
        scratch.stop();
        scratch.waitForStop(0);
      }
    } catch (BundleException e) {
      throw new IllegalStateException("no framework can be made to try bundles in", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while bundles were tried", e);
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  private static Trial attempt(Framework scratch, Collection<Path> host, Collection<Path> plugins) {
    Map<Path, String> problems = new HashMap<>();
    Map<Bundle, Path> jars = new HashMap<>();
    resolve(scratch, host, jars, problems);
    resolve(scratch, plugins, jars, problems);
    Set<String> wires = new TreeSet<>();
    jars.keySet().forEach(bundle -> wires.addAll(wires(bundle)));
    return new Trial(problems, wires);
  }

  private static void resolve(
      Framework scratch,
      Collection<Path> files,
      Map<Bundle, Path> jars,
      Map<Path, String> problems) {
    BundleContext context = scratch.getBundleContext();
    List<Bundle> bundles = new ArrayList<>();
    for (Path jar : files) {
      try {
        Bundle bundle = context.installBundle("reference:" + jar.toUri());
        bundles.add(bundle);
        jars.put(bundle, jar);
      } catch (BundleException e) {
        problems.put(jar, "it cannot be installed: " + Reason.of(e));
      }
    }
    scratch.adapt(FrameworkWiring.class).resolveBundles(bundles);
    List<Bundle> unresolved =
        bundles.stream().filter(bundle -> bundle.getState() == Bundle.INSTALLED).toList();
    if (!unresolved.isEmpty()) {
      new Needs(context).of(unresolved).forEach((b, why) -> problems.put(jars.get(b), why));
    }
  }

  private static List<String> wires(Bundle bundle) {
    BundleWiring wiring = bundle.adapt(BundleWiring.class);
    return wiring == null
        ? List.of()
        : wiring.getRequiredWires(null).stream()
            .map(BundleWire::getProvider)
            .filter(provider -> provider.getBundle().getBundleId() != 0)
            .map(provider -> name(wiring.getRevision()) + " -> " + name(provider))
            .distinct()
            .toList();
  }

  private static String name(BundleRevision revision) {
    return revision.getSymbolicName() + " " + revision.getVersion();
  }
}
