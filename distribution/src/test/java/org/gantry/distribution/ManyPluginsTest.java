package org.gantry.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many plugins at once, and one after another. */
class ManyPluginsTest {

  @TempDir Path folder;

  @Test
  void manyPluginsAreInstalledAtOnce() throws IOException {
    int count = Integer.getInteger("gantry.plugins", 0);
    if (count > 0) {
      System.out.print(ManyPlugins.table(folder, count));
      return;
    }
    try (LiveHost host = LiveHost.start(folder.resolve("state"))) {
      List<Path> jars = ManyPlugins.jars(folder, 20);
      String[] install = new String[jars.size() + 4];
      install[0] = "plugins";
      install[1] = "install";
      for (int i = 0; i < jars.size(); i++) {
        install[i + 2] = jars.get(i).toString();
      }
      install[jars.size() + 2] = "--allow-unsigned";
      install[jars.size() + 3] = "--yes";
      host.runSuccessfully(install);
      assertEquals(
          80,
          host.runSuccessfully("components", "--kind", "loss")
              .lines()
              .filter(line -> line.contains("/many-"))
              .count());
    }
  }

  /** The property {@code gantry.cycles} sets the number of cycles; 1000 shows small leaks. */
  @Test
  void removedPluginLeavesNoClasses() {
    int cycles = Integer.getInteger("gantry.cycles", 6);
    Path classes =
        TestPluginJar.compile(folder, Map.of("Plain", TestPluginJar.loss("Plain", "acme", "")));
    Path jar =
        TestPluginJar.withLoss("org.acme.losses", "1.0.0", classes, "Plain", "acme")
            .pack(folder.resolve("losses.jar"));
    try (LiveHost host = LiveHost.start(folder.resolve("state"))) {
      cycle(host, jar);
      cycle(host, jar);
      Memory before = Memory.now();
      for (int done = 1; done <= cycles; done++) {
        cycle(host, jar);
        if (done % Math.max(1, cycles / 5) == 0) {
          System.out.println(done + " cycles: " + Memory.now().since(before));
        }
      }
      long more = Memory.now().classes() - before.classes();
      // A leak is at least one class per cycle. Classes that the JDK generates do not grow so.
      assertFalse(more >= Math.max(cycles, 100), more + " classes more");
    }
  }

  /** The memory of this process, in classes and bytes. */
  private record Memory(long classes, long metaspace, long heap) {

    static Memory now() {
      for (int i = 0; i < 3; i++) {
        System.gc();
      }
      return new Memory(
          ManagementFactory.getClassLoadingMXBean().getLoadedClassCount(),
          ManagementFactory.getMemoryPoolMXBeans().stream()
              .filter(pool -> pool.getName().equals("Metaspace"))
              .map(MemoryPoolMXBean::getUsage)
              .mapToLong(usage -> usage.getUsed())
              .sum(),
          ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }

    String since(Memory before) {
      return "%+d classes, %+d kB of metaspace, %+d kB of heap"
          .formatted(
              classes - before.classes,
              (metaspace - before.metaspace) >> 10,
              (heap - before.heap) >> 10);
    }
  }

  private static void cycle(LiveHost host, Path jar) {
    assertEquals(0, host.install(jar).exitCode());
    host.runSuccessfully("plugins", "remove", "losses", "--yes");
  }
}
