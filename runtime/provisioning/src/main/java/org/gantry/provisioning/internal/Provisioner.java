package org.gantry.provisioning.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.gantry.components.Components;
import org.gantry.host.Installation;
import org.gantry.host.PluginStart;
import org.gantry.host.Resolution;
import org.gantry.provisioning.Facts;
import org.gantry.provisioning.Offer;
import org.gantry.provisioning.Plan;
import org.gantry.provisioning.Plan.Moving;
import org.gantry.provisioning.Plugin;
import org.gantry.provisioning.Provisioning;
import org.gantry.provisioning.ProvisioningException;
import org.gantry.provisioning.Request;
import org.gantry.provisioning.Request.Terms;
import org.gantry.provisioning.Trust;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** Keeps the state folder and the running framework in step. */
final class Provisioner implements Provisioning, PluginStart {

  private final StateFolder state;
  private final TrustFolder trust;
  private final Leases leases;
  private final Sources sources;
  private final LivePlugins live;
  private final Drafting drafting;
  private final Supplier<Components> components;
  private final Duration limit;
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
    this.live = new LivePlugins(context, installation, state, resolution, limit);
    this.drafting = new Drafting(installation, state, live, resolution, leases);
    this.components = components;
    this.limit = limit;
    String host = "reference:" + installation.bundles().toUri();
    this.hostPackages =
        name ->
            HostPackages.of(
                    List.of(context.getBundles()).stream()
                        .filter(b -> b.getBundleId() == 0 || b.getLocation().startsWith(host))
                        .toList())
                .test(name);
  }

  // ---- Starting
  // ---------------------------------------------------------------------------------

  @Override
  public synchronized List<String> start(boolean safeMode) {
    third = !safeMode;
    Lock lock = Lock.PRODUCT;
    Optional<String> broken = Optional.empty();
    try {
      lock = safeMode ? lock : state.lock(state.current());
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

  /** What is installed, and the number of that generation. */
  private record Present(int number, Lock lock) {}

  private Present present() {
    try {
      int number = state.current();
      return new Present(number, state.lock(number));
    } catch (IOException e) {
      throw new ProvisioningException(
          false, Told.of(e), "'gantry plugins rollback' returns to what was installed before.", e);
    }
  }

  // ---- Looking
  // ----------------------------------------------------------------------------------

  @Override
  public synchronized List<Plugin> plugins() {
    List<Plugin> plugins = new ArrayList<>();
    Lock lock = readable();
    Map<String, String> problems = live.problems();
    for (BasePlugin base : live.base()) {
      Optional<Bundle> bundle = live.bundle(base.jar());
      String problem = problems.getOrDefault(base.id(), "");
      plugins.add(
          new Plugin(
              base.name(),
              base.version(),
              hash(base.jar()),
              Plugin.PRODUCT,
              "",
              false,
              bundle.isEmpty()
                  ? Plugin.State.DISABLED
                  : problem.isEmpty() ? Plugin.State.ACTIVE : Plugin.State.QUARANTINED,
              problem,
              base.components()));
    }
    for (Locked locked : lock.plugins()) {
      String problem = third ? problems.getOrDefault(locked.id(), "") : "safe mode";
      plugins.add(
          new Plugin(
              locked.name(),
              locked.version(),
              locked.sha256(),
              locked.source(),
              locked.signer(),
              locked.pinned(),
              !locked.enabled() || !third
                  ? Plugin.State.DISABLED
                  : problem.isEmpty() ? Plugin.State.ACTIVE : Plugin.State.QUARANTINED,
              problem,
              StoredJar.components(state.jar(locked.sha256()))));
    }
    plugins.sort(Comparator.comparing(Plugin::name).thenComparing(Plugin::version));
    return plugins;
  }

  private Lock readable() {
    try {
      return state.lock(state.current());
    } catch (IOException e) {
      return Lock.PRODUCT;
    }
  }

  private Lock readable(int generation) {
    try {
      return state.lock(generation);
    } catch (IOException e) {
      return new Lock(0, "(cannot be read)", List.of(), Set.of());
    }
  }

  private static String hash(Path jar) {
    try {
      return Hash.of(jar);
    } catch (IOException e) {
      throw ProvisioningException.failed(jar + " cannot be read: " + Told.of(e), e);
    }
  }

  @Override
  public List<Generation> generations() {
    return attempt(
        () -> {
          int current = state.current();
          List<Generation> generations = new ArrayList<>();
          for (int number : state.generations()) {
            Lock lock = readable(number);
            generations.add(
                new Generation(
                    number,
                    lock.action(),
                    number == current,
                    lock.plugins().stream().map(Locked::id).toList()));
          }
          return generations;
        });
  }

  @Override
  public List<Offer> offers(Terms terms) {
    return staged(staging -> sources.offers(terms, staging));
  }

  @Override
  public List<String> repositories() {
    return attempt(sources::known);
  }

  @Override
  public int addRepository(String address, Terms terms) {
    String name =
        Web.isOne(address) ? address : Path.of(address).toAbsolutePath().normalize().toString();
    return staged(
        staging -> {
          int count =
              Repository.open(name, new Web(terms.offline()), trust, staging).offers().size();
          List<String> known = new ArrayList<>(sources.known());
          if (!known.contains(name)) {
            known.add(name);
            sources.know(known);
          }
          return count;
        });
  }

  @Override
  public void removeRepository(String address) {
    attempt(
        () -> {
          List<String> known = new ArrayList<>(sources.known());
          if (!known.remove(address)
              && !known.remove(Path.of(address).toAbsolutePath().normalize().toString())) {
            throw ProvisioningException.refused(
                address + " is no repository that is asked",
                "'gantry repository list' shows those that are.");
          }
          sources.know(known);
          return null;
        });
  }

  @Override
  public int index(Path folder) {
    return attempt(
        () -> {
          if (!Files.isDirectory(folder)) {
            throw ProvisioningException.refused(folder + " is no folder", "");
          }
          Index index = Repository.index(folder, hostPackages);
          ByteArrayOutputStream out = new ByteArrayOutputStream();
          Path name = folder.toAbsolutePath().normalize().getFileName();
          index.write(out, name == null ? "plugins" : name.toString());
          Durable.write(folder.resolve(Repository.PLAIN), out.toByteArray());
          return index.entries().size();
        });
  }

  /** Work that fetches files. */
  private interface Fetching<T> {
    T get(Path staging) throws IOException;
  }

  /** Does something that needs a folder for a while. */
  private static <T> T staged(Fetching<T> work) {
    return attempt(
        () -> {
          Path staging = Files.createTempDirectory("gantry-");
          try {
            return work.get(staging);
          } finally {
            StateFolder.delete(staging);
          }
        });
  }

  @Override
  public Facts inspect(Path jar) {
    Inspection inspection = Inspection.of(jar, hostPackages);
    return facts(inspection, Vouching.of(inspection.signature(), "", trust));
  }

  private static Facts facts(Inspection inspection, Vouching vouching) {
    Facts facts = inspection.facts();
    return new Facts(
        facts.name(),
        facts.version(),
        facts.title(),
        facts.description(),
        facts.license(),
        facts.sha256(),
        facts.size(),
        vouching.words(),
        facts.components());
  }

  @Override
  public synchronized List<String> examine() {
    List<String> problems = new ArrayList<>(start(!third));
    for (Locked plugin : present().lock().plugins()) {
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
        health(plugin.name(), plugin.version()).ifPresent(problems::add);
      }
    }
    return problems;
  }

  private Optional<String> health(String name, String version) {
    return new Health(components.get(), limit).of(name, version);
  }

  @Override
  public int tidy() {
    return attempt(() -> state.alone(state::tidy));
  }

  @Override
  public Lease lease(String run, Map<String, String> plugins) {
    return leases.take(run, plugins);
  }

  @Override
  public Trust trust() {
    return trust;
  }

  // ---- Planning
  // ---------------------------------------------------------------------------------

  @Override
  public synchronized Plan plan(Request request) {
    return attempt(
        () -> {
          if (request instanceof Request.Rollback rollback) {
            return back(rollback);
          } else if (request instanceof Request.Install install) {
            return install(install.what(), install.terms(), "install");
          } else if (request instanceof Request.Update update) {
            return update(update);
          }
          return changed(request);
        });
  }

  private Draft back(Request.Rollback rollback) throws IOException {
    int current;
    Lock before;
    try {
      current = state.current();
      before = state.lock(current);
    } catch (IOException e) {
      // Whatever it was, the way back is open.
      current = Integer.MAX_VALUE;
      before = Lock.PRODUCT;
    }
    int from = current;
    List<Integer> numbers = state.generations();
    int to =
        rollback.generation().orElse(from == Integer.MAX_VALUE ? newest(numbers) : before.parent());
    if (from == 0 && rollback.generation().isEmpty()) {
      throw ProvisioningException.refused(
          "there is nothing to return to: nothing was ever installed", "");
    } else if (!numbers.contains(to)) {
      throw ProvisioningException.refused(
          "there is no generation " + to + " any more",
          "There are " + numbers + "; 'gantry plugins generations' shows what they are.");
    }
    Lock target = state.lock(to);
    Lock after =
        new Lock(target.parent(), "roll back to " + to, target.plugins(), target.disabled());
    return drafting.draft(
        from, before, after, Optional.of(to), List.of(), Map.of(), List.of(), Optional.empty());
  }

  /** The newest generation that can be read. */
  private int newest(List<Integer> numbers) {
    return numbers.stream().filter(this::isReadable).mapToInt(n -> n).max().orElse(0);
  }

  private boolean isReadable(int generation) {
    try {
      state.lock(generation);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private Draft changed(Request request) throws IOException {
    Present present = present();
    List<String> released = new ArrayList<>();
    Lock after = present.lock();
    if (request instanceof Request.Remove remove) {
      for (String words : remove.names()) {
        Plugin plugin = selected(words);
        if (plugin.source().equals(Plugin.PRODUCT)) {
          throw ProvisioningException.refused(
              plugin.name() + " comes with the product and cannot be removed",
              "Switch it off: gantry plugins disable " + plugin.name());
        }
        after = with(after, plugin, locked -> null);
      }
    } else if (request instanceof Request.Enable enable) {
      for (String words : enable.names()) {
        Plugin plugin = selected(words);
        boolean on = enable.enabled();
        after =
            plugin.source().equals(Plugin.PRODUCT)
                ? switched(after, plugin.name(), on)
                : with(after, plugin, locked -> locked.withEnabled(on));
        if (on && state.quarantine(plugin.sha256()).isPresent()) {
          released.add(plugin.sha256());
        }
      }
    } else if (request instanceof Request.Pin pin) {
      for (String words : pin.names()) {
        Plugin plugin = selected(words);
        if (plugin.source().equals(Plugin.PRODUCT)) {
          throw ProvisioningException.refused(
              plugin.name() + " comes with the product, which is updated as a whole", "");
        }
        after = with(after, plugin, locked -> locked.withPinned(pin.pinned()));
      }
    }
    Lock named = new Lock(present.number(), words(request), after.plugins(), after.disabled());
    return drafting.draft(
        present.number(),
        present.lock(),
        named,
        Optional.empty(),
        List.of(),
        Map.of(),
        released,
        Optional.empty());
  }

  private static String words(Request request) {
    if (request instanceof Request.Remove remove) {
      return "remove " + String.join(" ", remove.names());
    } else if (request instanceof Request.Enable enable) {
      return (enable.enabled() ? "enable " : "disable ") + String.join(" ", enable.names());
    } else if (request instanceof Request.Pin pin) {
      return (pin.pinned() ? "pin " : "unpin ") + String.join(" ", pin.names());
    }
    throw new IllegalArgumentException(request.toString());
  }

  private Plugin selected(String words) {
    return new Selection(plugins()).one(words);
  }

  private static Lock with(Lock lock, Plugin plugin, UnaryOperator<Locked> change) {
    List<Locked> plugins = new ArrayList<>();
    for (Locked locked : lock.plugins()) {
      boolean meant =
          locked.name().equals(plugin.name()) && locked.version().equals(plugin.version());
      Locked changed = meant ? change.apply(locked) : locked;
      if (changed != null) {
        plugins.add(changed);
      }
    }
    return new Lock(lock.parent(), lock.action(), plugins, lock.disabled());
  }

  private static Lock switched(Lock lock, String name, boolean on) {
    Set<String> disabled = new TreeSet<>(lock.disabled());
    if (on) {
      disabled.remove(name);
    } else {
      disabled.add(name);
    }
    return new Lock(lock.parent(), lock.action(), lock.plugins(), disabled);
  }

  private Draft install(List<String> what, Terms terms, String action) throws IOException {
    Present present = present();
    Path staging = state.staging();
    try {
      Arrivals arrivals = new Arrivals(present.lock());
      for (String words : what) {
        Fetched fetched = sources.fetch(words, terms, staging);
        Inspection inspection = Inspection.of(fetched.jar(), hostPackages);
        Vouching vouching = Vouching.of(inspection.signature(), fetched.voucher(), trust);
        boolean agreed = terms.allowUnsigned() || arrivals.agreed(inspection.facts().name());
        vouching.require(fetched, inspection.signature(), agreed);
        arrivals.add(fetched, inspection, vouching, terms.beside());
      }
      Lock after =
          new Lock(
              present.number(),
              action + " " + String.join(" ", arrivals.names()),
              arrivals.plugins(),
              present.lock().disabled());
      return drafting.draft(
          present.number(),
          present.lock(),
          after,
          Optional.empty(),
          arrivals.in(),
          arrivals.jars(),
          List.of(),
          Optional.of(staging));
    } catch (IOException | RuntimeException e) {
      StateFolder.delete(staging);
      throw e;
    }
  }

  private Draft update(Request.Update update) throws IOException {
    List<String> what = new ArrayList<>();
    List<Locked> installed = present().lock().plugins();
    List<Locked> meant = new ArrayList<>();
    for (String words : update.names()) {
      Plugin plugin = selected(words);
      installed.stream()
          .filter(p -> p.name().equals(plugin.name()) && p.version().equals(plugin.version()))
          .forEach(meant::add);
      if (plugin.pinned()) {
        throw ProvisioningException.refused(
            plugin.name() + " is pinned to " + plugin.version(),
            "Unpin it first: gantry plugins pin --off " + plugin.name());
      }
    }
    for (Locked plugin : update.names().isEmpty() ? installed : meant) {
      if (!plugin.pinned()) {
        staged(staging -> sources.newer(plugin, update.terms(), staging)).ifPresent(what::add);
      }
    }
    return install(what, update.terms(), "update");
  }

  // ---- Doing
  // ------------------------------------------------------------------------------------

  @Override
  public synchronized void carryOut(Plan plan) {
    Draft draft = (Draft) plan;
    if (!draft.runs().isEmpty()) {
      throw ProvisioningException.refused(
          "a training uses what would go: " + String.join(", ", draft.runs()),
          "Wait for it, or end it.");
    }
    attempt(() -> state.alone(() -> commit(draft)));
  }

  private int commit(Draft draft) throws IOException {
    boolean broken = draft.from() == Integer.MAX_VALUE;
    if (!broken && state.current() != draft.from()) {
      throw new ProvisioningException(
          false, "somebody else has changed the plugins meanwhile", "Ask for it again.", null);
    }
    for (Map.Entry<String, Path> jar : draft.jars().entrySet()) {
      state.store(jar.getValue(), jar.getKey());
    }
    for (String hash : draft.released()) {
      state.release(hash);
    }
    int number = draft.target().isPresent() ? draft.target().get() : state.add(draft.after());
    state.pointTo(number);
    live.become(draft.after(), third);
    Optional<String> trouble = troubleWith(draft.in());
    if (trouble.isPresent() && !broken) {
      state.pointTo(draft.from());
      if (draft.target().isEmpty()) {
        state.drop(number);
      }
      draft.in().forEach(moving -> forget(moving.sha256()));
      live.become(state.lock(draft.from()), third);
      throw new ProvisioningException(
          false, trouble.get(), "Everything is as it was before.", null);
    }
    return state.tidy();
  }

  private Optional<String> troubleWith(List<Moving> in) {
    Map<String, String> problems = live.problems();
    for (Moving moving : third ? in : List.<Moving>of()) {
      String id = moving.name() + " " + moving.version();
      Optional<String> trouble =
          problems.containsKey(id)
              ? Optional.of(problems.get(id))
              : health(moving.name(), moving.version());
      if (trouble.isPresent()) {
        return trouble;
      }
    }
    return Optional.empty();
  }

  /** What is not installed is in no quarantine either: another attempt is a new one. */
  private void forget(String sha256) {
    try {
      state.release(sha256);
    } catch (IOException e) {
      throw ProvisioningException.failed("a quarantine cannot be lifted: " + Told.of(e), e);
    }
  }

  // ---- Files that fail
  // --------------------------------------------------------------------------

  private static <T> T attempt(StateFolder.Work<T> work) {
    try {
      return work.get();
    } catch (IOException e) {
      throw ProvisioningException.failed(Told.of(e), e);
    }
  }
}
