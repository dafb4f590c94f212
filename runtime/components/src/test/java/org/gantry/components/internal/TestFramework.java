package org.gantry.components.internal;

import com.google.common.collect.ImmutableList;
import com.google.common.util.concurrent.internal.InternalFutureFailureAccess;
import com.google.inject.Guice;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.aopalliance.intercept.MethodInterceptor;
import org.eclipse.osgi.launch.EquinoxFactory;
import org.gantry.components.ComponentInfo;
import org.gantry.components.ComponentRegistry;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;

/**
 * An OSGi framework with the packed bundle of this module and its dependencies. The framework
 * itself exports the packages of the API, so that tests can call the service.
 */
final class TestFramework implements AutoCloseable {

  private static final List<Class<?>> LIBRARIES =
      List.of(
          Guice.class,
          ImmutableList.class,
          InternalFutureFailureAccess.class,
          Inject.class,
          MethodInterceptor.class);

  private final Framework framework;

  private TestFramework(Framework framework) {
    this.framework = framework;
  }

  /** Starts a framework that keeps its files in a folder. */
  static TestFramework start(Path folder) throws BundleException {
    Framework framework =
        new EquinoxFactory()
            .newFramework(
                Map.of(
                    Constants.FRAMEWORK_STORAGE,
                    folder.resolve("framework").toString(),
                    Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                    "org.gantry.component;version=1.0,org.gantry.components;version=1.0,"
                        + "org.gantry.kind;version=1.0,"
                        + "org.gantry.host;version=1.0,org.gantry.host.support;version=1.0"));
    framework.start();
    TestFramework host = new TestFramework(framework);
    for (Class<?> type : LIBRARIES) {
      host.install(Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath()));
    }
    host.install(Path.of(System.getProperty("bundle"))).start();
    return host;
  }

  /** Installs a bundle without starting it. */
  Bundle install(Path jar) throws BundleException {
    return framework.getBundleContext().installBundle(jar.toUri().toString());
  }

  /** Installs and starts a bundle. */
  Bundle add(Path jar) throws BundleException {
    Bundle bundle = install(jar);
    bundle.start();
    return bundle;
  }

  /** Returns the registry. */
  ComponentRegistry components() {
    var context = framework.getBundleContext();
    return context.getService(context.getServiceReference(ComponentRegistry.class));
  }

  /** Returns the component with a name. */
  ComponentInfo component(String name) {
    return components().all().stream()
        .filter(info -> info.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException(name));
  }

  @Override
  public void close() throws BundleException {
    framework.stop();
    try {
      framework.waitForStop(0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
