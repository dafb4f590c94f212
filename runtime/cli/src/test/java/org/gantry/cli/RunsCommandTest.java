package org.gantry.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.gantry.cli.console.TerminalInfo;
import org.gantry.runs.RunLock;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gantry runs} over runs of a tiny game. */
@TensorTest
class RunsCommandTest {

  private final CommandFixture stage = new CommandFixture();

  @TempDir Path folder;

  @Test
  void aRunningTrainingShowsItsLossesAndTheFiguresOfItsLatestEvaluation() throws IOException {
    Path run = trained("a");
    assertEquals(0, stage.run("evaluate", run.toString()).exitCode());
    CommandFixture.CommandResult ended = stage.run("live", run.toString());
    assertEquals(2, ended.exitCode());
    assertTrue(ended.err().contains("'gantry runs' lists what runs have reported."), ended.err());

    RunLock lock = RunLock.acquire(run);
    try {
      CommandFixture.CommandResult shown = stage.run("live", run.toString());
      assertEquals(0, shown.exitCode(), shown.err());
      assertTrue(shown.out().contains(", step 8 of 8, "), shown.out());
      assertTrue(
          shown.out().replaceAll(" +", " ").contains(" spread/deviation 0.250\n"), shown.out());
      assertTrue(shown.out().contains("  discriminator/"), shown.out());
      JsonNode json =
          new ObjectMapper().readTree(stage.run("live", run.toString(), "--json").out());
      assertEquals(0.25, json.at("/figures/spread~1deviation").asDouble(), 1e-6);
    } finally {
      lock.close();
    }
  }

  @Test
  void runsInSubfoldersAreListedWithStateAndMetrics() throws IOException {
    Path done = trained("a");
    assertEquals(0, stage.run("evaluate", done.toString()).exitCode());
    AtomicInteger asked = new AtomicInteger();
    stage.interruptedWhen(() -> asked.getAndIncrement() >= 3);
    Path stopped = folder.resolve("deep/b");
    assertEquals(130, stage.run("train", "tiny", "--out", stopped.toString()).exitCode());
    stage.interruptedWhen(() -> false);
    stage.playFor(new FaultyLosses.ReturnsNan());
    Path failed = folder.resolve("c");
    assertEquals(1, stage.run("train", "tiny", "--out", failed.toString()).exitCode());
    CommandFixture.CommandResult answer =
        stage
            .on(new TerminalInfo(false, false, false, 1000, Optional.empty()))
            .run("runs", folder.toString());
    assertEquals(0, answer.exitCode(), answer.err());
    List<String> lines =
        answer
            .out()
            .lines()
            .map(l -> l.replaceAll(" {2,}", "|"))
            // The time depends on the load of the machine.
            .map(l -> l.replaceFirst("\\|\\d+ s\\|", "|0 s|"))
            .toList();
    assertEquals("run|state|steps|time|latest", lines.get(0));
    assertEquals(done + "|done|8/8|0 s|spread/deviation 0.250", lines.get(1));
    assertTrue(lines.get(2).startsWith(failed + "|failed|0/8|0 s|the training diverged at step 1"));
    assertTrue(
        lines.get(3).startsWith(stopped + "|interrupted|3/8|0 s|discriminator/"), lines.get(3));
    assertEquals(4, lines.size());
  }

  @Test
  void figuresOfTooFewSamplesAreMarked() throws IOException {
    Path run = trained("a");
    Files.writeString(
        run.resolve("evaluations.jsonl"),
        """
        {"step": 8, "count": 2, "figures": {"fidelity/precision": 1}, "tooFewSamples": {"fidelity": 500}}
        """);
    stage.on(new TerminalInfo(false, false, false, 1000, Optional.empty()));
    String marked = "1.000 (too few samples: n < 500)";

    String list = stage.run("runs", folder.toString()).out();
    assertTrue(list.contains("fidelity/precision " + marked), list);
    String compared = stage.run("compare", run.toString(), run.toString()).out();
    assertTrue(compared.replaceAll(" {2,}", "|").contains(marked + "|" + marked), compared);
  }

  @Test
  void jsonHasEveryValueOfTheLastStep() throws IOException {
    Path run = trained("a");
    // An incomplete line, as a killed training leaves it.
    Files.writeString(run.resolve("metrics.jsonl"), "{\"step\": 9, ", StandardOpenOption.APPEND);
    JsonNode json =
        new ObjectMapper().readTree(stage.run("runs", folder.toString(), "--json").out());
    assertEquals(1, json.size());
    assertEquals(run.toString(), json.get(0).get("run").asText());
    assertEquals("done", json.get(0).get("state").asText());
    assertEquals(8, json.get(0).get("step").asInt());
    assertTrue(json.get(0).get("values").fieldNames().next().startsWith("discriminator/"));
    assertTrue(json.get(0).get("values").elements().next().isNumber());
    assertEquals(0, json.get(0).get("figures").size());
  }

  @Test
  void aRunningRunWithoutAProcessIsKilled() throws IOException {
    Path state = trained("a").resolve("state.json");
    Files.writeString(state, Files.readString(state).replace("\"done\"", "\"running\""));
    assertTrue(stage.run("runs", folder.toString()).out().contains("  killed  8/8  "));
  }

  @Test
  void aRunningRunShowsTheStepOfItsLatestMetrics() throws IOException {
    Path run = trained("a");
    Path state = run.resolve("state.json");
    Files.writeString(
        state,
        Files.readString(state)
            .replace("\"done\"", "\"running\"")
            .replace("\"step\" : 8", "\"step\" : 0"));
    RunLock lock = RunLock.acquire(run);
    try {
      String out = stage.run("runs", folder.toString()).out();
      assertTrue(out.contains("  running  8/8  "), out);
    } finally {
      lock.close();
    }
  }

  @Test
  void figuresOfAnEarlierStepAreMarked() throws IOException {
    Path run = trained("a");
    Files.writeString(
        run.resolve("evaluations.jsonl"),
        """
        {"step": 4, "count": 2, "figures": {"spread/deviation": 0.25}}
        """);
    stage.on(new TerminalInfo(false, false, false, 1000, Optional.empty()));
    String mark = "(after step 4)";
    String listed = stage.run("runs", folder.toString()).out();
    assertTrue(listed.contains("spread/deviation 0.250 " + mark), listed);
    String compared = stage.run("compare", run.toString(), run.toString()).out();
    assertTrue(compared.contains(mark), compared);
    Path page = folder.resolve("a.html");
    assertEquals(0, stage.run("report", run.toString(), "-o", page.toString()).exitCode());
    assertTrue(Files.readString(page).contains("0.25 " + mark));
  }

  @Test
  void aDamagedRunHasItsOwnRow() throws IOException {
    Files.writeString(trained("a").resolve("state.json"), "{");
    trained("b");
    String out = stage.run("runs", folder.toString()).out();
    assertTrue(out.contains("  damaged  0/0  "), out);
    assertTrue(out.contains("  done     8/8  "), out);
  }

  @Test
  void anEmptyFolderIsValidButAMissingFolderIsNot() {
    assertEquals(
        new CommandFixture.CommandResult(0, "", "no runs in " + folder + "\n"),
        stage.run("runs", folder.toString()));
    Path none = folder.resolve("none");
    assertEquals(
        new CommandFixture.CommandResult(2, "", "error: there is no folder " + none + "\n"),
        stage.run("runs", none.toString()));
  }

  private Path trained(String name) {
    Path run = folder.resolve(name);
    assertEquals(0, stage.run("train", "tiny", "--out", run.toString()).exitCode());
    return run;
  }
}
