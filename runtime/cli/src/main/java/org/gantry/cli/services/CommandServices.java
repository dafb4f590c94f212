package org.gantry.cli.services;

import java.nio.file.Path;
import java.util.List;
import org.gantry.components.ComponentRegistry;
import org.gantry.host.TensorEngine;
import org.gantry.provisioning.PluginProvisioner;
import org.gantry.recipes.Recipes;
import org.gantry.verification.PluginVerifier;

/** The services that commands use. Each is looked up when a command asks for it. */
public interface CommandServices {

  /** The installed components. */
  ComponentRegistry components();

  /** Reads recipes and composes their training graphs. */
  Recipes recipes();

  /** The folder of the product. */
  Path home();

  /** The folder of the installed plugins and other state; it may be missing. */
  Path state();

  /** Checks plugins. */
  PluginVerifier verifier();

  /** The tensor engine. A recipe that is composed starts it. */
  TensorEngine engine();

  /** Installs, changes and lists plugins. */
  PluginProvisioner provisioning();

  /** The launch script, which starts this installation in a new process. */
  Path launchScript();

  /** The experiments of the product and of the bundles. */
  List<ExperimentSource> experiments();
}
