package org.gantry.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.gantry.host.BundleStart;
import org.gantry.host.support.AtomicFiles;
import org.gantry.host.support.ErrorText;
import org.osgi.framework.Constants;

/**
 * The temporary folder of one framework. It is removed when the framework closes, because every
 * start installs all bundles again.
 */
record FrameworkStorage(Path folder) implements AutoCloseable {

  static FrameworkStorage create() {
    try {
      return new FrameworkStorage(Files.createTempDirectory("gantry-"));
    } catch (IOException e) {
      throw new StartException("a temporary folder cannot be created: " + ErrorText.of(e), e);
    }
  }

  /** The configuration of a framework with this storage. */
  Map<String, String> configuration() {
    Map<String, String> configuration = new HashMap<>();
    configuration.put(Constants.FRAMEWORK_STORAGE, folder.toString());
    configuration.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, ExportedPackages.header());
    configuration.put(
        Constants.FRAMEWORK_BEGINNING_STARTLEVEL, Integer.toString(BundleStart.PLUGIN_LEVEL));
    // Bundles see only their imports and the java packages of the JDK.
    configuration.put(Constants.FRAMEWORK_BOOTDELEGATION, "");
    configuration.put("osgi.compatibility.bootdelegation", "false");
    return configuration;
  }

  @Override
  public void close() {
    try {
      AtomicFiles.delete(folder);
    } catch (IOException e) {
      // The remaining files are temporary.
      return;
    }
  }
}
