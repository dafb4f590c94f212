package org.gantry.provisioning.internal.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.gantry.components.PluginJar;
import org.gantry.provisioning.PluginProvisioner.PluginLease;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginLeasesTest {

  @TempDir Path folder;

  private static PluginJar acme(String version, String sha256) {
    return new PluginJar("acme", version, sha256);
  }

  @Test
  void leaseNamesItsRunUntilItIsClosed() throws IOException {
    PluginLeases leases = new PluginLeases(folder.resolve("leases"));
    assertEquals(List.of(), leases.runsUsing(acme("1.0.0", "5a")));
    PluginLease lease = leases.acquire("runs/ring-001", List.of(acme("1.0.0", "5a")));
    assertEquals(List.of("runs/ring-001"), leases.runsUsing(acme("1.0.0", "5a")));
    lease.close();
    assertEquals(List.of(), leases.runsUsing(acme("1.0.0", "5a")));
  }

  @Test
  void leaseProtectsJarsAndNotOthersOfTheSameName() throws IOException {
    PluginLeases leases = new PluginLeases(folder.resolve("leases"));
    try (PluginLease first =
            leases.acquire("first", List.of(acme("1.0.0", "5a"), acme("2.0.0", "5b")));
        PluginLease second = leases.acquire("second", List.of(acme("2.0.0", "5b")))) {
      assertNotNull(first);
      assertNotNull(second);
      assertEquals(List.of("first"), leases.runsUsing(acme("1.0.0", "5a")));
      assertEquals(
          List.of("first", "second"),
          leases.runsUsing(acme("2.0.0", "5b")).stream().sorted().toList());
      assertEquals(List.of(), leases.runsUsing(acme("3.0.0", "5c")));
      // Another build of the same version.
      assertEquals(List.of(), leases.runsUsing(acme("1.0.0", "6a")));
    }
  }

  @Test
  void deadProcessHoldsNoLease() throws IOException {
    Path left = Files.writeString(folder.resolve("1-2-3.json"), "{\"run\":\"gone\"}");
    Files.createFile(folder.resolve("1-2-3.lock"));
    assertEquals(List.of(), new PluginLeases(folder).runsUsing(acme("1.0.0", "5a")));
    assertFalse(Files.exists(left));
  }
}
