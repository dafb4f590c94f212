package ${package};

import ai.djl.ndarray.NDArray;
import java.util.Map;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.metric.EvaluationContext;
import org.gantry.metric.Metric;

/** Computes two moments of the samples. Replace it by your own metric. */
@Component(
    kind = ComponentKind.METRIC,
    name = "${name}",
    summary = "The mean of all values of the samples, and the mean of their squares")
final class ${className} implements Metric {

  @Override
  public Map<String, Double> evaluate(EvaluationContext context) {
    NDArray samples = context.samples();
    double mean = samples.mean().getFloat();
    double square = samples.square().mean().getFloat();
    return Map.of("mean", mean, "mean-square", square);
  }
}
