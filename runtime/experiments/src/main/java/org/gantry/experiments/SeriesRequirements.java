package org.gantry.experiments;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.gantry.components.PluginJar;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.runs.EngineThreads;
import org.gantry.tensor.ComputeDevice;

/**
 * What the trainings of a series need.
 *
 * @param plugins the jars of their components
 * @param sharesProcessor whether each computes with one thread on the processor, so that several
 *     side by side do not slow each other down
 */
public record SeriesRequirements(List<PluginJar> plugins, boolean sharesProcessor) {

  static final SeriesRequirements NONE = new SeriesRequirements(List.of(), true);

  /** Copies the list. */
  public SeriesRequirements {
    plugins = List.copyOf(plugins);
  }

  /** Adds a recipe. */
  SeriesRequirements with(ComposedRecipe composed) {
    Set<PluginJar> all = new LinkedHashSet<>(plugins);
    all.addAll(composed.plugins());
    boolean single =
        EngineThreads.forNewRun(composed) == 1
            && ComputeDevice.of(composed.settings().device()).isProcessor();
    return new SeriesRequirements(List.copyOf(all), sharesProcessor && single);
  }

  /**
   * The number of trainings to run side by side.
   *
   * @param processors the number of processors of the machine
   */
  public int parallelTrainings(int processors) {
    return sharesProcessor ? processors : 1;
  }
}
