package org.gantry.runs.internal;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import org.gantry.components.ComponentInfo;
import org.gantry.runs.RunException;
import org.gantry.runs.RunFolder.Locked;
import org.junit.jupiter.api.Test;

class LocksTest {

  private static final Path RUN = Path.of("runs", "ring-001");
  private static final List<Locked> LOCKED =
      List.of(new Locked("loss", "hinge", "1.0.0", "org.a.hinge", "0.1.0"));

  @Test
  void theSamePluginsPassHoweverManyOthersThereAre() {
    List<ComponentInfo> installed =
        List.of(hinge("org.b.hinge", "3.0.0", "9.0.0"), hinge("org.a.hinge", "1.0.0", "0.1.0"));

    assertDoesNotThrow(() -> Locks.requireInstalled(LOCKED, installed, RUN));
  }

  @Test
  void aMissingPluginIsNamedEvenIfAnotherOffersTheSameName() {
    assertEquals(
        "the run "
            + RUN
            + " was made with other plugins than are installed: "
            + "loss/hinge 1.0.0 of org.a.hinge 0.1.0 is missing",
        refused(List.of(hinge("org.b.hinge", "1.0.0", "0.1.0"))));
  }

  @Test
  void aPluginOfAnotherVersionIsNamedWithBothVersions() {
    assertEquals(
        "the run "
            + RUN
            + " was made with other plugins than are installed: "
            + "loss/hinge 1.0.0 of org.a.hinge 0.1.0 was used, but installed is loss/hinge 1.1.0"
            + " of org.a.hinge 0.2.0",
        refused(List.of(hinge("org.a.hinge", "1.1.0", "0.2.0"))));
  }

  private static String refused(List<ComponentInfo> installed) {
    return assertThrows(RunException.class, () -> Locks.requireInstalled(LOCKED, installed, RUN))
        .getMessage();
  }

  private static ComponentInfo hinge(String bundle, String version, String bundleVersion) {
    return new ComponentInfo(
        "loss", "hinge", version, "", "", List.of(), List.of(), bundle, bundleVersion, "Hinge");
  }
}
