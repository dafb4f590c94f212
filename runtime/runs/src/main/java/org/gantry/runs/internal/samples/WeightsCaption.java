package org.gantry.runs.internal.samples;

import java.util.List;
import java.util.stream.Collectors;
import org.gantry.training.ComponentOrigin;
import org.gantry.training.TrainingGraph;

/** States which weights samples were drawn with. */
public final class WeightsCaption {

  private static final String LIVE = "weights of the step, not averaged";

  private WeightsCaption() {}

  /** The weights that the samples of a graph are drawn with, as a noun phrase. */
  public static String of(TrainingGraph graph) {
    var averaged = graph.averagedRoles();
    if (averaged.isEmpty()) {
      return LIVE;
    }
    List<String> by = averaged.values().stream().map(ComponentOrigin::name).distinct().toList();
    return averaged.keySet().stream()
        .collect(
            Collectors.joining(
                " and ", "averaged weights of the ", " (" + String.join(", ", by) + ")"));
  }
}
