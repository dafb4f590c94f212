package org.gantry.release;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;

/**
 * A container image as a tar in the layout of the OCI. It starts from nothing, so that neither a
 * registry nor a daemon is needed: a layer has the C library and the shell of the machine that
 * builds it, and another one the product with its run time.
 *
 * @param version the version of the product
 * @param architecture as images name it
 * @param time of all files
 */
record ContainerImage(String version, String architecture, Instant time) {

  private static final String HOME = "/opt/gantry/";
  private static final String USER = "1000:1000";
  private static final String WORK = "/data";
  private static final String CACHE = "/var/lib/gantry";

  /** What the shell, the run time and the engine need of the C library. */
  private static final List<String> C_LIBRARY =
      List.of(
          "libc.so.6",
          "libm.so.6",
          "libdl.so.2",
          "libpthread.so.0",
          "librt.so.1",
          "libresolv.so.2");

  /** Whether the machine has what an image starts from: it runs Debian, on the usual processor. */
  static boolean isPossible(ReleasePlatform here) {
    return here == ReleasePlatform.LINUX_X86_64 && Files.exists(Path.of("/etc/debian_version"));
  }

  /**
   * Writes the image into a folder, and returns it.
   *
   * @param product the files of the product, with a run time
   * @param work a folder for files of the image itself
   */
  Path write(FileTree product, Path work, Path folder) throws IOException {
    FileTree.delete(work);
    Files.createDirectories(work);
    Path file = folder.resolve("gantry-%s-%s.oci.tar".formatted(version, architecture));
    try {
      JibContainerBuilder image =
          Jib.fromScratch()
              .setPlatforms(Set.of(new Platform(architecture, "linux")))
              .setFormat(ImageFormat.OCI)
              .setCreationTime(time)
              .addFileEntriesLayer(system(work))
              .addFileEntriesLayer(layer("product", product, HOME))
              .setEnvironment(
                  Map.of(
                      "PATH", HOME + "bin:/bin", "HOME", CACHE, "GANTRY_STATE", CACHE + "/.gantry"))
              .setWorkingDirectory(AbsoluteUnixPath.get(WORK))
              .setUser(USER)
              .setEntrypoint(HOME + "bin/gantry");
      image.containerize(
          Containerizer.to(TarImage.at(file).named("gantry:" + version.replace('+', '-')))
              .setBaseImageLayersCache(work.resolve("base"))
              .setApplicationLayersCache(work.resolve("layers"))
              .setOfflineMode(true)
              .setToolName("gantry"));
      return file;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the image was written", e);
    } catch (RegistryException
        | CacheDirectoryCreationException
        | ExecutionException
        | InvalidImageReferenceException e) {
      throw new IOException("the image cannot be written: " + e.getMessage(), e);
    }
  }

  private FileEntriesLayer layer(String name, FileTree files, String folder) {
    FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName(name);
    files
        .files()
        .forEach(
            (path, file) ->
                layer.addEntry(
                    file,
                    AbsoluteUnixPath.get(folder + path),
                    FilePermissions.fromOctalString(Integer.toOctalString(FileTree.mode(file))),
                    time));
    return layer.build();
  }

  /** The C library, the shell, a user, and folders that the user can write. */
  private FileEntriesLayer system(Path work) throws IOException {
    FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName("system");
    FilePermissions program = FilePermissions.fromOctalString("755");
    Path loader = Path.of("/lib64/ld-linux-x86-64.so.2").toRealPath();
    Path libraries = loader.getParent();
    add(layer, loader, "/lib64/ld-linux-x86-64.so.2", program);
    for (String name : C_LIBRARY) {
      add(layer, libraries.resolve(name), "/lib/x86_64-linux-gnu/" + name, program);
    }
    add(layer, Path.of("/bin/sh"), "/bin/sh", program);
    for (Map.Entry<String, String> text :
        Map.of(
                "passwd",
                "root:x:0:0::/root:/bin/sh\ngantry:x:1000:1000::" + CACHE + ":/bin/sh\n",
                "group",
                "root:x:0:\ngantry:x:1000:\n")
            .entrySet()) {
      Path file = Files.writeString(work.resolve(text.getKey()), text.getValue());
      add(layer, file, "/etc/" + text.getKey(), FilePermissions.fromOctalString("644"));
    }
    for (String owner : List.of("libc6", "dash")) {
      add(
          layer,
          Path.of("/usr/share/doc", owner, "copyright"),
          "/usr/share/doc/" + owner + "/copyright",
          FilePermissions.fromOctalString("644"));
    }
    Path empty = Files.createDirectories(work.resolve("empty"));
    for (String writable : List.of(WORK, CACHE)) {
      layer.addEntry(empty, AbsoluteUnixPath.get(writable), program, time, USER);
    }
    layer.addEntry(
        empty, AbsoluteUnixPath.get("/tmp"), FilePermissions.fromOctalString("777"), time);
    return layer.build();
  }

  private void add(
      FileEntriesLayer.Builder layer, Path file, String path, FilePermissions permissions)
      throws IOException {
    layer.addEntry(file.toRealPath(), AbsoluteUnixPath.get(path), permissions, time);
  }
}
