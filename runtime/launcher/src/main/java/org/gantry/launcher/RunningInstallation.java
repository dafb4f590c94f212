package org.gantry.launcher;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.gantry.embedded.EmbeddedGantry;
import org.gantry.embedded.EmbeddedRuns;
import org.gantry.embedded.GantryException;
import org.gantry.embedded.LoadedPlugin;
import org.gantry.embedded.OpenedRun;
import org.gantry.embedded.RecipeTraining;
import org.gantry.embedded.TrainingWorker;
import org.gantry.embedded.WorkerSettings;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.BundleRevision;

/**
 * An installation that another program has opened.
 *
 * @param gantry the running framework
 */
record RunningInstallation(Gantry gantry) implements EmbeddedGantry {

  @Override
  public List<String> problems() {
    return gantry.problems();
  }

  @Override
  public RecipeTraining compose(String recipe, String... changes) {
    return runs().compose(recipe, List.of(changes));
  }

  @Override
  public OpenedRun openRun(Path folder) {
    return runs().open(folder);
  }

  @Override
  public TrainingWorker openWorker(WorkerSettings settings) {
    return runs().openWorker(settings);
  }

  private EmbeddedRuns runs() {
    return gantry
        .service(EmbeddedRuns.class)
        .orElseThrow(
            () ->
                new GantryException(
                    "this installation is incomplete: no active bundle trains for programs",
                    String.join("; ", gantry.problems()),
                    null));
  }

  @Override
  public LoadedPlugin loadPlugin(Path jar) {
    try {
      return new AddedPlugin(gantry.add(jar));
    } catch (IllegalArgumentException e) {
      throw new GantryException(e.getMessage(), "", e);
    }
  }

  @Override
  public int execute(String... words) {
    return gantry.run(words);
  }

  @Override
  public void close() {
    gantry.close();
  }

  /**
   * A bundle that the program added.
   *
   * @param bundle the active bundle
   */
  private record AddedPlugin(Bundle bundle) implements LoadedPlugin {

    @Override
    public String name() {
      return bundle.getSymbolicName();
    }

    @Override
    public String version() {
      return bundle.getVersion().toString();
    }

    @Override
    public List<String> components() {
      BundleRevision revision = bundle.adapt(BundleRevision.class);
      if (revision == null) {
        return List.of();
      }
      return revision.getDeclaredCapabilities(CallingPlugin.COMPONENT).stream()
          .map(capability -> componentName(capability.getAttributes()))
          .sorted()
          .toList();
    }

    private static String componentName(Map<String, Object> attributes) {
      return attributes.get("kind") + "/" + attributes.get(CallingPlugin.COMPONENT);
    }

    @Override
    public void close() {
      try {
        if (bundle.getState() != Bundle.UNINSTALLED) {
          bundle.uninstall();
        }
      } catch (BundleException e) {
        throw new GantryException(name() + " cannot be unloaded: " + e.getMessage(), "", e);
      }
    }
  }
}
