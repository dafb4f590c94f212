package org.gantry.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.eclipse.osgi.container.Module;
import org.eclipse.osgi.container.ModuleCollisionHook;
import org.eclipse.osgi.container.ModuleContainer;
import org.eclipse.osgi.container.ModuleContainerAdaptor;
import org.eclipse.osgi.container.ModuleDatabase;
import org.eclipse.osgi.container.ModuleRevision;
import org.eclipse.osgi.container.ModuleRevisionBuilder;
import org.eclipse.osgi.container.SystemModule;
import org.eclipse.osgi.container.builders.OSGiManifestBuilderFactory;
import org.eclipse.osgi.report.resolution.ResolutionReport;
import org.eclipse.osgi.util.ManifestElement;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.hooks.resolver.ResolverHook;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.resource.Resource;

/**
 * The resolver of Equinox for bundles of which only the manifests are read. It needs no framework,
 * which would leave remains in the process after its end.
 */
final class ManifestResolver {

  private static final String MANIFEST = "META-INF/MANIFEST.MF";

  private final ModuleContainer container;

  /**
   * Creates a resolver without bundles.
   *
   * @param system the system bundle, whose capabilities other bundles can use
   */
  ManifestResolver(BundleRevision system) {
    ManifestAdaptor adaptor = new ManifestAdaptor();
    this.container = new ModuleContainer(adaptor, new ModuleDatabase(adaptor));
    adaptor.container = container;
    try {
      Module module = container.install(null, Constants.SYSTEM_BUNDLE_LOCATION, copy(system), null);
      container.resolve(List.of(module), true);
    } catch (BundleException e) {
      throw new IllegalStateException("the system bundle cannot be resolved", e);
    }
  }

  private static ModuleRevisionBuilder copy(BundleRevision system) {
    ModuleRevisionBuilder builder = new ModuleRevisionBuilder();
    builder.setSymbolicName(system.getSymbolicName());
    builder.setVersion(system.getVersion());
    builder.setTypes(system.getTypes());
    for (BundleCapability capability : system.getDeclaredCapabilities(null)) {
      builder.addCapability(
          capability.getNamespace(), capability.getDirectives(), capability.getAttributes());
    }
    return builder;
  }

  /**
   * Adds a bundle.
   *
   * @throws BundleException if a framework would refuse it
   */
  BundleRevision install(Path jar) throws BundleException {
    Map<String, String> headers = headers(jar);
    return container
        .install(
            container.getModule(0),
            jar.toUri().toString(),
            OSGiManifestBuilderFactory.createBuilder(headers),
            null)
        .getCurrentRevision();
  }

  private static Map<String, String> headers(Path jar) throws BundleException {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      ZipEntry manifest = zip.getEntry(MANIFEST);
      if (manifest != null) {
        try (InputStream in = zip.getInputStream(manifest)) {
          ManifestElement.parseBundleManifest(in, headers);
        }
      }
      return headers;
    } catch (IOException e) {
      throw new BundleException("the jar cannot be read", BundleException.READ_ERROR, e);
    }
  }

  /**
   * Resolves those of some bundles that can be resolved.
   *
   * @return the reports on the others
   */
  Map<Resource, List<ResolutionReport.Entry>> resolve(Collection<BundleRevision> bundles) {
    List<Module> modules =
        bundles.stream()
            .map(bundle -> ((ModuleRevision) bundle).getRevisions().getModule())
            .toList();
    return container.resolve(modules, false).getEntries();
  }

  /** All bundles, including the system bundle. */
  List<BundleRevision> bundles() {
    return container.getModules().stream()
        .map(module -> (BundleRevision) module.getCurrentRevision())
        .toList();
  }

  /** Whether a bundle is the system bundle. */
  boolean isSystem(BundleRevision bundle) {
    return container.getModule(0).getCurrentRevision().equals(bundle);
  }

  /** The callbacks of the container, which are mostly empty without a framework. */
  private static final class ManifestAdaptor extends ModuleContainerAdaptor {

    private ModuleContainer container;

    @Override
    public ModuleCollisionHook getModuleCollisionHook() {
      // Keeps collisions of bundles with the same name and version.
      return (operation, target, candidates) -> {};
    }

    @Override
    public ResolverHookFactory getResolverHookFactory() {
      return triggers -> new PassiveHook();
    }

    @Override
    public Module createModule(
        String location, long id, EnumSet<Module.Settings> settings, int startLevel) {
      return new ManifestModule(id, location, container, settings, startLevel);
    }

    @Override
    public SystemModule createSystemModule() {
      return new ManifestSystemModule(container);
    }

    @Override
    public void publishContainerEvent(
        ContainerEvent type, Module module, Throwable error, FrameworkListener... listeners) {}

    @Override
    public void publishModuleEvent(ModuleEvent type, Module module, Module origin) {}
  }

  /** A module without content. */
  private static final class ManifestModule extends Module {

    ManifestModule(
        long id,
        String location,
        ModuleContainer container,
        EnumSet<Settings> settings,
        int startLevel) {
      super(id, location, container, settings, startLevel);
    }

    @Override
    public Bundle getBundle() {
      return null;
    }

    @Override
    protected void cleanup(ModuleRevision revision) {}
  }

  /** The system module. */
  private static final class ManifestSystemModule extends SystemModule {

    ManifestSystemModule(ModuleContainer container) {
      super(container);
    }

    @Override
    public Bundle getBundle() {
      return null;
    }

    @Override
    protected void cleanup(ModuleRevision revision) {}
  }

  /** A hook without influence on the resolver. */
  private static final class PassiveHook implements ResolverHook {

    @Override
    public void filterResolvable(Collection<BundleRevision> candidates) {}

    @Override
    public void filterSingletonCollisions(
        BundleCapability singleton, Collection<BundleCapability> collisions) {}

    @Override
    public void filterMatches(
        BundleRequirement requirement, Collection<BundleCapability> candidates) {}

    @Override
    public void end() {}
  }
}
