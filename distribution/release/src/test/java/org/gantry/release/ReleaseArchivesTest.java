package org.gantry.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.gantry.release.ArchiveWriter.ArchiveFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The archives of the release, one of which is tried as by a user who has neither Java nor Maven.
 */
class ReleaseArchivesTest {

  @TempDir Path folder;

  @Test
  void theArchiveOfThisPlatformNeedsNothing() throws IOException {
    String base = ReleaseFolder.base(ReleaseFolder.platform().label());
    ReleaseFolder.ProgramResult unpacked =
        ReleaseFolder.run(
            folder, System.getenv(), "tar", "xzf", ReleaseFolder.file(base + ".tar.gz").toString());
    assertEquals(0, unpacked.exitCode(), unpacked.err());

    run(base, "train", "ring", "--steps", "20", "--out", "ring");
    run(base, "sample", "ring", "-n", "100", "-o", "ring.png");
    run(base, "report", "ring", "-o", "ring.html");
    run(base, "graph", "ring", "-o", "graph.svg");

    for (String file : List.of("ring.png", "ring.html", "graph.svg")) {
      assertTrue(Files.size(folder.resolve(file)) > 1000, file);
    }
  }

  /** Runs a command where no other program can be found. */
  private void run(String base, String... words) throws IOException {
    Path empty = Files.createDirectories(folder.resolve("empty"));
    List<String> command =
        new ArrayList<>(List.of(folder.resolve(base + "/bin/gantry").toString()));
    command.addAll(List.of(words));
    ReleaseFolder.ProgramResult result =
        ReleaseFolder.run(
            folder,
            Map.of(
                "PATH",
                empty.toString(),
                "HOME",
                empty.toString(),
                "GANTRY_STATE",
                folder.resolve("state").toString(),
                "DJL_CACHE_DIR",
                folder.resolve("djl").toString()),
            command.toArray(String[]::new));
    assertEquals(0, result.exitCode(), String.join(" ", words) + ": " + result.err());
  }

  @Test
  void eachArchiveHasTheEngineOfItsPlatform() throws IOException {
    for (ReleasePlatform platform : ReleasePlatform.values()) {
      String base = ReleaseFolder.base(platform.label());
      Set<String> names = names(platform, base);
      String engine =
          base
              + "/lib/pytorch-native-cpu-2.7.1-"
              + platform.label().replace("windows", "win")
              + ".jar";
      assertEquals(
          List.of(engine),
          names.stream().filter(name -> name.contains("pytorch-native-cpu")).toList());
      assertEquals(
          platform == ReleaseFolder.platform(), names.contains(base + "/runtime/bin/java"));
      for (String file :
          List.of("bin/gantry", "bin/gantry.cmd", "LICENSE", "NOTICE", "licences/libraries.txt")) {
        assertTrue(names.contains(base + "/" + file), file + " in " + base);
      }
    }
  }

  private static Set<String> names(ReleasePlatform platform, String base) throws IOException {
    Set<String> names = new TreeSet<>();
    if (platform.format() == ArchiveFormat.ZIP) {
      try (ZipFile zip = ZipFile.builder().setPath(ReleaseFolder.file(base + ".zip")).get()) {
        zip.getEntries().asIterator().forEachRemaining(entry -> names.add(entry.getName()));
      }
    } else {
      try (InputStream in = Files.newInputStream(ReleaseFolder.file(base + ".tar.gz"));
          TarArchiveInputStream tar =
              new TarArchiveInputStream(new GzipCompressorInputStream(in))) {
        for (TarArchiveEntry entry = tar.getNextEntry();
            entry != null;
            entry = tar.getNextEntry()) {
          assertEquals(0, entry.getLongUserId());
          names.add(entry.getName());
        }
      }
    }
    return names;
  }

  @Test
  void theChecksumsAreThoseOfTheFiles() throws IOException {
    List<String> lines = Files.readAllLines(ReleaseFolder.file(ChecksumFile.NAME));
    assertTrue(lines.size() >= ReleasePlatform.values().length);
    for (String line : lines) {
      String[] words = line.split("  ", 2);
      assertEquals(words[0], ChecksumFile.sha256(ReleaseFolder.file(words[1])), words[1]);
    }
  }
}
