package org.gantry.runs;

import java.nio.file.Path;
import org.gantry.recipes.ComposedRecipe;

/** Folders of new runs that the user does not name: {@code runs/NAME-NNN}. */
public final class NumberedRun {

  private static final String RUNS = "runs";

  private NumberedRun() {}

  /**
   * Creates an empty folder. Processes that do so at the same time get different folders.
   *
   * @param directory the working directory
   * @param name the name of the recipe
   * @return {@code runs/NAME-NNN} in the directory, with the number after the highest one in use
   * @throws RunException if the folder cannot be created
   */
  public static Path claim(Path directory, String name) {
    return RunFolderCreator.claimNext(directory.resolve(RUNS), name);
  }

  /**
   * Creates the folder of a run, as {@link #claim} and {@link RunFolder#create} do.
   *
   * @throws RunException if the folder cannot be created or written; then nothing is left behind
   */
  public static RunFolder create(Path directory, ComposedRecipe composed) {
    Path path = claim(directory, composed.name());
    try {
      return RunFolder.create(path, composed);
    } catch (RunException e) {
      release(path);
      throw e;
    }
  }

  /** Removes a folder that {@link #claim} created, if it is still empty. */
  public static void release(Path path) {
    RunFolderCreator.releaseEmpty(path);
  }
}
