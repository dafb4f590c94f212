package org.gantry.runs.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import org.gantry.data.Dataset;
import org.gantry.metric.EvaluationContext;
import org.gantry.sampler.TrainedModel;
import org.gantry.tensor.RandomStreams;

/**
 * What one metric may look at.
 *
 * @param held the samples, of which the metric gets copies
 */
public record MetricInput(
    NDArray held,
    Dataset dataset,
    TrainedModel trainedModel,
    NDManager manager,
    RandomStreams randomStreams,
    Path cacheFolder)
    implements EvaluationContext {

  @Override
  public int sampleCount() {
    return Math.toIntExact(held.getShape().get(0));
  }

  @Override
  public NDArray samples() {
    NDArray copy = held.duplicate();
    copy.attach(manager);
    return copy;
  }
}
