package org.gantry.embedded;

import java.nio.file.Path;
import java.util.List;

/**
 * A running installation of Gantry in this process.
 *
 * <pre>{@code
 * try (EmbeddedGantry gantry = EmbeddedGantry.open()) {
 *   RecipeTraining ring = gantry.compose("ring", "loss=hinge", "train.steps=500");
 *   TrainingResult result = ring.train(Path.of("my-ring"));
 *   try (OpenedRun run = gantry.openRun(result.folder())) {
 *     Files.write(Path.of("ring.png"), run.sample(500).sheet());
 *   }
 * }
 * }</pre>
 *
 * <p>All methods are thread-safe. Trainings in several threads share the cores. Every method throws
 * {@link GantryException} with the text that the command prints.
 */
public interface EmbeddedGantry extends AutoCloseable {

  /** The environment variable with the folder of the installation. */
  String HOME_VARIABLE = "GANTRY_HOME";

  /**
   * Opens the installation that the environment variable {@value #HOME_VARIABLE} names, or else the
   * one whose folder {@code lib} has the jar of this class.
   *
   * @throws GantryException if there is neither, or it does not start
   */
  static EmbeddedGantry open() {
    return open(InstallationFolder.find(System.getenv(HOME_VARIABLE), EmbeddedGantry.class));
  }

  /**
   * Opens an installation with the plugins of the current user: those of the folder that the
   * environment variable {@code GANTRY_STATE} names, or else of {@code ~/.gantry}.
   *
   * @param home the folder with {@code bin}, {@code lib} and {@code bundles}
   * @throws GantryException if the folder is not an installation, it does not start, or this
   *     process has opened another one
   */
  static EmbeddedGantry open(Path home) {
    return ProductClasses.starter(home).start(home.toAbsolutePath().normalize(), null);
  }

  /**
   * Opens an installation with other plugins than those of the current user.
   *
   * @param state the folder with installed plugins and settings; created when needed
   * @throws GantryException as {@link #open(Path)} does
   */
  static EmbeddedGantry open(Path home, Path state) {
    return ProductClasses.starter(home)
        .start(home.toAbsolutePath().normalize(), state.toAbsolutePath().normalize());
  }

  /**
   * The problems of the installation, such as plugins that do not start. It works without them.
   *
   * @return one sentence for each problem
   */
  List<String> problems();

  /**
   * Composes and checks a recipe. Nothing is written.
   *
   * @param recipe the name of a bundled recipe, or a file
   * @param changes as {@code PATH=VALUE}, such as {@code train.steps=500} or {@code loss=hinge}
   * @throws GantryException with every problem of the recipe and its changes
   */
  RecipeTraining compose(String recipe, String... changes);

  /**
   * Restores the networks of a run from its last checkpoint.
   *
   * @param folder the folder of the run; of a run with stages, the last trained stage is opened
   * @return the run, which the caller closes
   * @throws GantryException if it is not the folder of a run or has no checkpoint
   */
  OpenedRun openRun(Path folder);

  /**
   * Lets this process take part in a training with several workers.
   *
   * @return the worker, which the caller closes
   * @throws GantryException if the folder is not that of a run, its plugins are missing here, or
   *     this machine does not have the address
   */
  TrainingWorker openWorker(WorkerSettings settings);

  /**
   * Loads a plugin into this process, but does not install it. Its components can be named at once.
   *
   * @param jar the plugin; it is copied, so the file can be replaced
   * @return the plugin, which stays until it is closed or Gantry is
   * @throws GantryException if the jar is not a plugin or does not start; it is not loaded then
   */
  LoadedPlugin loadPlugin(Path jar);

  /**
   * Executes any command of {@code gantry}, which prints to the standard streams of the process.
   *
   * @param words the words after {@code gantry}
   * @return the exit code: 0 if the command is done, 1 if it failed, 2 if the words are wrong
   */
  int execute(String... words);

  /**
   * Stops the installation. Runs that are open have to be closed before. The tensor engine keeps
   * its memory until the process ends; the same installation can be opened again.
   */
  @Override
  void close();
}
