package org.gantry.cli.workers;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.ExitCode;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.cli.services.CommandServices;
import org.gantry.components.PluginJar;
import org.gantry.host.support.ErrorText;
import org.gantry.provisioning.InstalledPlugin;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.text.JsonFiles;
import org.gantry.runs.RunException;
import org.gantry.runs.RunFolder;
import org.gantry.runs.RunState;
import org.gantry.runs.RunState.RunStatus;
import org.gantry.runs.TrainingListener;

/**
 * Trains a run with workers on Spark. Spark runs in a process of its own, so that its classes and
 * this installation do not meet. This process follows the run's files and shows the progress.
 *
 * @param services the installation and its plugins
 * @param console gets notes
 * @param request the workers
 */
public record SparkTraining(CommandServices services, Console console, WorkerRequest request) {

  private static final String STOP = ".stop";
  private static final long GLANCE_MILLIS = 200;

  /** Fails if Spark is missing. */
  public void requireSpark() {
    jars();
  }

  private SparkJars jars() {
    return SparkJars.find(System.getenv(SparkJars.VARIABLE), services.home());
  }

  /**
   * Trains until the last step, or until asked to stop.
   *
   * @param folder of the run, which was created for this recipe
   * @return the final state: done, or interrupted
   * @throws RunException if the training fails; the state then records why
   */
  public RunState train(
      RunFolder folder, ComposedRecipe composed, TrainingListener listener, BooleanSupplier stop) {
    Path job = null;
    try {
      Files.deleteIfExists(folder.path().resolve(STOP));
      job = Files.createTempFile("gantry-workers", ".properties");
      write(job, folder, composed);
      WorkerNotes notes = new WorkerNotes(folder.path());
      listener.started(composed.totalSteps(), folder.environment().threads());
      Process process = start(job);
      SparkOutput output = SparkOutput.follow(process.getErrorStream(), console.err());
      await(process, folder, composed, listener, stop, notes);
      return result(process.exitValue(), output.error(), folder);
    } catch (IOException e) {
      throw new RunException("cannot train with workers: " + ErrorText.of(e), e);
    } finally {
      delete(job);
      delete(folder.path().resolve(STOP));
    }
  }

  private void write(Path job, RunFolder folder, ComposedRecipe composed) throws IOException {
    Properties all = new Properties();
    all.setProperty("run", folder.path().toAbsolutePath().normalize().toString());
    all.setProperty("home", services.home().toString());
    all.setProperty("master", request.cluster());
    all.setProperty("workers", Integer.toString(request.workers()));
    all.setProperty("strategy", StrategyNames.of(request.strategy()));
    all.setProperty("interval", Integer.toString(request.interval()));
    all.setProperty("limit-seconds", Long.toString(request.limitSeconds()));
    all.setProperty("ships-installation", Boolean.toString(request.ships()));
    added(composed).forEach((sha256, jar) -> all.setProperty("plugin." + sha256, jar.toString()));
    request.settings().forEach(all::setProperty);
    try (Writer writer = Files.newBufferedWriter(job, StandardCharsets.UTF_8)) {
      all.store(writer, null);
    }
  }

  /** The jars of the recipe's plugins that are not part of the installation, by hash. */
  private Map<String, Path> added(ComposedRecipe composed) {
    List<String> product =
        services.provisioning().plugins().stream()
            .filter(InstalledPlugin::isProduct)
            .map(InstalledPlugin::sha256)
            .toList();
    Map<String, Path> added = new LinkedHashMap<>();
    for (PluginJar plugin : composed.plugins()) {
      Path jar = services.provisioning().jar(plugin.sha256());
      if (!product.contains(plugin.sha256()) && Files.isRegularFile(jar)) {
        added.put(plugin.sha256(), jar);
      }
    }
    return added;
  }

  private Process start(Path job) throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    List<String> command = new ArrayList<>(List.of(java.toString()));
    command.add("@" + services.home().resolve("spark").resolve("java-options"));
    command.add("-cp");
    command.add(jars().classPath(services.home()));
    command.add("org.gantry.spark.SparkProgram");
    command.add(job.toString());
    command.add(Long.toString(ProcessHandle.current().pid()));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    jars().setVariables(builder.environment(), request.isOnThisMachine());
    return builder.start();
  }

  private void await(
      Process process,
      RunFolder folder,
      ComposedRecipe composed,
      TrainingListener listener,
      BooleanSupplier stop,
      WorkerNotes notes)
      throws IOException {
    long shown = folder.state().step();
    boolean running = true;
    while (running) {
      try {
        running = !process.waitFor(GLANCE_MILLIS, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new RunException("interrupted while workers train " + folder.path(), e);
      }
      if (stop.getAsBoolean() && !Files.exists(folder.path().resolve(STOP))) {
        Files.createFile(folder.path().resolve(STOP));
      }
      notes.next().forEach(note -> console.err().println("note: " + note));
      shown = showProgress(folder, composed, listener, shown);
    }
  }

  /** Shows the latest metrics, unless they are shown; returns their step. */
  private static long showProgress(
      RunFolder folder, ComposedRecipe composed, TrainingListener listener, long shown)
      throws IOException {
    if (!Files.exists(folder.metrics())) {
      return shown;
    }
    JsonNode line = JsonFiles.lastLine(folder.metrics());
    long step = line.path("step").asLong();
    if (step > shown) {
      Map<String, Double> values = new LinkedHashMap<>();
      line.path("values")
          .properties()
          .forEach(e -> values.put(e.getKey(), JsonFiles.number(e.getValue())));
      listener.stepDone(step, composed.totalSteps(), line.path("seconds").asDouble(), values);
    }
    return Math.max(step, shown);
  }

  private static RunState result(int code, String error, RunFolder folder) throws IOException {
    RunState state = folder.state();
    if (code == ExitCode.DONE) {
      return state;
    } else if (code == ExitCode.INTERRUPTED) {
      RunState end =
          state.status() == RunStatus.INTERRUPTED ? state : with(state, RunStatus.INTERRUPTED, "");
      folder.writeState(end);
      return end;
    }
    String reason = error.isEmpty() ? "the process of Spark ended with code " + code : error;
    if (state.status() == RunStatus.RUNNING || code == ExitCode.WRONG_INPUT) {
      folder.writeState(with(state, RunStatus.FAILED, reason));
    }
    if (code == ExitCode.WRONG_INPUT) {
      throw new InvalidInputException(reason, "");
    }
    throw new RunException(reason);
  }

  private static RunState with(RunState state, RunStatus status, String reason) {
    return new RunState(
        status, state.step(), state.steps(), state.seconds(), reason, state.resumeCount());
  }

  private static void delete(Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException ignored) {
      // A file that stays does no harm.
    }
  }
}
