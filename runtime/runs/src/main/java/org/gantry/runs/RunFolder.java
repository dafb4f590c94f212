package org.gantry.runs;

import java.nio.file.Path;
import java.util.List;
import org.gantry.recipes.Composed;

/**
 * The folder of one run.
 *
 * <pre>
 * recipe.yaml             the recipe as resolved, enough to compose it again
 * plugins.lock.json       the components used, with their bundles and versions
 * environment.json        where it ran
 * state.json              how far it has come
 * metrics.jsonl           the terms and watched values, one line every few steps
 * evaluations.jsonl       one line for every evaluation
 * samples/step-000500.png what the generator made of the same codes, again and again
 * checkpoints/step-000500 all that is needed to continue or sample; the last two are kept
 * cache/                  what metrics keep for the next time
 * </pre>
 *
 * @param path the folder
 */
public record RunFolder(Path path) {

  /**
   * The folder that a run gets when nobody names one.
   *
   * @param directory the working directory
   * @param name the recipe's name
   * @return {@code runs/NAME-NNN} in the directory, with the least number above those taken; nothing
   *     is created
   * @throws RunException if the folder of runs cannot be read
   */
  public static Path next(Path directory, String name) {
    throw new UnsupportedOperationException();
  }

  /**
   * Creates the folder and writes everything that is known before the first step.
   *
   * @param path does not exist, or is an empty folder; missing parents are created
   * @throws RunException if the folder has content, something that is no folder is in the way, or
   *     writing fails; then nothing is left behind
   */
  public static RunFolder create(Path path, Composed composed) {
    throw new UnsupportedOperationException();
  }

  /**
   * An existing run.
   *
   * @throws RunException if there is no folder of that name or it is not a run's
   */
  public static RunFolder open(Path path) {
    throw new UnsupportedOperationException();
  }

  /** The resolved recipe. */
  public Path recipe() {
    return path.resolve("recipe.yaml");
  }

  /** The history of terms and watched values, as JSON lines. */
  public Path metrics() {
    return path.resolve("metrics.jsonl");
  }

  /** The evaluations made so far, as JSON lines. */
  public Path evaluations() {
    return path.resolve("evaluations.jsonl");
  }

  /** The folder of pictures. */
  public Path samples() {
    return path.resolve("samples");
  }

  /** The folder of checkpoints. */
  public Path checkpoints() {
    return path.resolve("checkpoints");
  }

  /** The folder of what metrics keep. */
  public Path cache() {
    return path.resolve("cache");
  }

  /**
   * How far the run has come.
   *
   * @throws RunException if the record is missing or damaged
   */
  public RunState state() {
    throw new UnsupportedOperationException();
  }

  /**
   * The components that the run was made with.
   *
   * @throws RunException if the record is missing or damaged
   */
  public List<Locked> components() {
    throw new UnsupportedOperationException();
  }

  /**
   * A component that a run was made with.
   *
   * @param kind the kind
   * @param name the name
   * @param version the component's version
   * @param bundle the symbolic name of its bundle
   * @param bundleVersion the version of its bundle
   */
  public record Locked(
      String kind, String name, String version, String bundle, String bundleVersion) {}
}
