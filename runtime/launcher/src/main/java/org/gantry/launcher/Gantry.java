package org.gantry.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.eclipse.osgi.launch.EquinoxFactory;
import org.gantry.host.BundleResolver;
import org.gantry.host.BundleStart;
import org.gantry.host.CommandInvocation;
import org.gantry.host.CommandLine;
import org.gantry.host.Installation;
import org.gantry.host.PluginStarter;
import org.gantry.host.TensorEngine;
import org.gantry.host.support.ContextClassLoaders;
import org.gantry.host.support.ErrorText;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * A running Gantry: the framework with the bundles of an installation. Other programs open one by
 * {@link org.gantry.embedded.EmbeddedGantry}.
 *
 * <p>Several instances can run in one process and share its tensor engine. All methods are
 * thread-safe.
 */
public final class Gantry implements AutoCloseable {

  /** Each restart leaves out one more plugin. */
  private static final int MOST_RESTARTS = 8;

  private final Framework framework;
  private final FrameworkStorage storage;
  private final List<String> problems;

  private Gantry(Framework framework, FrameworkStorage storage, List<String> problems) {
    this.framework = framework;
    this.storage = storage;
    this.problems = problems;
  }

  /**
   * Starts an installation with the state of the current user.
   *
   * @param home the folder with {@code bundles} and {@code plugins}
   * @throws StartException if the folder is not an installation or the framework does not start
   */
  public static Gantry start(Path home) {
    return start(Installation.forCurrentUser(home), false);
  }

  /**
   * Starts the bundles of an installation, and then its plugins. Disables downloads and usage
   * reports of DJL for the whole process. Does not start the tensor engine. Bundles that do not
   * start are reported by {@link #problems}.
   *
   * @param safeMode whether to start only the plugins that come with the product
   * @throws StartException if the folder is not an installation or the framework does not start
   */
  public static Gantry start(Installation installation, boolean safeMode) {
    return start(installation, new DjlEngine(installation.state()), safeMode, gantry -> {});
  }

  /**
   * Starts an installation.
   *
   * @param engine a service of the framework
   * @param created receives the instance before it starts, because code of plugins runs then
   */
  static Gantry start(
      Installation installation, TensorEngine engine, boolean safeMode, Consumer<Gantry> created) {
    if (!Files.isDirectory(installation.bundles())) {
      throw new StartException(
          installation.home() + " is not an installation of Gantry: it has no folder bundles",
          null);
    }
    DjlEngine.stayOffline();
    for (int restarts = 0; restarts < MOST_RESTARTS; restarts++) {
      Gantry gantry = create();
      created.accept(gantry);
      if (gantry.boots(installation, engine, safeMode)) {
        return gantry;
      }
      // A plugin stopped the framework or other bundles. It is in quarantine now.
      gantry.close();
    }
    throw new StartException(
        "plugins stop Gantry again and again; 'gantry --safe-mode plugins list' lists them, and"
            + " 'gantry --safe-mode plugins remove NAME' removes one",
        null);
  }

  private static Gantry create() {
    FrameworkStorage storage = FrameworkStorage.create();
    return new Gantry(
        new EquinoxFactory().newFramework(storage.configuration()),
        storage,
        new CopyOnWriteArrayList<>());
  }

  private boolean boots(Installation installation, TensorEngine engine, boolean safeMode) {
    try {
      return boot(installation, engine, safeMode);
    } catch (BundleException e) {
      close();
      throw new StartException("the framework does not start: " + ErrorText.of(e), e);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Starts the framework; returns whether all of its bundles are still there afterwards. */
  private boolean boot(Installation installation, TensorEngine engine, boolean safeMode)
      throws BundleException {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try {
      framework.start();
      BundleContext context = framework.getBundleContext();
      context.registerService(Installation.class, installation, null);
      context.registerService(TensorEngine.class, engine, null);
      context.registerService(BundleResolver.class, new EquinoxResolver(context), null);
      List<Bundle> installed = installAll(installation.bundles());
      // All at once, because the resolver would repeat much work for each bundle.
      framework.adapt(FrameworkWiring.class).resolveBundles(installed);
      reportUnresolved(installed);
      installed.forEach(this::startResolved);
      Optional<PluginStarter.StartReport> report =
          service(PluginStarter.class).map(plugins -> plugins.start(safeMode));
      report.ifPresent(plugins -> problems.addAll(plugins.problems()));
      return report.map(plugins -> !plugins.damaged()).orElse(true);
    } finally {
      // The framework replaces the context class loader.
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  private List<Bundle> installAll(Path folder) {
    List<Bundle> installed = new ArrayList<>();
    for (Path jar : jarsIn(folder)) {
      try {
        Bundle bundle = install(jar, "reference:" + jar.toUri());
        bundle.adapt(BundleStartLevel.class).setStartLevel(BundleStart.HOST_LEVEL);
        installed.add(bundle);
      } catch (IllegalArgumentException e) {
        problems.add(e.getMessage());
      }
    }
    return installed;
  }

  static List<Path> jarsIn(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new StartException("the folder " + folder + " cannot be read: " + ErrorText.of(e), e);
    }
  }

  private Bundle install(Path jar, String location) {
    try {
      Bundle bundle = framework.getBundleContext().installBundle(location);
      if (bundle.getSymbolicName() == null) {
        bundle.uninstall();
        throw new IllegalArgumentException(
            jar + " is not a bundle: its manifest has no Bundle-SymbolicName");
      }
      return bundle;
    } catch (BundleException e) {
      throw new IllegalArgumentException(jar + " cannot be installed: " + ErrorText.of(e), e);
    }
  }

  private void reportUnresolved(List<Bundle> installed) {
    List<Bundle> unresolved =
        installed.stream().filter(bundle -> bundle.getState() == Bundle.INSTALLED).toList();
    if (!unresolved.isEmpty()) {
      problems.addAll(
          new UnresolvedBundles(framework.getBundleContext()).explain(unresolved).values());
    }
  }

  private void startResolved(Bundle bundle) {
    if (bundle.getState() != Bundle.RESOLVED || isFragment(bundle)) {
      return;
    }
    try {
      bundle.start(BundleStart.OPTIONS);
    } catch (BundleException e) {
      problems.add(
          "bundle %s %s does not start: %s"
              .formatted(bundle.getSymbolicName(), bundle.getVersion(), ErrorText.of(e)));
    }
  }

  private static boolean isFragment(Bundle bundle) {
    return (bundle.adapt(BundleRevision.class).getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
  }

  /**
   * The problems of this installation, such as bundles that do not resolve or do not start.
   *
   * @return one sentence for each problem
   */
  public List<String> problems() {
    return List.copyOf(problems);
  }

  /**
   * Executes a command with the standard streams of the process.
   *
   * @param arguments the words after {@code gantry}
   * @return the exit code
   */
  public int run(String... arguments) {
    return run(new CommandInvocation(List.of(arguments), System.out, System.err, () -> false));
  }

  /**
   * Executes a command.
   *
   * @return the exit code; 1 with an error message if no bundle offers commands, for which {@link
   *     #problems} has the reason
   */
  public int run(CommandInvocation invocation) {
    Optional<CommandLine> commands = service(CommandLine.class);
    if (commands.isEmpty()) {
      new LaunchFailure("no active bundle offers commands").print(invocation);
      return LaunchFailure.EXIT_CODE;
    }
    return ContextClassLoaders.of(Gantry.class, () -> commands.get().run(invocation));
  }

  /**
   * Finds a service of the framework.
   *
   * @param type a type that this program and the bundles share, from {@link org.gantry.host}, DJL
   *     or the JDK
   * @return the service; empty if no bundle offers it
   */
  public <T> Optional<T> service(Class<T> type) {
    BundleContext context = framework.getBundleContext();
    return Optional.ofNullable(context.getServiceReference(type)).map(context::getService);
  }

  /**
   * Adds a bundle to this process, but not to the installation. Its components are available at
   * once, until {@link Bundle#uninstall}.
   *
   * @param jar the jar, which is copied
   * @return the active bundle
   * @throws IllegalArgumentException if the jar is not a bundle, does not resolve, or does not
   *     start, with the reason; the bundle is not added then
   */
  public Bundle add(Path jar) {
    Bundle bundle = install(jar, jar.toAbsolutePath().toUri().toString());
    try {
      Map<Bundle, String> unresolved =
          new UnresolvedBundles(framework.getBundleContext()).explain(List.of(bundle));
      if (unresolved.isEmpty()) {
        bundle.adapt(BundleStartLevel.class).setStartLevel(BundleStart.PLUGIN_LEVEL);
        bundle.start(BundleStart.OPTIONS);
        return bundle;
      }
      bundle.uninstall();
      throw new IllegalArgumentException(unresolved.get(bundle));
    } catch (BundleException e) {
      discard(bundle);
      throw new IllegalArgumentException(jar + " does not start: " + ErrorText.of(e), e);
    }
  }

  private static void discard(Bundle bundle) {
    try {
      bundle.uninstall();
    } catch (BundleException e) {
      throw new IllegalStateException(bundle + " can be neither started nor removed", e);
    }
  }

  /** Names the component or the plugin among the callers of code; empty for others. */
  Optional<String> callingPlugin(List<String> classNames) {
    BundleContext context = framework.getBundleContext();
    try {
      return context == null ? Optional.empty() : new CallingPlugin(context).name(classNames);
    } catch (IllegalStateException e) {
      // The framework stops.
      return Optional.empty();
    }
  }

  /** Removes the temporary files of the framework without stopping it. */
  void removeStorage() {
    storage.close();
  }

  /**
   * Stops all bundles. A started tensor engine stays until the process ends. A plugin that does not
   * stop in time is reported on the standard error and abandoned.
   */
  @Override
  public void close() {
    try {
      framework.stop();
      FrameworkEvent end = framework.waitForStop(ExitLimit.duration().toMillis());
      if (end.getType() == FrameworkEvent.WAIT_TIMEDOUT) {
        reportStopping();
      }
    } catch (BundleException e) {
      throw new IllegalStateException("the framework does not stop: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      storage.close();
    }
  }

  private void reportStopping() {
    BundleContext context = framework.getBundleContext();
    Stream.of(context == null ? new Bundle[0] : context.getBundles())
        .filter(bundle -> bundle.getBundleId() != 0 && bundle.getState() == Bundle.STOPPING)
        .forEach(
            bundle ->
                System.err.printf(
                    "gantry: %s did not stop within %s s%n",
                    CallingPlugin.id(bundle), ExitLimit.duration().toMillis() / 1000.0));
  }
}
