package org.gantry.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.gantry.components.PluginJar;
import org.gantry.provisioning.Facts;
import org.gantry.provisioning.Offer;
import org.gantry.provisioning.Offers;
import org.gantry.provisioning.Plan;
import org.gantry.provisioning.Plugin;
import org.gantry.provisioning.Provisioning;
import org.gantry.provisioning.ProvisioningException;
import org.gantry.provisioning.Request;
import org.gantry.provisioning.Trust;

/** Two plugins, and a record of what was asked for. */
final class FakeProvisioning implements Provisioning {

  private final List<String> done = new ArrayList<>();

  /** What was carried out, in order. */
  List<String> done() {
    return done;
  }

  @Override
  public List<Plugin> plugins() {
    return List.of(
        plugin("acme", "1.0.0", Plugin.State.ACTIVE, "loss/hinge"),
        plugin("broken", "2.0.0", Plugin.State.QUARANTINED, "loss/other"));
  }

  private static Plugin plugin(String name, String version, Plugin.State state, String component) {
    return new Plugin(
        name, version, "", Plugin.PRODUCT, "", "", false, state, "", List.of(component));
  }

  @Override
  public Plan plan(Request request) {
    if (request instanceof Request.Remove remove && remove.names().contains("missing")) {
      throw ProvisioningException.refused("no plugin 'missing' is installed", "Look again.");
    }
    return new FakePlan(request.toString());
  }

  @Override
  public void carryOut(Plan plan) {
    done.add(plan.action());
  }

  @Override
  public List<Generation> generations() {
    return List.of(new Generation(0, "the product", true, List.of()));
  }

  @Override
  public List<String> examine() {
    return List.of("broken 2.0.0 does not work");
  }

  @Override
  public int tidy() {
    return 3;
  }

  @Override
  public Offers offers(Request.Terms terms) {
    return new Offers(
        List.of(
            new Offer(
                "org.acme.losses",
                "1.2.0",
                "More losses.",
                "shelf",
                "",
                1,
                "listed by CN=Acme",
                true,
                List.of("loss/relativistic"))),
        List.of("the repository http://far was not asked: it is far"));
  }

  @Override
  public List<String> repositories() {
    return List.of("shelf");
  }

  @Override
  public int addRepository(String address, Request.Terms terms) {
    return 1;
  }

  @Override
  public void removeRepository(String address) {}

  @Override
  public int index(Path folder) {
    return 2;
  }

  @Override
  public Facts inspect(String what, Request.Terms terms) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Lease lease(String run, Collection<PluginJar> plugins) {
    return () -> {};
  }

  @Override
  public Trust trust() {
    throw new UnsupportedOperationException();
  }

  /** One bundle comes in. */
  private record FakePlan(String action) implements Plan {

    @Override
    public int from() {
      return 0;
    }

    @Override
    public List<Moving> in() {
      return List.of(
          new Moving(
              "org.acme.losses",
              "1.2.0",
              "0123456789abcdef",
              "losses.jar",
              "unsigned",
              List.of("loss/relativistic")));
    }

    @Override
    public List<Moving> out() {
      return List.of();
    }

    @Override
    public List<String> settings() {
      return List.of();
    }

    @Override
    public List<String> notes() {
      return List.of("old 1.0.0 stays, for it is pinned");
    }

    @Override
    public List<String> wires() {
      return List.of("+ org.acme.losses 1.2.0 -> org.gantry.api 0.1.0");
    }

    @Override
    public List<String> runs() {
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
