package org.gantry.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.data.ValueType;
import org.gantry.prior.Prior;
import org.gantry.sampler.ModelInput;
import org.gantry.sampler.ModelUse;
import org.gantry.sampler.SamplingProgress;
import org.gantry.sampler.SamplingRequest;
import org.gantry.sampler.TrainedModel;
import org.gantry.tensor.RandomStreams;

/**
 * A trained model for tests of samplers: one function from latent codes to samples, in the role
 * {@code generator}. It has no data.
 *
 * @param manager owns all results
 * @param prior draws the codes
 * @param randomStreams are keyed by the seed of the sampling
 * @param generator maps codes of shape (count, ...) to samples of shape (count, ...)
 */
public record GeneratorModel(
    NDManager manager, Prior prior, RandomStreams randomStreams, UnaryOperator<NDArray> generator)
    implements TrainedModel {

  private static final String ROLE = "generator";
  private static final String LATENT = "latent";

  /** Creates a request for samples of this model. */
  public SamplingRequest request(int count) {
    return new SamplingRequest(this, uses().get(0), count, Map.of(), SamplingProgress.NONE);
  }

  @Override
  public Set<String> roles() {
    return Set.of(ROLE);
  }

  @Override
  public NDList apply(String role, NDArray... inputs) {
    return new NDList(generator.apply(inputs[0]));
  }

  @Override
  public List<ModelUse> uses() {
    DatasetField code = new DatasetField(LATENT, ValueType.CODE, prior.shape(), -1, 1, List.of());
    DatasetField sample =
        new DatasetField(DatasetField.IMAGE, ValueType.IMAGE, new Shape(), -1, 1, List.of());
    return List.of(
        new ModelUse(ROLE, sample, List.of(new ModelInput(LATENT, code, false)), Optional.empty()));
  }

  @Override
  public Map<String, NDArray> drawFields(ModelUse use, int count) {
    return Map.of();
  }

  @Override
  public NDArray make(ModelUse use, Map<String, NDArray> inputs) {
    NDArray samples = generator.apply(inputs.get(LATENT));
    samples.attach(manager);
    return samples;
  }

  @Override
  public Dataset dataset() {
    throw new UnusableComponentException("this model has no data");
  }
}
