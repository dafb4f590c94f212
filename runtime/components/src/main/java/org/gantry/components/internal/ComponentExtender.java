package org.gantry.components.internal;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.gantry.components.ComponentException;
import org.gantry.components.ComponentInfo;
import org.gantry.components.ComponentRegistry;
import org.gantry.components.KindDeclaration;
import org.gantry.components.PluginJar;
import org.gantry.host.CreationNotes;
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

  private final Optional<CreationNotes> notes = CreationNotes.ofThisProcess();
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
  public List<KindDeclaration> addedKinds() {
    return bundles.getTracked().values().stream()
        .flatMap(declarations -> declarations.kinds().stream())
        .sorted(
            Comparator.comparing(KindDeclaration::name)
                .thenComparing(KindDeclaration::bundle)
                .thenComparing(KindDeclaration::bundleVersion))
        .toList();
  }

  @Override
  public Class<?> kindType(KindDeclaration kind) {
    try {
      return bundle(kind).loadClass(kind.type());
    } catch (ClassNotFoundException | LinkageError e) {
      throw new ComponentException(
          "the bundle %s cannot load %s, the interface of the kind %s: %s"
              .formatted(kind.bundle(), kind.type(), kind.name(), e.getMessage()),
          e);
    }
  }

  @Override
  public byte[] jarContent(KindDeclaration kind) {
    try (InputStream in = JarHash.open(bundle(kind))) {
      return in.readAllBytes();
    } catch (IOException | IllegalArgumentException e) {
      throw new ComponentException(
          "cannot read the jar of the bundle %s: %s".formatted(kind.bundle(), e.getMessage()), e);
    }
  }

  private Bundle bundle(KindDeclaration kind) {
    return bundles.getTracked().values().stream()
        .filter(declarations -> declarations.kinds().contains(kind))
        .findFirst()
        .map(BundleDeclarations::bundle)
        .orElseThrow(
            () ->
                ComponentException.removed(
                    "the kind %s is not available any more: the bundle %s was stopped"
                        .formatted(kind.name(), kind.bundle())));
  }

  @Override
  public Class<?> type(ComponentInfo component) {
    return load(component).type();
  }

  @Override
  public Optional<Class<? extends Record>> optionsType(ComponentInfo component) {
    return load(component).options();
  }

  @Override
  public <T> T create(ComponentInfo component, Class<T> type, Optional<? extends Record> options) {
    notes.ifPresent(
        all ->
            all.add(
                "%s/%s of %s %s"
                    .formatted(
                        component.kind(),
                        component.name(),
                        component.bundle(),
                        component.bundleVersion())));
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
