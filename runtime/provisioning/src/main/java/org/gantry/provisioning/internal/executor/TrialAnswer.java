package org.gantry.provisioning.internal.executor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.gantry.host.StartTrial;
import org.gantry.provisioning.internal.plan.StartRecord;
import org.osgi.framework.BundleContext;

/**
 * Answers a {@link TrialProcess} from within its process.
 *
 * @param file the file of the request
 * @param context of a bundle of the host
 * @param running the plugins, which have been started
 * @param executor checks their components
 * @param records the plugins whose start was fatal
 */
public record TrialAnswer(
    Path file,
    BundleContext context,
    RunningPlugins running,
    PlanExecutor executor,
    StartRecord records)
    implements StartTrial {

  private static final String CHECKING = "its components were created";

  @Override
  public void finish() {
    try {
      Map<String, String> plugins = TrialRequest.read(file).plugins();
      TrialRequest.answer(file, findProblem(plugins).orElse(TrialRequest.WORKS));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<String> findProblem(Map<String, String> plugins) {
    Map<String, String> problems = running.problems();
    FrameworkSnapshot before = FrameworkSnapshot.of(context);
    for (Map.Entry<String, String> plugin : plugins.entrySet()) {
      String id = plugin.getValue();
      if (problems.containsKey(id)) {
        return Optional.of(problems.get(id));
      }
      int space = id.indexOf(' ');
      Optional<String> problem =
          records.during(
              plugin.getKey(),
              CHECKING,
              () -> executor.findComponentProblem(id.substring(0, space), id.substring(space + 1)));
      Optional<String> damage = before.damage().map(done -> id + " does not work: " + done);
      if (damage.isPresent() || problem.isPresent()) {
        return damage.isPresent() ? damage : problem;
      }
    }
    return Optional.empty();
  }
}
