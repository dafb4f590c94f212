package org.gantry.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gantry.cli.console.TerminalInfo;
import org.gantry.recipes.text.InputProblem;
import org.gantry.recipes.text.RecipeException;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gantry report} and {@code gantry compare} over runs of a tiny game. */
@TensorTest
class ReportCommandsTest {

  private final CommandFixture stage = new CommandFixture();

  @TempDir Path folder;

  @Test
  void aReportHasTheGraphAndTheMetrics() throws IOException {
    Path run = trained("a");
    assertEquals(0, stage.run("evaluate", run.toString()).exitCode());
    Path file = folder.resolve("a.html");
    assertEquals(
        new CommandFixture.CommandResult(0, file + "\n", ""),
        stage.run("report", run.toString(), "-o", file.toString()));
    String page = Files.readString(file);
    assertTrue(page.contains("data:image/svg+xml"), page);
    assertTrue(page.contains("<th>spread/deviation</th><td>0.25</td>"), page);
    assertEquals(0, stage.run("report", run.toString()).exitCode());
    assertEquals(page, Files.readString(run.resolve("report.html")));
  }

  @Test
  void aReportOfAnUncomposableRecipeHasNoGraph() throws IOException {
    Path run = trained("a");
    stage.fail(
        new RecipeException(List.of(new InputProblem("a:1", "There is no loss/hinge.", ""))));
    Path file = folder.resolve("a.html");
    CommandFixture.CommandResult answer =
        stage.run("report", run.toString(), "-o", file.toString());
    assertEquals(0, answer.exitCode());
    assertEquals(
        "note: the report leaves out the graph of "
            + run
            + " because its recipe cannot be composed: a:1: There is no loss/hinge.\n",
        answer.err());
    assertFalse(Files.readString(file).contains("data:image/svg+xml"));
  }

  @Test
  void invalidRunsAndOutputFilesAreRejected() throws IOException {
    CommandFixture.CommandResult none = stage.run("report", folder.toString());
    assertEquals(2, none.exitCode());
    assertTrue(none.err().contains("is not the folder of a run"), none.err());
    Path run = trained("a");
    Path readOnly = Files.writeString(folder.resolve("page.html"), "mine");
    CommandFixture.CommandResult ending = stage.run("report", run.toString(), "-o", "page.pdf");
    assertEquals(2, ending.exitCode());
    assertTrue(ending.err().contains("must end in .html"), ending.err());
    CommandFixture.CommandResult nowhere =
        stage.run("report", run.toString(), "-o", folder.resolve("none/page.html").toString());
    assertEquals(2, nowhere.exitCode());
    assertTrue(nowhere.err().contains("there is no folder"), nowhere.err());
    assertEquals("mine", Files.readString(readOnly));
  }

  @Test
  void runsAreComparedInATable() {
    Path a = trained("a");
    Path b = trained("b", "--steps", "4", "--set", "loss=minimax");
    assertEquals(0, stage.run("evaluate", a.toString()).exitCode());
    CommandFixture.CommandResult answer =
        stage
            .on(new TerminalInfo(false, false, false, 1000, Optional.empty()))
            .run("compare", a.toString(), b.toString());
    assertEquals(0, answer.exitCode(), answer.err());
    List<String> lines =
        answer
            .out()
            .lines()
            .map(l -> l.replaceAll(" {2,}", "|").replaceAll("\\d+ s\\b", "N s"))
            .toList();
    assertEquals("|" + a + "|" + b, lines.get(0));
    assertEquals(
        List.of(
            "loss|hinge|minimax",
            "train.steps|8|4",
            "state|done|done",
            "steps|8/8|4/4",
            "time|N s|N s",
            "spread/deviation|0.250|-"),
        lines.subList(1, 7));
    assertTrue(lines.get(7).startsWith("discriminator/"), lines.get(7));
  }

  @Test
  void differencesInJsonAreKeyedByPath() throws IOException {
    Path a = trained("a");
    Path b = trained("b", "--set", "extra=1");
    JsonNode json =
        new ObjectMapper()
            .readTree(stage.run("compare", a.toString(), b.toString(), "--json").out());
    assertEquals(b.toString(), json.get("runs").get(1).get("run").asText());
    assertEquals("{\"extra\":[null,\"1\"]}", json.get("differences").toString());
  }

  @Test
  void runsAreComparedInAReport() throws IOException {
    Path a = trained("a");
    Path b = trained("b", "--steps", "4");
    Path file = folder.resolve("ab.html");
    assertEquals(
        new CommandFixture.CommandResult(0, file + "\n", ""),
        stage.run("compare", a.toString(), b.toString(), "-o", file.toString()));
    String page = Files.readString(file);
    assertTrue(page.contains("<th>train.steps</th><td>8</td><td>4</td>"), page);
    assertTrue(page.contains("b after step 4"), page);
  }

  @Test
  void comparingNeedsTwoRuns() {
    assertEquals(2, stage.run("compare", trained("a").toString()).exitCode());
  }

  private Path trained(String name, String... more) {
    Path run = folder.resolve(name);
    List<String> words = new ArrayList<>(List.of("train", "tiny", "--out", run.toString()));
    words.addAll(List.of(more));
    assertEquals(0, stage.run(words.toArray(new String[0])).exitCode());
    return run;
  }
}
