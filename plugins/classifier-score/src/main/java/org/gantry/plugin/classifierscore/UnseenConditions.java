package org.gantry.plugin.classifierscore;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.gantry.data.DatasetField;
import org.gantry.data.IndexedDataset;
import org.gantry.metric.EvaluationContext;
import org.gantry.sampler.ModelInput;
import org.gantry.sampler.ModelUse;
import org.gantry.sampler.TrainedModel;
import org.gantry.tensor.FloatArrays;

/**
 * Samples for conditions that no training sample has, such as captions of held-out samples.
 *
 * @param samples one for each held-out sample with such a condition
 * @param conditions what each was made for
 */
record UnseenConditions(NDArray samples, List<FloatBuffer> conditions) {

  /**
   * Makes the samples with the networks of the run.
   *
   * @param conditions fields of the data set
   * @return empty without such conditions, or if the samples are made of other data, too
   */
  static Optional<UnseenConditions> samples(
      EvaluationContext evaluation, IndexedDataset dataset, List<DatasetField> conditions) {
    ModelUse use = evaluation.use();
    boolean conditionsAlone =
        use.inputs().stream().filter(ModelInput::fromData).count() == conditions.size();
    if (!conditionsAlone || !(dataset.heldOut().orElse(null) instanceof IndexedDataset heldOut)) {
      return Optional.empty();
    }
    Set<FloatBuffer> seen = new HashSet<>(RequestedLabels.conditionsOf(dataset, conditions));
    List<FloatBuffer> all = RequestedLabels.conditionsOf(heldOut, conditions);
    int[] unseen = IntStream.range(0, all.size()).filter(i -> !seen.contains(all.get(i))).toArray();
    if (unseen.length == 0) {
      return Optional.empty();
    }
    TrainedModel model = evaluation.trainedModel();
    Map<String, NDArray> inputs = new LinkedHashMap<>();
    use.codes().forEach(code -> inputs.put(code.name(), model.drawCodes(code, unseen.length)));
    for (ModelInput input : use.conditions()) {
      inputs.put(input.name(), read(evaluation, heldOut, unseen, input));
    }
    NDArray samples = model.make(use, inputs);
    return Optional.of(
        new UnseenConditions(samples, IntStream.of(unseen).mapToObj(all::get).toList()));
  }

  private static NDArray read(
      EvaluationContext evaluation, IndexedDataset dataset, int[] indices, ModelInput input) {
    DatasetField field = dataset.field(input.field().name()).orElseThrow();
    return FloatArrays.fill(
        evaluation.manager(),
        new Shape(indices.length).addAll(field.shape()),
        buffer -> IntStream.of(indices).forEach(i -> dataset.read(i, field, buffer)));
  }
}
