package org.gantry.provisioning;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.gantry.components.PluginJar;

/**
 * The plugins of an installation; a service of the framework. Safe for use by several threads and
 * several processes; those that change something wait for each other.
 */
public interface PluginProvisioner {

  /** All plugins, those of the product and those that were installed, by name and version. */
  List<InstalledPlugin> plugins();

  /**
   * Finds out what a change would do. Jars are fetched and verified, and the outcome is resolved,
   * but nothing is changed.
   *
   * @return to be closed by the caller
   * @throws ProvisioningException if the change cannot be made, with the reason
   */
  ChangePlan plan(ChangeRequest request);

  /**
   * Makes a planned change: for the installation, and at once for this process. Plugins that come
   * in are started and tried; if one does not work, everything is as it was before.
   *
   * @throws ProvisioningException if a plugin does not work or the plan is out of date
   */
  void execute(ChangePlan plan);

  /** The states that the installation has been in, oldest first; the first is the product's own. */
  List<Generation> generations();

  /**
   * Looks for what is wrong: jars that are not what the lock file says, signatures that do not
   * hold, plugins that do not work.
   *
   * @return one sentence each; empty for a sound installation
   */
  List<String> findProblems();

  /**
   * Takes jars out of the store that no generation has, and what killed processes left behind.
   *
   * @return how many files were removed
   */
  int removeUnusedFiles();

  /** All that the repositories have, and which of them were not asked. */
  RepositoryListing listRepositories(ChangeRequest.InstallPolicy terms);

  /** The repositories that are always asked, in order. */
  List<String> repositoryAddresses();

  /**
   * Asks a repository from now on.
   *
   * @return how many plugins it has
   */
  int addRepository(String address, ChangeRequest.InstallPolicy terms);

  /** Asks a repository no longer. */
  void removeRepository(String address);

  /**
   * Writes the index of a folder with plugins, as {@code index.xml} into it.
   *
   * @return how many plugins it has
   * @throws ProvisioningException if one of the jars is none that could be installed
   */
  int writeIndex(Path folder);

  /**
   * What a plugin is, without installing it.
   *
   * @param what as for {@link ChangeRequest.InstallRequest}
   * @throws ProvisioningException if it cannot be had, or could not be installed
   */
  PluginDescription inspect(String what, ChangeRequest.InstallPolicy terms);

  /**
   * Keeps plugins from being removed or replaced while a run uses them.
   *
   * @param run the run, as messages name it
   * @param plugins the jars that it uses, of which several may be versions of one plugin
   */
  PluginLease acquireLease(String run, Collection<PluginJar> plugins);

  /** The signers whose plugins are installed without further ado. */
  TrustedSigners trustedSigners();

  /**
   * A state of the installation.
   *
   * @param number counts from 0, the product's own
   * @param action what made it
   * @param current whether it is the present one
   * @param plugins what was installed, as {@code name version}
   */
  record Generation(int number, String action, boolean current, List<String> plugins) {

    /** Copies the list. */
    public Generation {
      plugins = List.copyOf(plugins);
    }
  }

  /** Plugins in use; closing gives them back, and so does the end of the process. */
  interface PluginLease extends AutoCloseable {

    @Override
    void close();
  }
}
