package org.gantry.provisioning.internal.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.gantry.provisioning.InstalledPlugin;
import org.gantry.provisioning.ProvisioningException;
import org.junit.jupiter.api.Test;

/** Naming installed plugins. */
class PluginQueryTest {

  private static final InstalledPlugin LOSSES =
      new InstalledPlugin(
          "org.acme.losses",
          "1.0.0",
          "",
          "",
          "",
          "",
          false,
          InstalledPlugin.PluginState.ACTIVE,
          "",
          List.of());

  @Test
  void pluginIsFoundByTheLastPartOfItsName() {
    assertEquals(LOSSES, PluginQuery.findInstalled("losses", List.of(LOSSES)));
    assertEquals(LOSSES, PluginQuery.findInstalled("org.acme.losses@1.0.0", List.of(LOSSES)));
  }

  @Test
  void unknownNameIsReportedWithTheNearestOne() {
    assertTrue(refusal("loses").fix().startsWith("Did you mean 'losses'?"));
  }

  @Test
  void fileInsteadOfANameIsReportedWithTheInstallCommand() {
    assertEquals(
        "'gantry plugins install target/losses-1.1.0.jar' installs it, also over another version.",
        refusal("target/losses-1.1.0.jar").fix());
  }

  private static ProvisioningException refusal(String words) {
    return assertThrows(
        ProvisioningException.class, () -> PluginQuery.findInstalled(words, List.of(LOSSES)));
  }
}
