package org.gantry.provisioning.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.gantry.components.PluginJar;
import org.gantry.provisioning.Provisioning.Lease;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeasesTest {

  @TempDir Path folder;

  private static PluginJar acme(String version, String sha256) {
    return new PluginJar("acme", version, sha256);
  }

  @Test
  void aLeaseNamesItsRunUntilItIsGivenBack() throws IOException {
    Leases leases = new Leases(folder.resolve("leases"));
    assertEquals(List.of(), leases.runs(acme("1.0.0", "5a")));
    Lease lease = leases.take("runs/ring-001", List.of(acme("1.0.0", "5a")));
    assertEquals(List.of("runs/ring-001"), leases.runs(acme("1.0.0", "5a")));
    lease.close();
    assertEquals(List.of(), leases.runs(acme("1.0.0", "5a")));
  }

  @Test
  void aLeaseIsOfJarsAndNotOfAllThatHaveTheirName() throws IOException {
    Leases leases = new Leases(folder.resolve("leases"));
    try (Lease first = leases.take("first", List.of(acme("1.0.0", "5a"), acme("2.0.0", "5b")));
        Lease second = leases.take("second", List.of(acme("2.0.0", "5b")))) {
      assertNotNull(first);
      assertNotNull(second);
      assertEquals(List.of("first"), leases.runs(acme("1.0.0", "5a")));
      assertEquals(
          List.of("first", "second"), leases.runs(acme("2.0.0", "5b")).stream().sorted().toList());
      assertEquals(List.of(), leases.runs(acme("3.0.0", "5c")));
      // Another build of the same version.
      assertEquals(List.of(), leases.runs(acme("1.0.0", "6a")));
    }
  }

  @Test
  void aProcessThatIsDeadHoldsNothing() throws IOException {
    Path left = Files.writeString(folder.resolve("1-2-3.json"), "{\"run\":\"gone\"}");
    Files.createFile(folder.resolve("1-2-3.lock"));
    assertEquals(List.of(), new Leases(folder).runs(acme("1.0.0", "5a")));
    assertFalse(Files.exists(left));
  }
}
