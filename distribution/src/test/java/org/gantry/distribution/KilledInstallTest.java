package org.gantry.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process that changes plugins without pause, at random moments. The property {@code
 * gantry.kills} sets how often; the default is 4.
 */
class KilledInstallTest {

  private static final String NAME = "org.acme.losses";

  @TempDir Path folder;

  @Test
  void killedHostStartsInTheOldOrTheNewState() throws IOException, InterruptedException {
    int kills = Integer.getInteger("gantry.kills", 4);
    Path classes =
        TestPluginJar.compile(folder, Map.of("Plain", TestPluginJar.loss("Plain", "acme", "")));
    List<String> jars = new ArrayList<>();
    for (String version : List.of("1.0.0", "2.0.0")) {
      jars.add(
          TestPluginJar.withLoss(NAME, version, classes, "Plain", "acme")
              .pack(folder.resolve("losses-" + version + ".jar"))
              .toString());
    }
    Path state = folder.resolve("state");
    Random random = new Random(7);
    int changed = 0;
    for (int kill = 0; kill < kills; kill++) {
      List<String> meant = churn(state, kill, jars, random.nextInt(5000));
      String installed = PluginChurn.installed(state);
      assertTrue(meant.contains(installed), kill + ": " + installed + " is neither of " + meant);
      changed += installed.equals(meant.get(0)) ? 0 : 1;
      try (LiveHost host = LiveHost.start(state)) {
        assertEquals(List.of(), host.gantry().problems(), "after kill " + kill);
        String listed = host.pluginLine(NAME);
        assertEquals(
            installed,
            listed.isEmpty() ? PluginChurn.NOTHING : listed.split("\\s+", -1)[1],
            "live, " + kill);
        assertEquals("all plugins are in order\n", host.runSuccessfully("plugins", "doctor"));
      }
    }
    System.out.printf("%d kills, %d of them after the change counted%n", kills, changed);
  }

  /** Changes plugins until the process is killed; returns the old and the intended new version. */
  private static List<String> churn(Path state, long seed, List<String> jars, long milliseconds)
      throws IOException, InterruptedException {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-Dgantry.home=" + Product.home(),
                "-cp",
                classPath,
                PluginChurn.class.getName(),
                state.toString(),
                Long.toString(seed),
                jars.get(0),
                jars.get(1))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String last = out.readLine();
      assertNotNull(last, "it begins");
      process.waitFor(milliseconds, TimeUnit.MILLISECONDS);
      // The handle, because the process itself would close the stream with its last lines.
      process.toHandle().destroyForcibly();
      process.waitFor();
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        last = line.startsWith("from ") && line.contains(" to ") ? line : last;
      }
      String[] words = last.split(" ", -1);
      return List.of(words[1], words[3]);
    } finally {
      process.destroyForcibly().waitFor();
    }
  }
}
