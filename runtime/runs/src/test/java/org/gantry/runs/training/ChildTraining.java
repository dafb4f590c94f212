package org.gantry.runs.training;

import ai.djl.engine.Engine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gantry.host.support.AtomicFiles;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.runs.RunFolder;
import org.gantry.runs.TrainingListener;

/** A training in another process, which tests can kill. */
final class ChildTraining {

  /** Checkpoints every 20 steps; long enough to be killed in the middle. */
  static final DriftingGame GAME = new DriftingGame(600, 20, 2);

  private static final String READY = "ready";

  private ChildTraining() {}

  /**
   * Resumes the run, or begins it if there is none.
   *
   * @param args the folder of the run
   */
  public static void main(String[] args) throws IOException {
    Path path = Path.of(args[0]);
    Engine.getInstance();
    ComposedRecipe composed = GAME.composed();
    System.out.println(READY);
    train(path, composed);
  }

  static void train(Path path, ComposedRecipe composed) throws IOException {
    if (Files.exists(path.resolve("state.json"))) {
      try (RunResumption resumption = GAME.resumption(path)) {
        resumption.run(new TrainingListener() {}, () -> false);
      }
    } else {
      // The process was killed while it created the folder.
      AtomicFiles.delete(path);
      RunFolder folder = RunFolder.create(path, composed);
      new TrainingRun(folder, composed).run(new TrainingListener() {}, () -> false);
    }
  }

  /**
   * Starts the process and waits until it is about to train.
   *
   * @param log receives its errors
   */
  static Process start(Path run, Path log) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path")));
    for (String name :
        List.of(
            "java.awt.headless",
            "ai.djl.offline",
            "OPT_OUT_TRACKING",
            "ai.djl.pytorch.num_threads",
            "ai.djl.pytorch.num_interop_threads")) {
      command.add("-D" + name + "=" + System.getProperty(name, ""));
    }
    command.addAll(List.of(ChildTraining.class.getName(), run.toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    BufferedReader said =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = said.readLine(); !READY.equals(line); line = said.readLine()) {
      if (line == null) {
        throw new IOException("the training does not start: " + Files.readString(log));
      }
    }
    return process;
  }
}
