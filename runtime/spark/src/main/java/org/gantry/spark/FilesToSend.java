package org.gantry.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The files that Spark sends to workers, as copies under the names that the workers expect.
 *
 * @param folder has the copies
 * @param plugins under their hashes
 * @param installation as an archive; empty if the workers have it
 */
record FilesToSend(Path folder, List<Path> plugins, Optional<Path> installation)
    implements AutoCloseable {

  /** Copies plugins, and packs the installation if the training sends it. */
  static FilesToSend create(TrainingJob job) throws IOException {
    Path folder = Files.createTempDirectory("gantry-to-send");
    List<Path> plugins = new ArrayList<>();
    for (Map.Entry<String, String> plugin : job.plugins().entrySet()) {
      Path copy = folder.resolve(ProcessInstallation.fileName(plugin.getKey()));
      plugins.add(Files.copy(Path.of(plugin.getValue()), copy));
    }
    Optional<Path> installation = Optional.empty();
    if (job.shipsInstallation()) {
      Path archive = folder.resolve("installation.zip");
      InstallationArchive.write(Path.of(job.home()), archive);
      installation = Optional.of(archive);
    }
    return new FilesToSend(folder, plugins, installation);
  }

  /** Lets every process of a cluster fetch the files before it trains. */
  void add(JavaSparkContext context) {
    plugins.forEach(plugin -> context.addFile(plugin.toString()));
    installation.ifPresent(
        archive -> context.sc().addArchive(archive + "#" + ProcessInstallation.SENT));
  }

  /** Removes the copies. */
  @Override
  public void close() throws IOException {
    for (Path plugin : plugins) {
      Files.deleteIfExists(plugin);
    }
    if (installation.isPresent()) {
      Files.deleteIfExists(installation.get());
    }
    Files.deleteIfExists(folder);
  }
}
