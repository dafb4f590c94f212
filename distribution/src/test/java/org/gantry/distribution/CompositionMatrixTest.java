package org.gantry.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gantry.host.Invocation;
import org.gantry.launcher.Gantry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trains every installed loss with and without regularizers, on points and on pictures. */
class CompositionMatrixTest {

  private static final int STEPS = 20;

  private static final List<String> REGULARIZERS =
      List.of("[]", "[instance-noise]", "[gradient-penalty]");

  /** A recipe and what makes it small enough to try thirty-six times. */
  private record Setting(String recipe, List<String> changes) {}

  private static final List<Setting> SETTINGS =
      List.of(
          new Setting("ring", List.of("networks={generator: mlp, discriminator: mlp}")),
          new Setting(
              "digits",
              List.of(
                  "networks={generator: {dcgan: {width: 4}}, discriminator: {dcgan: {width: 4}}}")));

  @Test
  void everyLossTrainsWithEveryRegularizerOnPointsAndOnPictures(@TempDir Path folder)
      throws IOException {
    try (Gantry gantry = Gantry.start(Product.home())) {
      List<String> losses = losses(gantry);
      assertFalse(losses.isEmpty());
      int trained = 0;
      for (String loss : losses) {
        for (String regularizers : REGULARIZERS) {
          for (Setting setting : SETTINGS) {
            train(gantry, setting, loss, regularizers, folder.resolve("run-" + trained++));
          }
        }
      }
      System.out.println(trained + " compositions trained, none refused");
    }
  }

  private static List<String> losses(Gantry gantry) throws IOException {
    List<String> names = new ArrayList<>();
    String json = run(gantry, List.of("components", "--kind", "loss", "--json"));
    for (JsonNode component : new ObjectMapper().readTree(json)) {
      names.add(component.get("name").asText());
    }
    return names;
  }

  private static void train(
      Gantry gantry, Setting setting, String loss, String regularizers, Path run)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of("train", setting.recipe(), "--out", run.toString(), "--steps", "" + STEPS));
    List<String> changes = new ArrayList<>(setting.changes());
    changes.add("loss=" + loss);
    changes.add("regularizers=" + regularizers);
    changes.add("train.batch=16");
    changes.add("train.log-every=1");
    for (String change : changes) {
      command.add("--set");
      command.add(change);
    }
    run(gantry, command);
    List<String> lines = Files.readAllLines(run.resolve("metrics.jsonl"));
    assertEquals(STEPS, lines.size(), command.toString());
    for (String line : lines) {
      for (JsonNode value : new ObjectMapper().readTree(line).get("values")) {
        assertTrue(
            value.isNumber() && Double.isFinite(value.asDouble()), () -> command + ": " + line);
      }
    }
  }

  private static String run(Gantry gantry, List<String> command) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode =
        gantry.run(
            new Invocation(
                command,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                () -> false));
    assertEquals(0, exitCode, () -> command + ": " + err.toString(StandardCharsets.UTF_8));
    return out.toString(StandardCharsets.UTF_8);
  }
}
