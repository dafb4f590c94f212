package org.gantry.components.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.gantry.components.ComponentException;
import org.gantry.components.ComponentInfo;
import org.gantry.components.ComponentRegistry;
import org.gantry.components.PluginJar;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.util.tracker.BundleTracker;
import org.osgi.util.tracker.BundleTrackerCustomizer;

/**
 * The registry, as a view of the bundle tracker. It keeps no references to classes or instances, so
 * that a removed bundle can be garbage-collected.
 */
final class ComponentExtender implements ComponentRegistry {

  private static final Comparator<ComponentInfo> ORDER =
      Comparator.comparing(ComponentInfo::kind)
          .thenComparing(ComponentInfo::name)
          .thenComparing(ComponentInfo::bundle)
          .thenComparing(ComponentInfo::bundleVersion);

  private final BundleTracker<BundleDeclarations> bundles;

  ComponentExtender(BundleTracker<BundleDeclarations> bundles) {
    this.bundles = bundles;
  }

  /** Returns a tracker of the started bundles that require this extender. The caller opens it. */
  static BundleTracker<BundleDeclarations> track(BundleContext context) {
    Bundle host = context.getBundle();
    return new BundleTracker<>(
        context,
        // A bundle with lazy activation stays in STARTING until one of its classes is loaded.
        Bundle.STARTING | Bundle.ACTIVE,
        new BundleTrackerCustomizer<BundleDeclarations>() {
          @Override
          public BundleDeclarations addingBundle(Bundle bundle, BundleEvent event) {
            return BundleDeclarations.of(bundle, host).orElse(null);
          }

          @Override
          public void modifiedBundle(
              Bundle bundle, BundleEvent event, BundleDeclarations declarations) {}

          @Override
          public void removedBundle(
              Bundle bundle, BundleEvent event, BundleDeclarations declarations) {}
        });
  }

  @Override
  public List<ComponentInfo> all() {
    List<ComponentInfo> all = new ArrayList<>();
    bundles.getTracked().values().forEach(declarations -> all.addAll(declarations.components()));
    all.sort(ORDER);
    return List.copyOf(all);
  }

  @Override
  public Optional<Class<? extends Record>> optionsType(ComponentInfo component) {
    return load(component).options();
  }

  @Override
  public <T> T create(ComponentInfo component, Class<T> type, Optional<? extends Record> options) {
    return new ComponentFactory<>(load(component), type).create(options);
  }

  @Override
  public PluginJar jar(ComponentInfo component) {
    return JarHash.of(component, bundle(component));
  }

  private LoadedComponent load(ComponentInfo component) {
    return LoadedComponent.load(component, bundle(component));
  }

  private Bundle bundle(ComponentInfo component) {
    return bundles.getTracked().values().stream()
        .filter(declarations -> declarations.components().contains(component))
        .findFirst()
        .map(BundleDeclarations::bundle)
        .orElseThrow(
            () ->
                ComponentException.removed(
                    ComponentLabel.of(component)
                        + " is not available any more: its bundle was stopped"));
  }
}
