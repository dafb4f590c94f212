package org.gantry.cli.services;

import java.nio.file.Path;
import java.util.List;
import org.gantry.components.ComponentRegistry;
import org.gantry.provisioning.PluginProvisioner;
import org.gantry.recipes.Recipes;
import org.gantry.verification.PluginVerifier;

/** What commands stand on. Each is looked up when it is asked for. */
public interface CommandServices {

  /** The installed components. */
  ComponentRegistry components();

  /** The way from a recipe to a training graph. */
  Recipes recipes();

  /** Where the product lies. */
  Path home();

  /** Where what its user added to it lies; it may be missing. */
  Path state();

  /** The trial of plugins. */
  PluginVerifier verifier();

  /** Starts the engine behind the tensors, for what is done without a recipe. */
  void startEngine();

  /** The installed plugins, and how they change. */
  PluginProvisioner provisioning();

  /** The program that starts this installation in a process of its own. */
  Path launchScript();

  /** The experiments of the product and of the bundles, as they were found. */
  List<ExperimentSource> experiments();
}
