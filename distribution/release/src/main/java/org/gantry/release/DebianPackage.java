package org.gantry.release;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveOutputStream;

/**
 * A Debian package of the product, which uses the Java of the system.
 *
 * @param version the version of the product
 * @param architecture as Debian names it
 * @param time of all files
 */
record DebianPackage(String version, String architecture, Instant time) {

  private static final String HOME = "opt/gantry/";
  private static final int KILO = 1024;
  private static final int FILE_MODE = 0100644;

  /** The version as Debian orders it: a snapshot comes before its release. */
  String debianVersion() {
    return version.replace("-SNAPSHOT", "~snapshot");
  }

  /**
   * Writes the package into a folder, and returns it.
   *
   * @param product the files of the product, without a run time
   * @param work a folder for files of the package itself
   */
  Path write(FileTree product, Path work, Path folder) throws IOException {
    FileTree.delete(work);
    Files.createDirectories(work);
    ArchiveWriter tars = new ArchiveWriter("gantry", time);
    FileTree installed = installed(product, work);
    Path control = Files.writeString(work.resolve("control"), control(installed));
    Path controlTar = work.resolve("control.tar.gz");
    try (OutputStream out = Files.newOutputStream(controlTar)) {
      tars.writeTarGz(FileTree.EMPTY.with("", control), "./", out);
    }
    Path dataTar = work.resolve("data.tar.gz");
    try (OutputStream out = Files.newOutputStream(dataTar)) {
      tars.writeTarGz(installed, "./", out);
    }
    Path file = folder.resolve("gantry_%s_%s.deb".formatted(debianVersion(), architecture));
    try (ArArchiveOutputStream ar = new ArArchiveOutputStream(Files.newOutputStream(file))) {
      Path format = Files.writeString(work.resolve("debian-binary"), "2.0\n");
      for (Path member : new Path[] {format, controlTar, dataTar}) {
        ar.putArchiveEntry(
            new ArArchiveEntry(
                member.getFileName().toString(),
                Files.size(member),
                0,
                0,
                FILE_MODE,
                time.getEpochSecond()));
        Files.copy(member, ar);
        ar.closeArchiveEntry();
      }
    }
    return file;
  }

  /** Where the package has its files. */
  private static FileTree installed(FileTree product, Path work) throws IOException {
    SortedMap<String, Path> files = new TreeMap<>();
    product.files().forEach((path, file) -> files.put(HOME + path, file));
    String completions = "completions/";
    files.put(
        "usr/share/bash-completion/completions/gantry",
        product.files().get(completions + "gantry.bash"));
    files.put(
        "usr/share/zsh/vendor-completions/_gantry", product.files().get(completions + "_gantry"));
    files.put(
        "usr/share/fish/vendor_completions.d/gantry.fish",
        product.files().get(completions + "gantry.fish"));
    files.put("usr/share/doc/gantry/copyright", copyright(product, work));
    // A script in place of a link, because a link in a tar is one more kind of entry.
    Path command =
        Files.writeString(
            work.resolve("gantry"), "#!/bin/sh\nexec /opt/gantry/bin/gantry \"$@\"\n");
    if (!command.toFile().setExecutable(true)) {
      throw new IOException(command + " cannot be made a program");
    }
    files.put("usr/bin/gantry", command);
    return new FileTree(files);
  }

  private static Path copyright(FileTree product, Path work) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    Files.copy(product.files().get("NOTICE"), text);
    text.write(
        "\nThe licences are in /opt/gantry/LICENSE and /opt/gantry/licences.\n"
            .getBytes(StandardCharsets.UTF_8));
    return Files.write(work.resolve("copyright"), text.toByteArray());
  }

  private String control(FileTree installed) throws IOException {
    long size = 0;
    for (Path file : installed.files().values()) {
      size += Files.size(file);
    }
    return """
        Package: gantry
        Version: %s
        Architecture: %s
        Maintainer: The contributors to Gantry <gantry@localhost>
        Installed-Size: %d
        Depends: default-jre-headless (>= 2:1.17) | java17-runtime-headless, libstdc++6
        Section: science
        Priority: optional
        Description: Compose generative adversarial networks out of plugins
         A recipe names a data set, networks, a loss and regularizers. Gantry checks
         that they fit together, and trains them with PyTorch's tensors on the JVM.
        """
        .formatted(debianVersion(), architecture, (size + KILO - 1) / KILO);
  }
}
