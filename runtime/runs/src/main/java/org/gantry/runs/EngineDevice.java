package org.gantry.runs;

import org.gantry.recipes.TrainSettings;
import org.gantry.tensor.ComputeDevice;

/** Chooses the device of the engine. Another device gives other bits. */
public final class EngineDevice {

  private EngineDevice() {}

  /**
   * The device for a new run on this machine.
   *
   * @throws RunException if the recipe sets a device that the engine does not have here
   */
  public static ComputeDevice forNewRun(TrainSettings settings) {
    ComputeDevice device = ComputeDevice.of(settings.device());
    if (!device.isAvailable()) {
      throw new RunException(
          "train.device is %s, and the engine has only %s on this machine"
              .formatted(
                  device,
                  String.join(
                      ", ", ComputeDevice.available().stream().map(ComputeDevice::name).toList())));
    }
    if (!device.isFastWith(settings.precision())) {
      throw new RunException(
          "train.precision is bf16, which is slow on this machine: %s has no instructions for it; use float32"
              .formatted(device.isProcessor() ? "its processor" : device));
    }
    return device;
  }

  /**
   * The device for a recorded run: what its recipe sets, or else what it was trained on. If the
   * engine has no such device here, it is the one that a new run would get.
   */
  public static ComputeDevice forRecordedRun(TrainSettings settings, RunEnvironment recorded) {
    ComputeDevice wanted =
        settings.device().equals(ComputeDevice.AUTO)
            ? recorded.device()
            : ComputeDevice.of(settings.device());
    return wanted.isAvailable() ? wanted : ComputeDevice.preferred();
  }
}
