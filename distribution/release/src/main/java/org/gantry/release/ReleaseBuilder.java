package org.gantry.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The program that packs a release. */
public final class ReleaseBuilder {

  private static final int ARGUMENTS = 6;

  private ReleaseBuilder() {}

  /**
   * Packs a release.
   *
   * @param arguments the version, the platform of this machine as the engine names it, the time of
   *     all files, the folder with the product, a folder for work, the folder of the release, and
   *     optionally the key that signs
   */
  public static void main(String[] arguments) throws IOException {
    String version = arguments[0];
    ReleasePlatform here = ReleasePlatform.ofEngine(arguments[1]);
    Instant time = Instant.parse(arguments[2]);
    Path built = Path.of(arguments[3]);
    Path work = Path.of(arguments[4]);
    Path folder = Path.of(arguments[5]);
    FileTree.delete(folder);
    Files.createDirectories(folder);

    Path runtime = RuntimeImage.create(work.resolve("runtime"));
    // The archive of classes is of this folder and this virtual machine.
    FileTree product =
        FileTree.of(built.resolve("gantry"))
            .without("lib/pytorch-native-cpu-")
            .without("lib/classes.jsa");
    List<Path> written = new ArrayList<>();
    for (ReleasePlatform platform : ReleasePlatform.values()) {
      FileTree files = product.with("lib/", platform.engine(work.resolve("engines")));
      if (platform == here) {
        files = files.withAll("runtime/", FileTree.of(runtime));
      }
      String name = "gantry-" + version + "-" + platform.label();
      written.add(new ArchiveWriter(name, time).write(files, platform.format(), folder));
      if (!platform.debianName().isEmpty()) {
        written.add(
            new DebianPackage(version, platform.debianName(), time)
                .write(files.without("runtime/"), work.resolve("deb"), folder));
      }
      if (platform == here && ContainerImage.isPossible(here)) {
        written.add(
            new ContainerImage(version, platform.debianName(), time)
                .write(files, work.resolve("image"), folder));
      }
    }
    FileTree everything = product.withAll("runtime/", FileTree.of(runtime));
    for (ReleasePlatform platform : ReleasePlatform.values()) {
      everything = everything.with("lib/", platform.engine(work.resolve("engines")));
    }
    written.add(new SoftwareBill(version, time).write(everything, folder));
    ChecksumFile.write(folder, written);
    if (arguments.length > ARGUMENTS && !arguments[ARGUMENTS].isBlank()) {
      ChecksumFile.sign(folder, arguments[ARGUMENTS]);
    }
    for (Path file : written) {
      System.out.printf("%s: %d MB%n", file, Files.size(file) / 1_000_000);
    }
  }
}
