package org.gantry.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.gantry.components.PluginJar;
import org.gantry.provisioning.ChangePlan;
import org.gantry.provisioning.ChangeRequest;
import org.gantry.provisioning.InstalledPlugin;
import org.gantry.provisioning.PluginDescription;
import org.gantry.provisioning.PluginProvisioner;
import org.gantry.provisioning.ProvisioningException;
import org.gantry.provisioning.RepositoryListing;
import org.gantry.provisioning.RepositoryListing.PluginOffer;
import org.gantry.provisioning.TrustedSigners;

/** Two plugins, and a record of requests. */
final class FakeProvisioner implements PluginProvisioner {

  private final List<String> done = new ArrayList<>();

  /** The executed requests, in order. */
  List<String> done() {
    return done;
  }

  @Override
  public List<InstalledPlugin> plugins() {
    return List.of(
        plugin("acme", "1.0.0", InstalledPlugin.PluginState.ACTIVE, "loss/hinge"),
        plugin("broken", "2.0.0", InstalledPlugin.PluginState.QUARANTINED, "loss/other"));
  }

  @Override
  public Path jar(String sha256) {
    return Path.of(sha256 + ".jar");
  }

  private static InstalledPlugin plugin(
      String name, String version, InstalledPlugin.PluginState state, String component) {
    return new InstalledPlugin(
        name, version, "", InstalledPlugin.PRODUCT, "", "", false, state, "", List.of(component));
  }

  @Override
  public ChangePlan plan(ChangeRequest request) {
    if (request instanceof ChangeRequest.RemoveRequest remove
        && remove.names().contains("missing")) {
      throw ProvisioningException.refused("no plugin 'missing' is installed", "Look again.");
    }
    return new FakePlan(request.toString());
  }

  @Override
  public void execute(ChangePlan plan) {
    done.add(plan.action());
  }

  @Override
  public List<Generation> generations() {
    return List.of(new Generation(0, "the product", true, List.of()));
  }

  @Override
  public List<String> findProblems() {
    return List.of("broken 2.0.0 does not work");
  }

  @Override
  public int removeUnusedFiles() {
    return 3;
  }

  @Override
  public RepositoryListing listRepositories(ChangeRequest.InstallPolicy terms) {
    return new RepositoryListing(
        List.of(
            new PluginOffer(
                "org.acme.losses",
                "1.2.0",
                "More losses.",
                "shelf",
                "",
                1,
                "listed by CN=Acme",
                true,
                List.of("loss/relativistic"))),
        List.of("the repository http://far was skipped: it is far"));
  }

  @Override
  public List<String> repositoryAddresses() {
    return List.of("shelf");
  }

  @Override
  public int addRepository(String address, ChangeRequest.InstallPolicy terms) {
    return 1;
  }

  @Override
  public void removeRepository(String address) {}

  @Override
  public int writeIndex(Path folder) {
    return 2;
  }

  @Override
  public PluginDescription inspect(String what, ChangeRequest.InstallPolicy terms) {
    throw new UnsupportedOperationException();
  }

  @Override
  public PluginLease acquireLease(String run, Collection<PluginJar> plugins) {
    return () -> {};
  }

  @Override
  public TrustedSigners trustedSigners() {
    throw new UnsupportedOperationException();
  }

  /** A plan that installs one bundle. */
  private record FakePlan(String action) implements ChangePlan {

    @Override
    public int fromGeneration() {
      return 0;
    }

    @Override
    public List<PluginChange> incoming() {
      return List.of(
          new PluginChange(
              "org.acme.losses",
              "1.2.0",
              "0123456789abcdef",
              "losses.jar",
              "unsigned",
              List.of("loss/relativistic")));
    }

    @Override
    public List<PluginChange> outgoing() {
      return List.of();
    }

    @Override
    public List<String> settingChanges() {
      return List.of();
    }

    @Override
    public List<String> notes() {
      return List.of("old 1.0.0 is not updated because it is pinned");
    }

    @Override
    public List<String> wiringChanges() {
      return List.of("+ org.acme.losses 1.2.0 -> org.gantry.api 0.1.0");
    }

    @Override
    public List<String> blockingRuns() {
      return List.of();
    }

    @Override
    public boolean isEmpty() {
      return false;
    }

    @Override
    public void close() {}
  }
}
