package org.gantry.cli;

import java.util.List;
import org.gantry.components.Components;
import org.gantry.recipes.Recipes;

/** What commands stand on. Each is looked up when it is asked for. */
interface Services {

  /** The installed components. */
  Components components();

  /** The way from a recipe to a training graph. */
  Recipes recipes();

  /** Starts the engine behind the tensors, for what is done without a recipe. */
  void startEngine();

  /** The bundles that declare components, active or not, by name. */
  List<PluginInfo> plugins();
}
