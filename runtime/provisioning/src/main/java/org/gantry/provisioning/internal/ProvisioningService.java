package org.gantry.provisioning.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.gantry.components.ComponentRegistry;
import org.gantry.components.PluginJar;
import org.gantry.host.BundleResolver;
import org.gantry.host.Installation;
import org.gantry.host.PluginStarter;
import org.gantry.host.support.ErrorText;
import org.gantry.provisioning.ChangePlan;
import org.gantry.provisioning.ChangeRequest;
import org.gantry.provisioning.ChangeRequest.InstallPolicy;
import org.gantry.provisioning.InstalledPlugin;
import org.gantry.provisioning.PluginDescription;
import org.gantry.provisioning.PluginProvisioner;
import org.gantry.provisioning.ProvisioningException;
import org.gantry.provisioning.RepositoryListing;
import org.gantry.provisioning.TrustedSigners;
import org.gantry.provisioning.internal.executor.PlanExecutor;
import org.gantry.provisioning.internal.executor.ProductPlugins;
import org.gantry.provisioning.internal.executor.RunningPlugins;
import org.gantry.provisioning.internal.plan.LockFile;
import org.gantry.provisioning.internal.plan.LockFile.LockedPlugin;
import org.gantry.provisioning.internal.plan.PluginLeases;
import org.gantry.provisioning.internal.plan.PreparedPlan;
import org.gantry.provisioning.internal.plan.StateFiles;
import org.gantry.provisioning.internal.plan.StateFolder;
import org.gantry.provisioning.internal.planner.ChangePlanner;
import org.gantry.provisioning.internal.planner.PlanBuilder;
import org.gantry.provisioning.internal.repository.PluginRepository;
import org.gantry.provisioning.internal.repository.PluginSources;
import org.gantry.provisioning.internal.repository.RepositoryList;
import org.gantry.provisioning.internal.repository.WebClient;
import org.gantry.provisioning.internal.trust.FetchedJar;
import org.gantry.provisioning.internal.trust.JarInspection;
import org.gantry.provisioning.internal.trust.TrustDecision;
import org.gantry.provisioning.internal.trust.TrustStore;
import org.gantry.recipes.text.MessageText;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;

/** Offers the planner, the executor and the repositories as one service. */
final class ProvisioningService implements PluginProvisioner, PluginStarter {

  private final BundleContext context;
  private final Installation installation;
  private final StateFolder state;
  private final TrustStore trust;
  private final PluginLeases leases;
  private final RepositoryList repositories;
  private final ProductPlugins product;
  private final RunningPlugins running;
  private final PluginInventory inventory;
  private final ChangePlanner planner;
  private final PlanExecutor executor;
  private final Predicate<String> hostPackage = this::isHostPackage;
  private boolean thirdParty = true;

  /**
   * Creates the service.
   *
   * @param timeLimit how long a plugin may take to start, to stop, and to create a component
   */
  ProvisioningService(
      BundleContext context,
      Installation installation,
      BundleResolver resolver,
      Supplier<ComponentRegistry> components,
      Duration timeLimit) {
    this.context = context;
    this.installation = installation;
    Path folder = installation.state();
    this.state = new StateFolder(folder);
    this.trust = new TrustStore(folder.resolve("trust"), WebClient.create(false)::fetch);
    this.repositories = new RepositoryList(installation, trust);
    this.leases = new PluginLeases(folder.resolve("leases"));
    this.product =
        new ProductPlugins(installation.plugins(), folder.resolve("product-verified.txt"));
    this.running = new RunningPlugins(context, product, state, resolver, timeLimit);
    this.inventory = new PluginInventory(state, running);
    this.planner =
        new ChangePlanner(
            installation,
            state,
            repositories,
            trust,
            new PlanBuilder(installation, state, running, resolver, leases),
            hostPackage);
    this.executor = new PlanExecutor(state, running, components, timeLimit);
  }

  /** Whether the framework or a bundle of the host exports a package. */
  private boolean isHostPackage(String name) {
    String host = "reference:" + installation.bundles().toUri();
    return name.equals("java")
        || name.startsWith("java.")
        || Stream.of(context.getBundles())
            .filter(b -> b.getBundleId() == 0 || b.getLocation().startsWith(host))
            .anyMatch(bundle -> exports(bundle, name));
  }

  private static boolean exports(Bundle bundle, String name) {
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    return revision != null
        && revision.getDeclaredCapabilities(BundleRevision.PACKAGE_NAMESPACE).stream()
            .map(BundleCapability::getAttributes)
            .anyMatch(attributes -> name.equals(attributes.get(BundleRevision.PACKAGE_NAMESPACE)));
  }

  @Override
  public synchronized List<String> start(boolean safeMode) {
    thirdParty = !safeMode;
    List<String> messages = new ArrayList<>(startPlugins());
    if (safeMode) {
      describeSkipped().ifPresent(messages::add);
    }
    return messages;
  }

  /** Makes the framework match the current lock file; returns the problems. */
  private List<String> startPlugins() {
    LockFile lockFile = LockFile.PRODUCT;
    Optional<String> unreadable = Optional.empty();
    try {
      lockFile = thirdParty ? state.lockFile(state.currentGeneration()) : lockFile;
    } catch (IOException e) {
      unreadable =
          Optional.of(
              "the installed plugins are not started: "
                  + ErrorText.of(e)
                  + "; 'gantry plugins rollback' returns to the previous generation");
    }
    running.changeTo(lockFile, thirdParty);
    unreadable.ifPresent(problem -> running.addProblem("state", problem));
    return List.copyOf(running.problems().values());
  }

  private Optional<String> describeSkipped() {
    try {
      List<String> ids =
          state.lockFile(state.currentGeneration()).plugins().stream()
              .filter(LockedPlugin::enabled)
              .map(LockedPlugin::id)
              .toList();
      return ids.isEmpty()
          ? Optional.empty()
          : Optional.of("safe mode skips " + MessageText.joined(ids, "and"));
    } catch (IOException e) {
      return Optional.of("safe mode skips all installed plugins: " + ErrorText.of(e));
    }
  }

  @Override
  public synchronized List<InstalledPlugin> plugins() {
    return inventory.plugins(thirdParty);
  }

  @Override
  public List<Generation> generations() {
    return attempt(inventory::generations);
  }

  @Override
  public PluginDescription inspect(String source, InstallPolicy policy) {
    return attempt(
        () ->
            StateFiles.withTemporaryFolder(
                folder -> {
                  FetchedJar fetched = sources(policy, folder).fetch(source);
                  JarInspection inspection = JarInspection.inspect(fetched.jar(), hostPackage);
                  TrustDecision decision = TrustDecision.of(inspection.signature(), fetched, trust);
                  return inspection.description().withSignature(decision.describe());
                }));
  }

  private PluginSources sources(InstallPolicy policy, Path folder) {
    return new PluginSources(repositories, policy, folder);
  }

  @Override
  public synchronized List<String> findProblems() {
    attempt(
        () -> {
          product.forgetVerification();
          return null;
        });
    List<String> problems = new ArrayList<>(startPlugins());
    for (LockedPlugin plugin : state.readCurrent().lockFile().plugins()) {
      Optional<String> jarProblem = running.findJarProblem(plugin);
      if (jarProblem.isEmpty()) {
        try {
          JarInspection.inspect(state.storedJar(plugin.sha256()), hostPackage);
        } catch (ProvisioningException e) {
          problems.add(plugin.id() + ": " + e.getMessage());
        }
      } else if (!plugin.enabled()) {
        problems.add(plugin.id() + " is disabled, and " + jarProblem.get());
      }
    }
    for (InstalledPlugin plugin : plugins()) {
      if (plugin.state() == InstalledPlugin.PluginState.ACTIVE) {
        executor.findComponentProblem(plugin.name(), plugin.version()).ifPresent(problems::add);
      }
    }
    return problems;
  }

  @Override
  public TrustedSigners trustedSigners() {
    return trust;
  }

  @Override
  public RepositoryListing listRepositories(InstallPolicy policy) {
    return attempt(
        () -> StateFiles.withTemporaryFolder(folder -> sources(policy, folder).listing()));
  }

  @Override
  public List<String> repositoryAddresses() {
    return attempt(repositories::addresses);
  }

  @Override
  public int addRepository(String address, InstallPolicy policy) {
    return attempt(
        () -> StateFiles.withTemporaryFolder(folder -> repositories.add(address, policy, folder)));
  }

  @Override
  public void removeRepository(String address) {
    attempt(
        () -> {
          repositories.remove(address);
          return null;
        });
  }

  @Override
  public int writeIndex(Path folder) {
    return attempt(() -> PluginRepository.writeIndex(folder, hostPackage));
  }

  @Override
  public PluginLease acquireLease(String run, Collection<PluginJar> plugins) {
    return leases.acquire(run, plugins);
  }

  @Override
  public synchronized ChangePlan plan(ChangeRequest request) {
    return attempt(() -> planner.plan(request, this::plugins));
  }

  @Override
  public synchronized void execute(ChangePlan plan) {
    PreparedPlan prepared = (PreparedPlan) plan;
    List<String> runs = prepared.blockingRuns();
    if (!runs.isEmpty()) {
      throw ProvisioningException.refused(
          runs.size() == 1
              ? "the running training " + runs.get(0) + " uses a plugin of this change"
              : "the running trainings "
                  + MessageText.joined(runs, "and")
                  + " use plugins of this change",
          "Wait until the training ends, or stop it.");
    }
    attempt(() -> state.withLock(() -> executor.execute(prepared, thirdParty)));
  }

  @Override
  public int removeUnusedFiles() {
    return attempt(() -> state.withLock(state::removeUnused));
  }

  private static <T> T attempt(StateFolder.FileWork<T> work) {
    try {
      return work.run();
    } catch (IOException e) {
      throw ProvisioningException.failed(ErrorText.of(e), e);
    }
  }
}
