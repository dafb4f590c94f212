package org.gantry.provisioning.internal.planner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.gantry.provisioning.InstalledPlugin;
import org.gantry.provisioning.ProvisioningException;
import org.junit.jupiter.api.Test;

class PluginSelectionTest {

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
  private static final PluginSelection INSTALLED = new PluginSelection(List.of(LOSSES));

  @Test
  void aPluginIsMeantByTheLastPartOfItsName() {
    assertEquals(LOSSES, INSTALLED.find("losses"));
    assertEquals(LOSSES, INSTALLED.find("org.acme.losses@1.0.0"));
  }

  @Test
  void aNameThatIsNotThereIsToldWithTheNearest() {
    assertTrue(refusal("loses").fix().startsWith("Did you mean 'losses'?"));
  }

  @Test
  void whoNamesAFileIsToldHowFilesAreInstalled() {
    assertEquals(
        "'gantry plugins install target/losses-1.1.0.jar' puts it in the place of another version.",
        refusal("target/losses-1.1.0.jar").fix());
  }

  private static ProvisioningException refusal(String words) {
    return assertThrows(ProvisioningException.class, () -> INSTALLED.find(words));
  }
}
