package org.gantry.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TensorTest
final class ComputeDeviceTest {

  @ParameterizedTest
  @ValueSource(strings = {"auto", "cpu", "mps", "cuda", "cuda:0", "cuda:12"})
  void settingsAreDevicesOrAuto(String text) {
    assertTrue(ComputeDevice.isSetting(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "gpu", "CPU", "cuda:", "cuda:-1", "cuda:01", "cuda:1 "})
  void otherTextsAreNotSettings(String text) {
    assertFalse(ComputeDevice.isSetting(text));
  }

  @Test
  void cudaIsItsFirstDevice() {
    assertEquals(new ComputeDevice("cuda:0"), ComputeDevice.of("cuda"));
  }

  @Test
  void autoIsNotADeviceOfItsOwn() {
    assertThrows(IllegalArgumentException.class, () -> new ComputeDevice("auto"));
    assertEquals(ComputeDevice.preferred(), ComputeDevice.of("auto"));
  }

  @Test
  void everyEngineHasTheProcessor() {
    assertEquals(ComputeDevice.CPU, ComputeDevice.available().get(0));
    try (NDManager manager = ComputeDevice.CPU.newManager()) {
      assertEquals(Device.cpu(), manager.create(new float[1]).getDevice());
    }
  }

  @Test
  void deviceBeyondThoseOfTheMachineIsNotAvailable() {
    assertFalse(new ComputeDevice("cuda:9999").isAvailable());
  }
}
