package org.gantry.components.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.ref.WeakReference;
import java.lang.reflect.Constructor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.gantry.components.ComponentException;
import org.gantry.components.ComponentInfo;
import org.gantry.components.ComponentRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

class UnloadingTest {

  private static final int CYCLES = 50;

  /** Objects can need several collections to become unreachable; more than a few never help. */
  private static final int COLLECTIONS = 5;

  @Test
  void removedBundlesReleaseTheirClassLoaders(@TempDir Path folder) throws Exception {
    Path jar =
        PluginJarBuilder.hello("acme")
            .simple("Silence", "silence", "Says nothing.")
            .simple("Failing", "failing", "Fails.")
            .in(folder);
    List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    try (TestFramework host = TestFramework.start(folder)) {
      for (int i = 0; i < CYCLES; i++) {
        loaders.add(cycle(host, jar));
      }
      for (int i = 0; i < COLLECTIONS && alive(loaders) > 0; i++) {
        System.gc();
      }
      assertEquals(0, alive(loaders), "class loaders alive");
    }
  }

  private static long alive(List<WeakReference<ClassLoader>> loaders) {
    return loaders.stream().filter(loader -> loader.get() != null).count();
  }

  /** Adds the bundle, creates its components as a run does, and removes it. */
  private static WeakReference<ClassLoader> cycle(TestFramework host, Path jar) throws Exception {
    Bundle bundle = host.add(jar);
    ComponentRegistry components = host.components();
    Supplier<?> silence =
        components.create(host.component("silence"), Supplier.class, Optional.empty());
    ComponentInfo hello = host.component("hello");
    Constructor<? extends Record> options =
        components.optionsType(hello).orElseThrow().getDeclaredConstructor(String.class, int.class);
    options.setAccessible(true);
    Supplier<?> greeting =
        components.create(hello, Supplier.class, Optional.of(options.newInstance("ho", 2)));
    assertEquals("hoho", greeting.get());
    try {
      components.create(host.component("failing"), Supplier.class, Optional.empty());
    } catch (ComponentException expected) {
      bundle.uninstall();
    }
    return new WeakReference<>(silence.getClass().getClassLoader());
  }
}
