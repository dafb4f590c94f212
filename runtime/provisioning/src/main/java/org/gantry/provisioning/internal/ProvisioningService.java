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
import org.gantry.provisioning.internal.plan.CurrentState;
import org.gantry.provisioning.internal.plan.LockFile;
import org.gantry.provisioning.internal.plan.LockedPlugin;
import org.gantry.provisioning.internal.plan.PluginLeases;
import org.gantry.provisioning.internal.plan.PreparedPlan;
import org.gantry.provisioning.internal.plan.StateFolder;
import org.gantry.provisioning.internal.plan.TemporaryFolder;
import org.gantry.provisioning.internal.planner.ChangePlanner;
import org.gantry.provisioning.internal.planner.JarStaging;
import org.gantry.provisioning.internal.planner.PlanBuilder;
import org.gantry.provisioning.internal.repository.PluginRepository;
import org.gantry.provisioning.internal.repository.RepositoryList;
import org.gantry.provisioning.internal.trust.FetchedJar;
import org.gantry.provisioning.internal.trust.HostPackages;
import org.gantry.provisioning.internal.trust.JarInspection;
import org.gantry.provisioning.internal.trust.TrustDecision;
import org.gantry.provisioning.internal.trust.TrustStore;
import org.gantry.recipes.text.MessageWording;
import org.osgi.framework.BundleContext;

/** Keeps the state folder and the running framework in step. */
public final class ProvisioningService implements PluginProvisioner, PluginStarter {

  private final StateFolder state;
  private final TrustStore trust;
  private final PluginLeases leases;
  private final RepositoryList sources;
  private final ProductPlugins packed;
  private final RunningPlugins live;
  private final PluginInventory inventory;
  private final ChangePlanner planning;
  private final PlanExecutor commitment;
  private final Predicate<String> hostPackages;
  private boolean third = true;

  ProvisioningService(
      BundleContext context,
      Installation installation,
      BundleResolver resolution,
      Supplier<ComponentRegistry> components,
      Duration limit) {
    this.state = new StateFolder(installation.state());
    this.trust = new TrustStore(installation.state().resolve("trust"));
    this.sources = new RepositoryList(installation, trust);
    this.leases = new PluginLeases(installation.state().resolve("leases"));
    this.packed =
        new ProductPlugins(
            installation.plugins(), installation.state().resolve("product-verified.txt"));
    this.live = new RunningPlugins(context, packed, state, resolution, limit);
    this.inventory = new PluginInventory(state, live);
    this.commitment = new PlanExecutor(state, live, components, limit);
    String host = "reference:" + installation.bundles().toUri();
    this.hostPackages =
        name ->
            HostPackages.of(
                    Stream.of(context.getBundles())
                        .filter(b -> b.getBundleId() == 0 || b.getLocation().startsWith(host))
                        .toList())
                .test(name);
    PlanBuilder drafting = new PlanBuilder(installation, state, live, resolution, leases);
    this.planning =
        new ChangePlanner(
            state, new JarStaging(installation, sources, trust, drafting, hostPackages), drafting);
  }

  // ---- Starting
  // ---------------------------------------------------------------------------------

  @Override
  public synchronized List<String> start(boolean safeMode) {
    third = !safeMode;
    List<String> sentences = new ArrayList<>(begin());
    if (safeMode) {
      leftOut().ifPresent(sentences::add);
    }
    return sentences;
  }

  /** Brings the framework to what is installed; says what does not work. */
  private List<String> begin() {
    LockFile lock = LockFile.PRODUCT;
    Optional<String> broken = Optional.empty();
    try {
      lock = third ? state.lock(state.currentGeneration()) : lock;
    } catch (IOException e) {
      broken =
          Optional.of(
              "what was installed is in quarantine: "
                  + ErrorText.of(e)
                  + "; 'gantry plugins rollback' returns to what was installed before");
    }
    live.changeTo(lock, third);
    broken.ifPresent(problem -> live.addProblem("state", problem));
    return List.copyOf(live.problems().values());
  }

  /** What would be there if it were not for safe mode. */
  private Optional<String> leftOut() {
    try {
      List<String> ids =
          state.lock(state.currentGeneration()).plugins().stream()
              .filter(LockedPlugin::enabled)
              .map(LockedPlugin::id)
              .toList();
      return ids.isEmpty()
          ? Optional.empty()
          : Optional.of("safe mode leaves out " + MessageWording.joined(ids, "and"));
    } catch (IOException e) {
      return Optional.of("safe mode leaves out whatever was installed: " + ErrorText.of(e));
    }
  }

  // ---- Looking
  // ----------------------------------------------------------------------------------

  @Override
  public synchronized List<InstalledPlugin> plugins() {
    return inventory.plugins(third);
  }

  @Override
  public List<Generation> generations() {
    return attempt(inventory::generations);
  }

  @Override
  public PluginDescription inspect(String what, InstallPolicy terms) {
    return attempt(
        () ->
            TemporaryFolder.use(
                folder -> {
                  FetchedJar fetched = sources.pluginSources(terms, folder).fetch(what);
                  JarInspection inspection = JarInspection.inspect(fetched.jar(), hostPackages);
                  TrustDecision vouching = TrustDecision.of(inspection.signature(), fetched, trust);
                  return inspection.description().withSignature(vouching.describe());
                }));
  }

  @Override
  public synchronized List<String> findProblems() {
    attempt(
        () -> {
          packed.forgetVerification();
          return null;
        });
    List<String> problems = new ArrayList<>(begin());
    for (LockedPlugin plugin : CurrentState.read(state).lock().plugins()) {
      Optional<String> flaw = live.findJarProblem(plugin);
      if (flaw.isEmpty()) {
        try {
          JarInspection.inspect(state.storedJar(plugin.sha256()), hostPackages);
        } catch (ProvisioningException e) {
          problems.add(plugin.id() + ": " + e.getMessage());
        }
      } else if (!plugin.enabled()) {
        problems.add(plugin.id() + " is switched off, and " + flaw.get());
      }
    }
    for (InstalledPlugin plugin : plugins()) {
      if (plugin.state() == InstalledPlugin.PluginState.ACTIVE) {
        commitment.findComponentProblem(plugin.name(), plugin.version()).ifPresent(problems::add);
      }
    }
    return problems;
  }

  @Override
  public TrustedSigners trustedSigners() {
    return trust;
  }

  // ---- Repositories
  // -----------------------------------------------------------------------------

  @Override
  public RepositoryListing listRepositories(InstallPolicy terms) {
    return attempt(
        () -> TemporaryFolder.use(folder -> sources.pluginSources(terms, folder).listing()));
  }

  @Override
  public List<String> repositoryAddresses() {
    return attempt(sources::addresses);
  }

  @Override
  public int addRepository(String address, InstallPolicy terms) {
    return attempt(() -> TemporaryFolder.use(folder -> sources.add(address, terms, folder)));
  }

  @Override
  public void removeRepository(String address) {
    attempt(
        () -> {
          sources.remove(address);
          return null;
        });
  }

  @Override
  public int writeIndex(Path folder) {
    return attempt(() -> PluginRepository.writeIndex(folder, hostPackages));
  }

  // ---- Changing
  // ---------------------------------------------------------------------------------

  @Override
  public PluginLease acquireLease(String run, Collection<PluginJar> plugins) {
    return leases.acquire(run, plugins);
  }

  @Override
  public synchronized ChangePlan plan(ChangeRequest request) {
    return attempt(() -> planning.plan(request, this::plugins));
  }

  @Override
  public synchronized void execute(ChangePlan plan) {
    PreparedPlan draft = (PreparedPlan) plan;
    if (!draft.blockingRuns().isEmpty()) {
      throw ProvisioningException.refused(
          "a training uses what would go: " + String.join(", ", draft.blockingRuns()),
          "Wait for it, or end it.");
    }
    attempt(() -> state.withLock(() -> commitment.execute(draft, third)));
  }

  @Override
  public int removeUnusedFiles() {
    return attempt(() -> state.withLock(state::removeUnused));
  }

  private static <T> T attempt(StateFolder.FileWork<T> work) {
    try {
      return work.get();
    } catch (IOException e) {
      throw ProvisioningException.failed(ErrorText.of(e), e);
    }
  }
}
