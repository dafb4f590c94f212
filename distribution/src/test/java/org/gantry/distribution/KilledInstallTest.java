package org.gantry.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that changes plugins without pause is killed at random moments; {@code
 * -Dgantry.kills=200} does it as often as it takes to believe it.
 */
class KilledInstallTest {

  private static final String NAME = "org.acme.losses";

  @TempDir Path folder;

  @Test
  void afterAnyKillTheHostStartsInAStateThatWasMeant() throws IOException, InterruptedException {
    int kills = Integer.getInteger("gantry.kills", 4);
    Path classes = PluginJar.compile(folder, Map.of("Plain", PluginJar.loss("Plain", "acme", "")));
    List<String> jars = new ArrayList<>();
    for (String version : List.of("1.0.0", "2.0.0")) {
      jars.add(
          PluginJar.withLoss(NAME, version, classes, "Plain", "acme")
              .pack(folder.resolve("losses-" + version + ".jar"))
              .toString());
    }
    Path state = folder.resolve("state");
    Random random = new Random(7);
    for (int kill = 0; kill < kills; kill++) {
      churn(state, kill, jars, random.nextInt(1500));
      try (LiveHost host = LiveHost.start(state)) {
        assertEquals(List.of(), host.gantry().problems(), "after kill " + kill);
        String listed = host.listed(NAME);
        assertTrue(
            listed.isEmpty() || listed.contains("1.0.0") || listed.contains("2.0.0"), listed);
        assertEquals("all plugins are sound\n", host.done("plugins", "doctor"));
        assertTrue(host.done("plugins", "generations").contains(" *"), "one is the present one");
      }
    }
  }

  private static void churn(Path state, long seed, List<String> jars, long milliseconds)
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
                Churn.class.getName(),
                state.toString(),
                Long.toString(seed),
                jars.get(0),
                jars.get(1))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      assertEquals(Churn.READY, out.readLine());
      process.waitFor(milliseconds, TimeUnit.MILLISECONDS);
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertTrue(Files.isDirectory(state.getParent()));
  }
}
