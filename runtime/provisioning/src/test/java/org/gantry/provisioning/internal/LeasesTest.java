package org.gantry.provisioning.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.gantry.provisioning.Provisioning.Lease;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeasesTest {

  @TempDir Path folder;

  @Test
  void aLeaseNamesItsRunUntilItIsGivenBack() throws IOException {
    Leases leases = new Leases(folder.resolve("leases"));
    assertEquals(List.of(), leases.runs("acme", "1.0.0"));
    Lease lease = leases.take("runs/ring-001", Map.of("acme", "1.0.0"));
    assertEquals(List.of("runs/ring-001"), leases.runs("acme", "1.0.0"));
    assertEquals(List.of(), leases.runs("acme", "2.0.0"));
    lease.close();
    assertEquals(List.of(), leases.runs("acme", "1.0.0"));
  }

  @Test
  void aProcessThatIsDeadHoldsNothing() throws IOException {
    Path left = Files.writeString(folder.resolve("1-2-3.json"), "{\"run\":\"gone\"}");
    Files.createFile(folder.resolve("1-2-3.lock"));
    assertEquals(List.of(), new Leases(folder).runs("acme", "1.0.0"));
    assertFalse(Files.exists(left));
  }
}
