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
import org.gantry.components.Components;
import org.gantry.components.PluginJar;
import org.gantry.host.Installation;
import org.gantry.host.PluginStart;
import org.gantry.host.Resolution;
import org.gantry.provisioning.Facts;
import org.gantry.provisioning.Offers;
import org.gantry.provisioning.Plan;
import org.gantry.provisioning.Plugin;
import org.gantry.provisioning.Provisioning;
import org.gantry.provisioning.ProvisioningException;
import org.gantry.provisioning.Request;
import org.gantry.provisioning.Request.Terms;
import org.gantry.provisioning.Trust;
import org.gantry.recipes.text.Wording;
import org.osgi.framework.BundleContext;

/** Keeps the state folder and the running framework in step. */
final class Provisioner implements Provisioning, PluginStart {

  private final StateFolder state;
  private final TrustFolder trust;
  private final Leases leases;
  private final Sources sources;
  private final PackedPlugins packed;
  private final LivePlugins live;
  private final Inventory inventory;
  private final Planning planning;
  private final Commitment commitment;
  private final Predicate<String> hostPackages;
  private boolean third = true;

  Provisioner(
      BundleContext context,
      Installation installation,
      Resolution resolution,
      Supplier<Components> components,
      Duration limit) {
    this.state = new StateFolder(installation.state());
    this.trust = new TrustFolder(installation.state().resolve("trust"));
    this.sources = new Sources(installation, trust);
    this.leases = new Leases(installation.state().resolve("leases"));
    this.packed =
        new PackedPlugins(
            installation.plugins(), installation.state().resolve("product-verified.txt"));
    this.live = new LivePlugins(context, packed, state, resolution, limit);
    this.inventory = new Inventory(state, live);
    this.commitment = new Commitment(state, live, components, limit);
    String host = "reference:" + installation.bundles().toUri();
    this.hostPackages =
        name ->
            HostPackages.of(
                    Stream.of(context.getBundles())
                        .filter(b -> b.getBundleId() == 0 || b.getLocation().startsWith(host))
                        .toList())
                .test(name);
    Drafting drafting = new Drafting(installation, state, live, resolution, leases);
    this.planning =
        new Planning(
            state, new Staging(installation, sources, trust, drafting, hostPackages), drafting);
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
    Lock lock = Lock.PRODUCT;
    Optional<String> broken = Optional.empty();
    try {
      lock = third ? state.lock(state.current()) : lock;
    } catch (IOException e) {
      broken =
          Optional.of(
              "what was installed is in quarantine: "
                  + Told.of(e)
                  + "; 'gantry plugins rollback' returns to what was installed before");
    }
    live.become(lock, third);
    broken.ifPresent(problem -> live.note("state", problem));
    return List.copyOf(live.problems().values());
  }

  /** What would be there if it were not for safe mode. */
  private Optional<String> leftOut() {
    try {
      List<String> ids =
          state.lock(state.current()).plugins().stream()
              .filter(Locked::enabled)
              .map(Locked::id)
              .toList();
      return ids.isEmpty()
          ? Optional.empty()
          : Optional.of("safe mode leaves out " + Wording.joined(ids, "and"));
    } catch (IOException e) {
      return Optional.of("safe mode leaves out whatever was installed: " + Told.of(e));
    }
  }

  // ---- Looking
  // ----------------------------------------------------------------------------------

  @Override
  public synchronized List<Plugin> plugins() {
    return inventory.plugins(third);
  }

  @Override
  public List<Generation> generations() {
    return attempt(inventory::generations);
  }

  @Override
  public Facts inspect(String what, Terms terms) {
    return attempt(
        () ->
            Temporary.in(
                folder -> {
                  Fetched fetched = sources.inquiry(terms, folder).fetch(what);
                  Inspection inspection = Inspection.of(fetched.jar(), hostPackages);
                  Vouching vouching = Vouching.of(inspection.signature(), fetched, trust);
                  return inspection.facts().vouchedFor(vouching.words());
                }));
  }

  @Override
  public synchronized List<String> examine() {
    attempt(
        () -> {
          packed.forget();
          return null;
        });
    List<String> problems = new ArrayList<>(begin());
    for (Locked plugin : Present.in(state).lock().plugins()) {
      Optional<String> flaw = live.flaw(plugin);
      if (flaw.isEmpty()) {
        try {
          Inspection.of(state.jar(plugin.sha256()), hostPackages);
        } catch (ProvisioningException e) {
          problems.add(plugin.id() + ": " + e.getMessage());
        }
      } else if (!plugin.enabled()) {
        problems.add(plugin.id() + " is switched off, and " + flaw.get());
      }
    }
    for (Plugin plugin : plugins()) {
      if (plugin.state() == Plugin.State.ACTIVE) {
        commitment.health(plugin.name(), plugin.version()).ifPresent(problems::add);
      }
    }
    return problems;
  }

  @Override
  public Trust trust() {
    return trust;
  }

  // ---- Repositories
  // -----------------------------------------------------------------------------

  @Override
  public Offers offers(Terms terms) {
    return attempt(() -> Temporary.in(folder -> sources.inquiry(terms, folder).offers()));
  }

  @Override
  public List<String> repositories() {
    return attempt(sources::known);
  }

  @Override
  public int addRepository(String address, Terms terms) {
    return attempt(() -> Temporary.in(folder -> sources.add(address, terms, folder)));
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
  public int index(Path folder) {
    return attempt(() -> Repository.write(folder, hostPackages));
  }

  // ---- Changing
  // ---------------------------------------------------------------------------------

  @Override
  public Lease lease(String run, Collection<PluginJar> plugins) {
    return leases.take(run, plugins);
  }

  @Override
  public synchronized Plan plan(Request request) {
    return attempt(() -> planning.plan(request, this::plugins));
  }

  @Override
  public synchronized void carryOut(Plan plan) {
    Draft draft = (Draft) plan;
    if (!draft.runs().isEmpty()) {
      throw ProvisioningException.refused(
          "a training uses what would go: " + String.join(", ", draft.runs()),
          "Wait for it, or end it.");
    }
    attempt(() -> state.alone(() -> commitment.carryOut(draft, third)));
  }

  @Override
  public int tidy() {
    return attempt(() -> state.alone(state::tidy));
  }

  private static <T> T attempt(StateFolder.Work<T> work) {
    try {
      return work.get();
    } catch (IOException e) {
      throw ProvisioningException.failed(Told.of(e), e);
    }
  }
}
