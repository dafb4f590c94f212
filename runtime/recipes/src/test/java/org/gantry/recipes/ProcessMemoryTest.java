package org.gantry.recipes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessMemoryTest {

  private static final long MEGABYTE = 1 << 20;

  @TempDir private Path root;

  private void machine(long megabytes) throws IOException {
    write(
        "proc/meminfo",
        "MemTotal:  9999999 kB\nMemAvailable:   %d kB\n".formatted(1024 * megabytes));
  }

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private long available() {
    return new ProcessMemory(root).availableBytes() / MEGABYTE;
  }

  @Test
  void withoutLimitsAllMemoryOfTheMachineIsAvailable() throws IOException {
    machine(700);
    write("proc/self/limits", "Max address space         unlimited            unlimited   bytes\n");
    write("proc/self/status", "VmSize:  8192 kB\nVmRSS:   4096 kB\n");
    write("proc/self/cgroup", "0::/user.slice\n");
    write("sys/fs/cgroup/user.slice/memory.max", "max\n");
    write("sys/fs/cgroup/user.slice/memory.current", "1048576\n");

    assertEquals(700, available());
    assertEquals(4 * MEGABYTE, new ProcessMemory(root).residentBytes());
  }

  @Test
  void addressSpaceLimitsReduceTheAvailableMemory() throws IOException {
    machine(700);
    write("proc/self/limits", "Max address space         104857600            unlimited   bytes\n");
    write("proc/self/status", "VmSize:  40960 kB\n");

    assertEquals(60, available());
  }

  @Test
  void controlGroupsReduceTheAvailableMemoryButFileCachesDoNot() throws IOException {
    machine(700);
    write("proc/self/cgroup", "0::/a/b\n");
    write("sys/fs/cgroup/a/b/memory.max", "314572800\n");
    write("sys/fs/cgroup/a/b/memory.current", "209715200\n");
    write("sys/fs/cgroup/a/b/memory.stat", "anon 5\ninactive_file 52428800\n");

    assertEquals(150, available());
    // The limit of a parent group also applies.
    write("sys/fs/cgroup/a/memory.max", "314572800\n");
    write("sys/fs/cgroup/a/memory.current", "304087040\n");
    assertEquals(10, available());
  }

  @Test
  void controlGroupsOfVersionOneAreRead() throws IOException {
    machine(700);
    write("proc/self/cgroup", "5:devices:/\n4:cpu,memory:/c\n0::/\n");
    write("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
    write("sys/fs/cgroup/memory/memory.usage_in_bytes", "1\n");
    assertEquals(700, available());

    write("sys/fs/cgroup/memory/c/memory.limit_in_bytes", "104857600\n");
    write("sys/fs/cgroup/memory/c/memory.usage_in_bytes", "94371840\n");
    write("sys/fs/cgroup/memory/c/memory.stat", "total_inactive_file 5242880\n");
    assertEquals(15, available());
  }

  /** In a container the path of the group can be a path on the host. */
  @Test
  void invisibleControlGroupsFallBackToTheMount() throws IOException {
    machine(700);
    write("proc/self/cgroup", "0::/../../host/pod\n");
    write("sys/fs/cgroup/memory.max", "104857600\n");
    write("sys/fs/cgroup/memory.current", "52428800\n");

    assertEquals(50, available());
  }

  @Test
  void memoryIsUnknownWithoutTheSystemsFiles() {
    assertEquals(0, available());
    assertEquals(0, new ProcessMemory(root).residentBytes());
  }
}
