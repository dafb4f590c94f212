package org.gantry.provisioning;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.gantry.components.PluginJar;

/**
 * Installs, updates and removes the plugins of an installation. A service of the framework. Several
 * threads and processes may use it; their changes run one after another.
 */
public interface PluginProvisioner {

  /** The plugins of the product and the installed ones, by name and version. */
  List<InstalledPlugin> plugins();

  /**
   * The jar of an installed plugin that does not come with the product.
   *
   * @param sha256 the hash of the plugin
   * @return a file that nothing changes; may be missing
   */
  Path jar(String sha256);

  /**
   * Plans a change. Downloads and verifies jars and resolves the result, but changes nothing.
   *
   * @return the plan, which the caller closes
   * @throws ProvisioningException if the change is impossible, with the reason
   */
  ChangePlan plan(ChangeRequest request);

  /**
   * Executes a plan, for the installation and for this process. Starts and checks the new plugins;
   * reverts the change if one of them does not work.
   *
   * @throws ProvisioningException if a plugin does not work, a running training uses a plugin to
   *     remove, or another process changed the plugins since the plan was made
   */
  void execute(ChangePlan plan);

  /** The generations of the installation, oldest first; the first is the product's own. */
  List<Generation> generations();

  /**
   * Checks the installation for jars that differ from the lock file, invalid signatures, and
   * plugins that do not work.
   *
   * @return one sentence for each problem
   */
  List<String> findProblems();

  /**
   * Removes jars that no generation needs, and remains of killed processes.
   *
   * @return how many files were removed
   */
  int removeUnusedFiles();

  /** Lists the plugins of all repositories, and the repositories that were skipped. */
  RepositoryListing listRepositories(ChangeRequest.InstallPolicy policy);

  /** The addresses of the added repositories, in order. */
  List<String> repositoryAddresses();

  /**
   * Adds a repository.
   *
   * @return how many plugins it has
   * @throws ProvisioningException if it cannot be read
   */
  int addRepository(String address, ChangeRequest.InstallPolicy policy);

  /**
   * Removes a repository.
   *
   * @throws ProvisioningException if it was not added
   */
  void removeRepository(String address);

  /**
   * Writes the index of a folder of plugins to its file {@code index.xml}.
   *
   * @return how many plugins it has
   * @throws ProvisioningException if one of the jars cannot be installed
   */
  int writeIndex(Path folder);

  /**
   * Describes a plugin without installing it.
   *
   * @param source as for {@link ChangeRequest.InstallRequest}
   * @throws ProvisioningException if it cannot be found or installed
   */
  PluginDescription inspect(String source, ChangeRequest.InstallPolicy policy);

  /**
   * Prevents plugins from being removed or replaced while a run uses them.
   *
   * @param run the run, as messages name it
   * @param plugins the jars that it uses; may contain several versions of a plugin
   * @return the lease, which the caller closes
   */
  PluginLease acquireLease(String run, Collection<PluginJar> plugins);

  /** The signers whose plugins are installed without {@code --allow-unsigned}. */
  TrustedSigners trustedSigners();

  /**
   * A state of the installation.
   *
   * @param number 0 for the product's own, then counting
   * @param action the change that made it
   * @param current whether it is the current one
   * @param plugins the installed plugins, as {@code name version}
   */
  record Generation(int number, String action, boolean current, List<String> plugins) {

    /** Copies the list. */
    public Generation {
      plugins = List.copyOf(plugins);
    }
  }

  /** A lease on plugins; it ends when it is closed or the process ends. */
  interface PluginLease extends AutoCloseable {

    @Override
    void close();
  }
}
