package org.gantry.cli.services;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import org.gantry.components.ComponentRegistry;
import org.gantry.host.Installation;
import org.gantry.host.TensorEngine;
import org.gantry.provisioning.PluginProvisioner;
import org.gantry.recipes.Recipes;
import org.gantry.verification.PluginVerifier;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** Looks services up in the framework. */
public final class FrameworkServices implements CommandServices {

  private static final String EXPERIMENTS = "experiments";

  private final BundleContext context;

  public FrameworkServices(BundleContext context) {
    this.context = context;
  }

  @Override
  public ComponentRegistry components() {
    return service(ComponentRegistry.class);
  }

  @Override
  public Recipes recipes() {
    return new HintedRecipes(service(Recipes.class), provisioning());
  }

  @Override
  public Path home() {
    return service(Installation.class).home();
  }

  @Override
  public Path state() {
    return service(Installation.class).state();
  }

  @Override
  public PluginVerifier verifier() {
    return service(PluginVerifier.class);
  }

  @Override
  public TensorEngine engine() {
    return service(TensorEngine.class);
  }

  @Override
  public Path launchScript() {
    boolean windows = System.getProperty("os.name").startsWith("Windows");
    return service(Installation.class).home().resolve(windows ? "bin/gantry.cmd" : "bin/gantry");
  }

  private <T> T service(Class<T> type) {
    ServiceReference<T> reference = context.getServiceReference(type);
    T service = reference == null ? null : context.getService(reference);
    if (service == null) {
      throw new IllegalStateException(
          "this installation is incomplete: no active bundle offers " + type.getName());
    }
    return service;
  }

  @Override
  public PluginProvisioner provisioning() {
    return service(PluginProvisioner.class);
  }

  /** Lists the files in the folders experiments of the product and of each bundle. */
  @Override
  public List<ExperimentSource> experiments() {
    Path home = service(Installation.class).home();
    try {
      List<ExperimentSource> found =
          new ArrayList<>(ExperimentSource.listFolder(home.resolve(EXPERIMENTS)));
      for (Bundle bundle : context.getBundles()) {
        Enumeration<String> entries = bundle.getEntryPaths(EXPERIMENTS);
        while (entries != null && entries.hasMoreElements()) {
          String entry = entries.nextElement();
          if (entry.endsWith(".yaml")) {
            found.add(experiment(bundle, entry));
          }
        }
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException("experiments cannot be read", e);
    }
  }

  private static ExperimentSource experiment(Bundle bundle, String entry) throws IOException {
    try (InputStream in = bundle.getEntry(entry).openStream()) {
      return new ExperimentSource(
          entry.substring(entry.lastIndexOf('/') + 1).replaceFirst("\\.yaml$", ""),
          bundle.getSymbolicName() + "/" + entry,
          Path.of("").toAbsolutePath(),
          new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
