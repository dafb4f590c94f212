package org.gantry.runs.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.Optional;
import org.gantry.data.Dataset;
import org.gantry.metric.EvaluationContext;
import org.gantry.metric.MetricSubject;
import org.gantry.runs.internal.samples.DrawnSamples;
import org.gantry.sampler.ModelUse;
import org.gantry.sampler.TrainedModel;
import org.gantry.tensor.RandomStreams;

/**
 * What one metric evaluates.
 *
 * @param subject the data and the use
 * @param drawn the samples and what they were made of; the metric gets copies
 */
record MetricInput(
    MetricSubject subject,
    DrawnSamples drawn,
    TrainedModel trainedModel,
    NDManager manager,
    RandomStreams randomStreams,
    Path cacheFolder)
    implements EvaluationContext {

  @Override
  public int sampleCount() {
    return Math.toIntExact(drawn.samples().getShape().get(0));
  }

  @Override
  public NDArray samples() {
    return copy(drawn.samples());
  }

  @Override
  public Dataset dataset() {
    return subject.dataset();
  }

  @Override
  public ModelUse use() {
    return subject.use();
  }

  @Override
  public Optional<NDArray> field(String name) {
    return Optional.ofNullable(drawn.fields().get(name)).map(this::copy);
  }

  private NDArray copy(NDArray shared) {
    NDArray copy = shared.duplicate();
    copy.attach(manager);
    return copy;
  }
}
