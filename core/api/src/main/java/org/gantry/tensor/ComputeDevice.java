package org.gantry.tensor;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where arrays are and operators run: the processor, or an accelerator. The same recipe gives the
 * same bits on one device, and other bits on another one.
 *
 * @param name {@code cpu}, {@code mps}, or {@code cuda:N} with a number from 0
 */
public record ComputeDevice(String name) {

  /** The setting that stands for {@link #preferred()}. */
  public static final String AUTO = "auto";

  private static final String CUDA = "cuda";
  private static final String MPS = "mps";
  private static final Pattern NAME = Pattern.compile("cpu|mps|cuda:(0|[1-9]\\d{0,3})");

  /** The processor, which every engine has. */
  public static final ComputeDevice CPU = new ComputeDevice("cpu");

  /** Checks the name. */
  public ComputeDevice {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("'" + name + "' is not cpu, mps or cuda:N");
    }
  }

  /** Whether a text is a device, {@code cuda} for the first one of CUDA, or {@code auto}. */
  public static boolean isSetting(String text) {
    return text.equals(AUTO) || text.equals(CUDA) || NAME.matcher(text).matches();
  }

  /**
   * The device of a setting.
   *
   * @param text accepted by {@link #isSetting}
   */
  public static ComputeDevice of(String text) {
    return text.equals(AUTO)
        ? preferred()
        : new ComputeDevice(text.equals(CUDA) ? CUDA + ":0" : text);
  }

  /** The first device of CUDA if the engine has one, or else the processor. Starts the engine. */
  public static ComputeDevice preferred() {
    List<ComputeDevice> devices = available();
    return devices.get(devices.size() > 1 && !devices.get(1).name.equals(MPS) ? 1 : 0);
  }

  /**
   * The devices that the engine has on this machine, the processor first. Starts the engine. An
   * engine for macOS is taken to have {@code mps}, because it does not say.
   */
  public static List<ComputeDevice> available() {
    List<ComputeDevice> devices = new ArrayList<>(List.of(CPU));
    for (int i = 0; i < Engine.getEngine(NativeEngine.NAME).getGpuCount(); i++) {
      devices.add(new ComputeDevice(CUDA + ":" + i));
    }
    if (System.getProperty("os.name").startsWith("Mac")
        && System.getProperty("os.arch").equals("aarch64")) {
      devices.add(new ComputeDevice(MPS));
    }
    return devices;
  }

  /** Whether the engine has the device on this machine. Starts the engine. */
  public boolean isAvailable() {
    return available().contains(this);
  }

  /**
   * Whether a type of numbers makes trainings on this device faster, or is float32. A processor
   * without instructions for bf16 takes more than ten times as long with it.
   */
  public boolean isFastWith(FloatPrecision precision) {
    return precision == FloatPrecision.FLOAT32
        || name.startsWith(CUDA)
        || (equals(CPU) && ProcessorFeatures.ofThisMachine().multipliesHalfFloats());
  }

  /** Whether the device is the processor. */
  public boolean isProcessor() {
    return equals(CPU);
  }

  /**
   * A new manager of arrays on this device. Starts the engine.
   *
   * @return closed by the caller
   */
  public NDManager newManager() {
    return Engine.getEngine(NativeEngine.NAME).newBaseManager(engineDevice());
  }

  private Device engineDevice() {
    if (name.equals(MPS)) {
      return Device.of(MPS, -1);
    }
    return name.startsWith(CUDA)
        ? Device.gpu(Integer.parseInt(name.substring(CUDA.length() + 1)))
        : Device.cpu();
  }

  @Override
  public String toString() {
    return name;
  }
}
