package org.gantry.provisioning.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
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
import org.gantry.provisioning.internal.executor.TrialAnswer;
import org.gantry.provisioning.internal.executor.TrialProcess;
import org.gantry.provisioning.internal.executor.TrialRequest;
import org.gantry.provisioning.internal.plan.LockFile;
import org.gantry.provisioning.internal.plan.LockFile.LockedPlugin;
import org.gantry.provisioning.internal.plan.PluginLeases;
import org.gantry.provisioning.internal.plan.PreparedPlan;
import org.gantry.provisioning.internal.plan.StartRecord;
import org.gantry.provisioning.internal.plan.StateFiles;
import org.gantry.provisioning.internal.plan.StateFolder;
import org.gantry.provisioning.internal.planner.ChangePlanner;
import org.gantry.provisioning.internal.planner.PlanBuilder;
import org.gantry.provisioning.internal.repository.PluginRepository;
import org.gantry.provisioning.internal.repository.PluginSources;
import org.gantry.provisioning.internal.repository.RepositoryList;
import org.gantry.provisioning.internal.repository.WebClient;
import org.gantry.provisioning.internal.trust.FetchedJar;
import org.gantry.provisioning.internal.trust.HostNames;
import org.gantry.provisioning.internal.trust.JarInspection;
import org.gantry.provisioning.internal.trust.TrustDecision;
import org.gantry.provisioning.internal.trust.TrustStore;
import org.gantry.recipes.text.MessageText;
import org.osgi.framework.BundleContext;

/** Offers the planner, the executor and the repositories as one service. */
final class ProvisioningService implements PluginProvisioner, PluginStarter {

  private final StateFolder state;
  private final TrustStore trust;
  private final PluginLeases leases;
  private final RepositoryList repositories;
  private final ProductPlugins product;
  private final RunningPlugins running;
  private final PluginInventory inventory;
  private final ChangePlanner planner;
  private final PlanExecutor executor;
  private final HostNames hostNames;
  private final Optional<TrialAnswer> trial;
  private boolean thirdParty = true;

  /**
   * Creates the service.
   *
   * @param trial the file of the request, if this process serves the trial of a change
   * @param timeLimit how long a plugin may take to start, to stop, and to create a component
   * @param notices receives sentences about what is being waited for
   */
  ProvisioningService(
      BundleContext context,
      Installation installation,
      BundleResolver resolver,
      Supplier<ComponentRegistry> components,
      Optional<Path> trial,
      Duration timeLimit,
      Consumer<String> notices) {
    this.hostNames = new FrameworkNames(context, installation.bundles());
    Path folder = installation.state();
    this.state = new StateFolder(folder);
    StartRecord records = new StartRecord(folder.resolve("starting"));
    this.trust = new TrustStore(folder.resolve("trust"), WebClient.create(false)::fetch);
    this.repositories = new RepositoryList(installation, trust);
    this.leases = new PluginLeases(folder.resolve("leases"));
    this.product =
        new ProductPlugins(installation.plugins(), folder.resolve("product-verified.txt"));
    this.running =
        new RunningPlugins(context, product, state, resolver, records, timeLimit, notices);
    this.inventory = new PluginInventory(state, running);
    this.planner =
        new ChangePlanner(
            installation,
            state,
            repositories,
            trust,
            new PlanBuilder(installation, state, running, resolver, leases),
            hostNames);
    this.executor =
        new PlanExecutor(
            state,
            running,
            components,
            new TrialProcess(
                installation, timeLimit, Activator.START_LIMIT_PROPERTY, records, notices),
            timeLimit,
            notices);
    this.trial = trial.map(file -> new TrialAnswer(file, context, running, executor, records));
  }

  @Override
  public synchronized StartReport start(boolean safeMode) {
    thirdParty = !safeMode;
    List<String> messages = new ArrayList<>(startPlugins());
    if (safeMode) {
      describeSkipped().ifPresent(messages::add);
    }
    return new StartReport(messages, running.isDamaged());
  }

  /** Makes the framework match the current lock file; returns the problems. */
  private List<String> startPlugins() {
    LockFile lockFile = LockFile.PRODUCT;
    Optional<String> unreadable = Optional.empty();
    try {
      lockFile = thirdParty ? startedLockFile() : lockFile;
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

  /** The plugins that start: those of the current generation, except in a trial. */
  private LockFile startedLockFile() throws IOException {
    return trial.isPresent()
        ? LockFile.read(TrialRequest.read(trial.get().file()).lockFile())
        : state.lockFile(state.currentGeneration());
  }

  /** The trial that this process serves; empty if it executes a command. */
  Optional<TrialAnswer> trial() {
    return trial;
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
  public Path jar(String sha256) {
    return state.storedJar(sha256);
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
                  JarInspection inspection = JarInspection.inspect(fetched.jar(), hostNames);
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
          JarInspection.inspect(state.storedJar(plugin.sha256()), hostNames);
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
    return attempt(() -> PluginRepository.writeIndex(folder, hostNames));
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
