package org.gantry.verification.internal;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.jar.JarFile;
import org.gantry.component.Component;
import org.gantry.components.ComponentInfo;
import org.gantry.components.ComponentRegistry;
import org.gantry.host.TensorEngine;
import org.gantry.recipes.Recipes;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.BundleWiring;

/** A plugin that is installed in the framework until it is removed. */
final class PluginUnderTest {

  private final BundleContext context;
  private final Path jar;
  private Optional<Bundle> bundle = Optional.empty();
  private Optional<String> replacedLocation = Optional.empty();

  private PluginUnderTest(BundleContext context, Path jar) {
    this.context = context;
    this.jar = jar;
  }

  static PluginUnderTest of(Path jar, BundleContext context) {
    return new PluginUnderTest(context, jar);
  }

  /** Installs and starts the plugin, in place of a bundle with the same name. */
  void start() throws BundleException {
    Bundle started = install();
    bundle = Optional.of(started);
    started.start(Bundle.START_TRANSIENT);
    service(TensorEngine.class).start(1);
  }

  private Bundle install() throws BundleException {
    String location = "verified:" + jar.toUri();
    try {
      return context.installBundle(location, stream());
    } catch (BundleException e) {
      if (e.getType() != BundleException.DUPLICATE_BUNDLE_ERROR) {
        throw e;
      }
      Bundle replaced = replaced();
      replacedLocation = Optional.of(replaced.getLocation());
      replaced.uninstall();
      return context.installBundle(location, stream());
    }
  }

  private InputStream stream() throws BundleException {
    try {
      return jar.toUri().toURL().openStream();
    } catch (IOException e) {
      throw new BundleException(jar + " cannot be read", e);
    }
  }

  /** Returns the installed bundle with the name of this plugin. */
  private Bundle replaced() throws BundleException {
    try (JarFile file = new JarFile(jar.toFile())) {
      String name = new ManifestChecks(file, context).symbolicName();
      for (Bundle other : context.getBundles()) {
        if (name.equals(other.getSymbolicName())) {
          return other;
        }
      }
      throw new BundleException("there is no bundle called " + name);
    } catch (IOException e) {
      throw new BundleException(jar + " cannot be read", e);
    }
  }

  private Bundle bundle() {
    return bundle.orElseThrow();
  }

  ClassLoader loader() {
    return bundle().adapt(BundleWiring.class).getClassLoader();
  }

  /** Returns the components that the plugin declares. */
  private List<ComponentInfo> declared() {
    return service(ComponentRegistry.class).all().stream()
        .filter(info -> info.bundle().equals(bundle().getSymbolicName()))
        .filter(info -> info.bundleVersion().equals(bundle().getVersion().toString()))
        .toList();
  }

  /** Returns the components of the plugin. */
  List<ComponentUnderTest> components() {
    return declared().stream()
        .map(
            info ->
                new ComponentUnderTest(
                    info, bundle(), service(ComponentRegistry.class), service(Recipes.class)))
        .toList();
  }

  /** Fails unless the manifest declares exactly the annotated classes, as they are annotated. */
  void checkDeclared() {
    List<String> declared = declared().stream().map(ComponentInfo::type).toList();
    List<String> failures = new ArrayList<>();
    for (String type : types()) {
      if (annotated(type, failures) && !declared.contains(type)) {
        failures.add(type + " is annotated, but the manifest does not declare it");
      }
    }
    declared().forEach(info -> service(ComponentRegistry.class).optionsType(info));
    CheckRunner.requireEmpty(failures, "%s; build the bundle with bnd");
  }

  private boolean annotated(String type, List<String> failures) {
    try {
      return bundle().loadClass(type).isAnnotationPresent(Component.class);
    } catch (ClassNotFoundException | LinkageError e) {
      failures.add(type + " cannot be loaded (" + e.getMessage() + ")");
      return false;
    }
  }

  /** Returns the names of the classes in the jar. */
  private List<String> types() {
    var entries = bundle().findEntries("/", "*.class", true);
    return entries == null
        ? List.of()
        : Collections.list(entries).stream()
            .map(URL::getPath)
            .filter(path -> !path.startsWith("/META-INF/") && !path.endsWith("-info.class"))
            .map(path -> path.substring(1, path.length() - ".class".length()).replace('/', '.'))
            .sorted()
            .toList();
  }

  private <T> T service(Class<T> type) {
    return Objects.requireNonNull(
        context.getService(context.getServiceReference(type)), type.getName());
  }

  /** Stops and removes the plugin if it was installed, and brings back the bundle it replaced. */
  void remove() throws BundleException {
    if (bundle.isPresent()) {
      bundle.get().uninstall();
      bundle = Optional.empty();
    }
    if (replacedLocation.isPresent()) {
      context.installBundle(replacedLocation.get()).start(Bundle.START_TRANSIENT);
      replacedLocation = Optional.empty();
    }
  }
}
