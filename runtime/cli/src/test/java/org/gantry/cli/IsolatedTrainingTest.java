package org.gantry.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.TerminalInfo;
import org.gantry.cli.runs.IsolatedTraining;
import org.gantry.cli.workers.WorkerOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** {@code gantry train --isolated}, with scripts in place of trainings. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class IsolatedTrainingTest {

  private final CommandFixture stage = new CommandFixture();

  @TempDir Path folder;

  private Path run;
  private Path words;

  @BeforeEach
  void begin() {
    run = folder.resolve("run");
    words = folder.resolve("words");
  }

  @Test
  void outputAndExitCodeOfTheProcessAreTheCommands() throws IOException {
    CommandFixture.CommandResult answer = train("echo progress >&2; echo the folder; exit 1");
    assertEquals(new CommandFixture.CommandResult(1, "the folder\n", "progress\n"), answer);
    assertEquals(
        List.of("train tiny --steps 8 --set loss=hinge --out " + run), Files.readAllLines(words));
  }

  @Test
  void aTrainingEndsWithItsWatchingProcess() throws Exception {
    Process parent = new ProcessBuilder("cat").start();
    BooleanSupplier stop =
        IsolatedTraining.interruptedOrOrphaned(
            Map.of("GANTRY_ISOLATED_BY", Long.toString(parent.pid())), () -> false);
    assertFalse(stop.getAsBoolean());

    parent.destroyForcibly().waitFor();
    while (!stop.getAsBoolean()) {
      Thread.onSpinWait();
    }

    assertTrue(
        IsolatedTraining.interruptedOrOrphaned(
                Map.of("GANTRY_ISOLATED_BY", Long.toString(parent.pid())), () -> false)
            .getAsBoolean(),
        "one that was gone before is gone");
  }

  @Test
  void anUnwatchedTrainingEndsOnlyWhenInterrupted() {
    assertFalse(IsolatedTraining.interruptedOrOrphaned(Map.of(), () -> false).getAsBoolean());
    assertTrue(IsolatedTraining.interruptedOrOrphaned(Map.of(), () -> true).getAsBoolean());
    assertTrue(
        IsolatedTraining.interruptedOrOrphaned(
                Map.of("GANTRY_ISOLATED_BY", Long.toString(ProcessHandle.current().pid())),
                () -> true)
            .getAsBoolean());
  }

  @Test
  void aKilledProcessRestartsFromTheLastCheckpoint() throws IOException {
    CommandFixture.CommandResult answer =
        train(
            "if [ -e "
                + run
                + " ]; then "
                + state("done", 8)
                + "exit 0; fi; mkdir "
                + run
                + "; "
                + state("running", 4)
                + "kill -9 $$");
    assertEquals(
        new CommandFixture.CommandResult(
            0,
            "",
            "note: the process of the training died of signal 9, perhaps for lack of memory; it"
                + " restarts after step 4\n"),
        answer);
    assertEquals("train --resume " + run, Files.readAllLines(words).get(1));
  }

  @Test
  void restartsKeepTheOptionsAboutPlugins() throws IOException {
    String body = "if [ -e %s ]; then %s exit 0; fi; mkdir %s; %s kill -9 $$";
    CommandFixture.CommandResult answer =
        train(
            body.formatted(run, state("done", 8), run, state("running", 4)),
            "--other-plugins",
            "--safe-mode",
            "--debug");

    assertEquals(0, answer.exitCode(), answer.err());
    assertEquals(
        "train --resume " + run + " --other-plugins --safe-mode --debug",
        Files.readAllLines(words).get(1));
  }

  @Test
  void aProcessThatEndsWithoutAnErrorAndWithoutAResultHasFailed() throws IOException {
    CommandFixture.CommandResult answer =
        train("mkdir %s; %s exit 0".formatted(run, state("running", 4)));
    assertEquals(1, answer.exitCode());
    assertEquals(
        "error: the process of the training ended without an error and without a result after step"
            + " 4; a plugin may have ended it\n",
        answer.err());
  }

  @Test
  void aResumeThatDiesBeforeItsFirstChangeIsRepeated() throws IOException {
    Files.createDirectory(run);
    start(state("done", 4), List.of("train", "any", "--isolated", "--out", run.toString()));
    Files.delete(words);
    Path second = folder.resolve("second");
    CommandFixture.CommandResult answer =
        start(
            "if [ -e %s ]; then exit 0; fi; touch %s; kill -9 $$".formatted(second, second),
            List.of("train", "--resume=" + run, "--isolated", "--steps", "8", "--yes"));

    assertEquals(0, answer.exitCode(), answer.err());
    List<String> started = Files.readAllLines(words);
    assertEquals("train --resume=" + run + " --steps 8 --yes", started.get(0));
    assertEquals(started.get(0), started.get(1));
  }

  @Test
  void aResumeThatDiesAfterWritingItsRecipeIsNotRepeated() throws IOException {
    Files.createDirectory(run);
    start(state("done", 4), List.of("train", "any", "--isolated", "--out", run.toString()));
    Files.delete(words);
    Path second = folder.resolve("second");
    CommandFixture.CommandResult answer =
        start(
            "if [ -e %s ]; then exit 0; fi; touch %s; echo more > %s/recipe.yaml; kill -9 $$"
                .formatted(second, second, run),
            List.of(
                "train", "--resume", run.toString(), "--isolated", "--set", "regularizers[+]=a"));

    assertEquals(0, answer.exitCode(), answer.err());
    assertEquals("train --resume " + run, Files.readAllLines(words).get(1));
  }

  @Test
  void everyOptionReachesTheProcess() throws IOException {
    CommandLine train =
        new CommandDispatcher(stage, invocation -> TerminalInfo.NONE, "1")
            .commandLine(new Console(System.out, System.err, TerminalInfo.NONE, () -> false))
            .getSubcommands()
            .get("train");
    List<String> options = new ArrayList<>();
    for (OptionSpec option : train.getCommandSpec().options()) {
      // Workers are processes of their own.
      boolean ofWorkers =
          option.userObject() instanceof Field field
              && field.getDeclaringClass() == WorkerOptions.class;
      if (!option.usageHelp() && !option.longestName().equals("--isolated") && !ofWorkers) {
        options.add(option.longestName());
        if (option.arity().max() > 0) {
          options.add(option.longestName().equals("--set") ? "loss=hinge" : "1");
        }
      }
    }
    int resume = options.indexOf("--resume");
    List<String> begins = new ArrayList<>(options);
    begins.subList(resume, resume + 2).clear();
    begins.add("tiny");
    int out = options.indexOf("--out");
    List<String> goesOn = new ArrayList<>(options);
    goesOn.subList(out, out + 2).clear();

    for (List<String> asked : List.of(begins, goesOn)) {
      List<String> typed = new ArrayList<>(List.of("train", "--isolated=true"));
      typed.addAll(asked);
      CommandFixture.CommandResult answer = start("exit 0", typed);
      assertEquals(0, answer.exitCode(), answer.err());
      List<String> started = Files.readAllLines(words);
      assertEquals("train " + String.join(" ", asked), started.get(started.size() - 1));
    }
  }

  @Test
  void aProcessKilledWhileCreatingTheFolderStartsOver() throws IOException {
    CommandFixture.CommandResult answer =
        train(
            "if [ -e "
                + folder.resolve("second")
                + " ]; then exit 0; fi; touch "
                + folder.resolve("second")
                + "; mkdir -p "
                + run
                + "/samples; touch "
                + run
                + "/recipe.yaml "
                + run
                + "/mine; kill -11 $$");
    assertEquals(0, answer.exitCode());
    assertTrue(answer.err().contains("died of signal 11; it restarts after step 0"));
    List<String> started = Files.readAllLines(words);
    assertEquals(started.get(0), started.get(1));
    assertFalse(Files.exists(run.resolve("recipe.yaml")));
    assertTrue(Files.exists(run.resolve("mine")));
  }

  @Test
  void processesWithoutProgressAreNotRestartedForever() throws IOException {
    CommandFixture.CommandResult answer = train("kill -6 $$");
    assertEquals(1, answer.exitCode());
    assertTrue(
        answer
            .err()
            .endsWith(
                "error: the process of the training died of signal 6, like 3 before it, without a"
                    + " new checkpoint after step 0; it is not restarted\n"),
        answer.err());
    assertEquals(1 + IsolatedTraining.FRUITLESS_RESTARTS, Files.readAllLines(words).size());
    assertTrue(train("kill -9 $$").err().endsWith("; a smaller train.batch needs less memory\n"));
  }

  @Test
  void everyNewCheckpointResetsTheRestartLimit() throws IOException {
    CommandFixture.CommandResult answer =
        train(
            "mkdir -p "
                + run
                + "; n=$(wc -l < "
                + words
                + "); if [ $n = 9 ]; then "
                + state("done", "$n")
                + "exit 0; fi; "
                + state("running", "$n")
                + "kill -9 $$");
    assertEquals(0, answer.exitCode(), answer.err());
    assertEquals(9, Files.readAllLines(words).size());
  }

  @Test
  void aProcessThatDiesAfterFinishingCountsAsDone() throws IOException {
    assertEquals(
        new CommandFixture.CommandResult(0, run + "\n", ""),
        train("mkdir " + run + "; " + state("done", 8) + "kill -9 $$"));
  }

  @Test
  void anInterruptionEndsTheProcessNormally() throws IOException {
    stage.interruptedWhen(() -> Files.exists(folder.resolve("ready")));
    CommandFixture.CommandResult answer =
        train(
            "trap 'echo in order; exit 143' TERM; touch "
                + folder.resolve("ready")
                + "; while true; do sleep 0.01; done");
    assertEquals(new CommandFixture.CommandResult(143, "in order\n", ""), answer);
  }

  @Test
  void aMissingLaunchScriptIsReported() {
    CommandFixture.CommandResult answer =
        stage
            .startedBy(folder.resolve("none"))
            .run("train", "tiny", "--isolated", "--out", run.toString());
    assertEquals(1, answer.exitCode());
    assertTrue(answer.err().startsWith("error: cannot start a separate process: "), answer.err());
  }

  private CommandFixture.CommandResult train(String script, String... further) throws IOException {
    List<String> words =
        new ArrayList<>(
            List.of("train", "tiny", "--isolated", "--steps", "8", "--set", "loss=hinge"));
    words.addAll(List.of("--out", run.toString()));
    words.addAll(List.of(further));
    return start(script, words);
  }

  private CommandFixture.CommandResult start(String script, List<String> command)
      throws IOException {
    Path program = folder.resolve("program");
    Files.writeString(program, "#!/bin/sh\necho \"$@\" >> " + words + "\n" + script + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    return stage.startedBy(program).run(command.toArray(String[]::new));
  }

  /** A shell command that makes the folder a run. */
  private String state(String status, Object step) {
    return "touch %1$s/recipe.yaml %1$s/plugins.lock.json; echo '{\"status\":\"%2$s\",\"step\":'%3$s',\"steps\":8,\"seconds\":1,\"reason\":\"\"}' > %1$s/state.json; "
        .formatted(run, status, step);
  }
}
