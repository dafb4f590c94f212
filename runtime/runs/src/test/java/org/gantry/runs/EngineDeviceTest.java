package org.gantry.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.gantry.recipes.EarlyStopping;
import org.gantry.recipes.TrainSettings;
import org.gantry.recipes.TrainSettings.BestDirection;
import org.gantry.tensor.ComputeDevice;
import org.gantry.tensor.FloatPrecision;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

@TensorTest
final class EngineDeviceTest {

  private static final ComputeDevice MISSING = new ComputeDevice("cuda:9999");

  @Test
  void newRunsUseTheDeviceOfTheRecipe() {
    assertEquals(ComputeDevice.CPU, EngineDevice.forNewRun(settings("cpu")));
    assertEquals(ComputeDevice.preferred(), EngineDevice.forNewRun(settings("auto")));
  }

  @Test
  void aDeviceThatTheMachineLacksIsRefusedForNewRuns() {
    String refusal =
        assertThrows(RunException.class, () -> EngineDevice.forNewRun(settings("cuda:9999")))
            .getMessage();

    assertTrue(
        refusal.startsWith("train.device is cuda:9999, and the engine has only cpu"), refusal);
  }

  @Test
  void recordedRunsKeepTheirDevice() {
    assertEquals(
        ComputeDevice.CPU,
        EngineDevice.forRecordedRun(settings("auto"), recorded(ComputeDevice.CPU)));
  }

  @Test
  void runsOfAnotherMachineMoveToADeviceOfThisOne() {
    assertEquals(
        ComputeDevice.preferred(),
        EngineDevice.forRecordedRun(settings("auto"), recorded(MISSING)));
    assertEquals(
        ComputeDevice.preferred(),
        EngineDevice.forRecordedRun(settings("cuda:9999"), recorded(MISSING)));
  }

  @Test
  void aSettingCountsMoreThanTheRecordedDevice() {
    assertEquals(
        ComputeDevice.CPU, EngineDevice.forRecordedRun(settings("cpu"), recorded(MISSING)));
  }

  private static RunEnvironment recorded(ComputeDevice device) {
    return new RunEnvironment(Instant.EPOCH, "PyTorch", "2.7.1", 1, device);
  }

  private static TrainSettings settings(String device) {
    return new TrainSettings(
        1,
        1,
        1,
        0,
        1,
        0,
        1,
        1,
        1,
        device,
        FloatPrecision.FLOAT32,
        0,
        "",
        BestDirection.LOWEST,
        0,
        1,
        EarlyStopping.NEVER);
  }
}
