package org.gantry.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The package, read by Debian's own tool. */
class DebianPackageTest {

  @TempDir Path folder;

  private final DebianPackage described =
      new DebianPackage(System.getProperty("release.version"), "amd64", Instant.EPOCH);

  private String dpkg(String... words) throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/dpkg-deb")), "needs dpkg-deb");
    String[] command = new String[words.length + 1];
    command[0] = "dpkg-deb";
    System.arraycopy(words, 0, command, 1, words.length);
    ReleaseFolder.ProgramResult result = ReleaseFolder.run(folder, System.getenv(), command);
    assertEquals(0, result.exitCode(), result.err());
    return result.out();
  }

  private String file() {
    return ReleaseFolder.file("gantry_" + described.debianVersion() + "_amd64.deb").toString();
  }

  @Test
  void thePackageSaysWhatItNeeds() throws IOException {
    assertEquals(
        List.of(
            "gantry",
            described.debianVersion(),
            "amd64",
            "default-jre-headless (>= 2:1.17) | java17-runtime-headless, libstdc++6"),
        List.of(
            dpkg("--field", file(), "Package").strip(),
            dpkg("--field", file(), "Version").strip(),
            dpkg("--field", file(), "Architecture").strip(),
            dpkg("--field", file(), "Depends").strip()));
  }

  @Test
  void theCommandRunsFromWhereItIsInstalled() throws IOException {
    dpkg("--extract", file(), folder.resolve("root").toString());
    Path root = folder.resolve("root");
    for (String path :
        List.of(
            "usr/share/bash-completion/completions/gantry",
            "usr/share/zsh/vendor-completions/_gantry",
            "usr/share/fish/vendor_completions.d/gantry.fish",
            "usr/share/doc/gantry/copyright")) {
      assertTrue(Files.isRegularFile(root.resolve(path)), path);
    }
    assertEquals(
        "#!/bin/sh\nexec /opt/gantry/bin/gantry \"$@\"\n",
        Files.readString(root.resolve("usr/bin/gantry")));
    assertTrue(Files.isExecutable(root.resolve("usr/bin/gantry")));
    ReleaseFolder.ProgramResult recipes =
        ReleaseFolder.run(
            folder, System.getenv(), root.resolve("opt/gantry/bin/gantry").toString(), "recipes");
    assertEquals(0, recipes.exitCode(), recipes.err());
    assertTrue(recipes.out().contains("ring"), recipes.out());
  }

  @Test
  void aSnapshotComesBeforeItsRelease() {
    assertEquals(
        "1.2.0~snapshot",
        new DebianPackage("1.2.0-SNAPSHOT", "amd64", Instant.EPOCH).debianVersion());
  }
}
