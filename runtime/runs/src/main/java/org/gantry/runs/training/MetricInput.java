package org.gantry.runs.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import org.gantry.data.Dataset;
import org.gantry.metric.EvaluationContext;
import org.gantry.sampler.TrainedModel;
import org.gantry.tensor.RandomStreams;

/**
 * What one metric evaluates.
 *
 * @param shared the samples, shape (count, ...); the metric gets copies
 */
record MetricInput(
    NDArray shared,
    Dataset dataset,
    TrainedModel trainedModel,
    NDManager manager,
    RandomStreams randomStreams,
    Path cacheFolder)
    implements EvaluationContext {

  @Override
  public int sampleCount() {
    return Math.toIntExact(shared.getShape().get(0));
  }

  @Override
  public NDArray samples() {
    NDArray copy = shared.duplicate();
    copy.attach(manager);
    return copy;
  }
}
