package org.gantry.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.gantry.host.CommandInvocation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that may run foreign code are watched by another process. */
class WatchedProcessTest {

  private static final InstalledCode CODE = new InstalledCode(List.of("org.acme.losses 1.0.0"));

  @TempDir Path folder;
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private CommandInvocation invocation(String... words) {
    PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    return new CommandInvocation(List.of(words), stream, stream, () -> false);
  }

  private int execute(String script) throws IOException {
    Path program = Files.writeString(folder.resolve("gantry"), "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    return new WatchedProcess(program, invocation("recipes"), () -> CODE).execute();
  }

  private String plugin(String name, boolean enabled) {
    return "{\"name\" : \"%s\", \"version\" : \"1.0.0\", \"sha256\" : \"0\", \"enabled\" : %s}"
        .formatted(name, enabled);
  }

  @Test
  void announcedExitCodeIsTheCommands() throws IOException {
    assertEquals(0, execute("printf 0 > $GANTRY_END; exit 0"));
    assertEquals(2, execute("printf 2 > $GANTRY_END; exit 2"));
    assertEquals("", err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void processThatEndsUnannouncedHasFailed() throws IOException {
    assertEquals(1, execute("exit 0"));
    assertEquals(1, execute("printf 1 > $GANTRY_END; exit 0"));
    assertTrue(
        err.toString(StandardCharsets.UTF_8)
            .startsWith(
                "gantry: a plugin ended the process by Runtime.halt, so the command did not"
                    + " finish; it ran code of org.acme.losses 1.0.0\n"));
  }

  @Test
  void usedComponentsOfForeignCodeAreNamed() throws IOException {
    execute(
        "echo loss/acme of org.acme.losses 1.0.0 > $GANTRY_END.created;"
            + " echo optimizer/adam of org.gantry.plugin.adam 0.1.0 >> $GANTRY_END.created");
    String message = err.toString(StandardCharsets.UTF_8);
    assertTrue(message.endsWith("it used loss/acme of org.acme.losses 1.0.0\n"), message);
  }

  @Test
  void deathByASignalIsReportedAsTheShellDoes() throws IOException {
    assertEquals(137, execute("kill -9 $$"));
  }

  @Test
  void onlyForeignCodeIsWatchedAndOnlyOnce() {
    InstalledCode none = new InstalledCode(List.of());
    Map<String, String> watched = Map.of(CommandInvocation.WATCHING_PROCESS, "1");
    assertTrue(WatchedProcess.isNeeded(invocation("train", "ring"), CODE, Map.of()));
    assertFalse(WatchedProcess.isNeeded(invocation("train", "ring"), none, Map.of()));
    assertFalse(WatchedProcess.isNeeded(invocation("train", "ring"), CODE, watched));
  }

  @Test
  void aShellIsWatchedBecauseItCanInstallForeignCode() {
    InstalledCode none = new InstalledCode(List.of());
    Map<String, String> watched = Map.of(CommandInvocation.WATCHING_PROCESS, "1");
    assertTrue(WatchedProcess.isNeeded(invocation("shell"), none, Map.of()));
    assertTrue(WatchedProcess.isNeeded(invocation("--safe-mode", "shell"), none, Map.of()));
    assertFalse(WatchedProcess.isNeeded(invocation("shell"), none, watched));
    assertFalse(WatchedProcess.isNeeded(invocation("help", "shell"), none, Map.of()));
  }

  @Test
  void codeThatAShellInstalledIsNamed() throws IOException {
    Path program =
        Files.writeString(folder.resolve("gantry"), "#!/bin/sh\ntouch \"$0.installed\"\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    new WatchedProcess(
            program,
            invocation("shell"),
            () ->
                Files.exists(folder.resolve("gantry.installed"))
                    ? CODE
                    : new InstalledCode(List.of()))
        .execute();
    String message = err.toString(StandardCharsets.UTF_8);
    assertTrue(message.endsWith("it ran code of org.acme.losses 1.0.0\n"), message);
  }

  @Test
  void enabledPluginsOfTheCurrentGenerationAreForeign() throws IOException {
    Path lock = folder.resolve("generations/2/plugins.lock.json");
    Files.createDirectories(lock.getParent());
    Files.writeString(folder.resolve("current"), "2\n");
    Files.writeString(
        lock,
        "{\"format\" : 1, \"plugins\" : [ %s, %s ], \"disabled\" : [ ]}"
            .formatted(plugin("org.acme.off", false), plugin("org.acme.on", true)));
    assertEquals(
        List.of("org.acme.on 1.0.0"), InstalledCode.of(invocation("recipes"), folder).names());
    assertEquals(List.of(), InstalledCode.of(invocation("recipes", "--safe-mode"), folder).names());
    assertEquals(
        List.of("the plugin in a.jar"),
        InstalledCode.of(invocation("plugins", "test", "a.jar"), folder.resolve("x")).names());
  }
}
