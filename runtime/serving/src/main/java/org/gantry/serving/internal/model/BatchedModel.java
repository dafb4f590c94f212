package org.gantry.serving.internal.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.gantry.data.Dataset;
import org.gantry.prior.Prior;
import org.gantry.sampler.ModelInput;
import org.gantry.sampler.ModelUse;
import org.gantry.sampler.TrainedModel;
import org.gantry.tensor.RandomStreams;

/**
 * The networks as the sampler of one request sees them: under the seed of the request, while they
 * compute in the passes of a queue that all requests share.
 *
 * @param own the networks under the seed of the request, for use by the queue's thread
 * @param queue computes
 * @param joinable whether the rows of a use, which it names, do not depend on other rows
 * @param deadline how long the request waits
 */
record BatchedModel(
    TrainedModel own, PassQueue queue, Predicate<String> joinable, RequestDeadline deadline)
    implements TrainedModel {

  @Override
  public Set<String> roles() {
    return own.roles();
  }

  @Override
  public NDList apply(String role, NDArray... inputs) {
    return queue.compute(() -> own.apply(role, inputs), deadline);
  }

  @Override
  public List<ModelUse> uses() {
    return own.uses();
  }

  @Override
  public NDArray drawCodes(ModelInput input, RandomStreams streams, int count) {
    return own.drawCodes(input, streams, count);
  }

  @Override
  public Map<String, NDArray> drawFields(ModelUse use, int count) {
    return own.drawFields(use, count);
  }

  @Override
  public NDArray make(ModelUse use, Map<String, NDArray> inputs) {
    Map<String, NDArray> needed = new LinkedHashMap<>();
    use.inputs().stream()
        .filter(input -> inputs.containsKey(input.name()))
        .forEach(input -> needed.put(input.name(), inputs.get(input.name())));
    boolean complete = !needed.isEmpty() && needed.size() == use.inputs().size();
    return complete && joinable.test(use.name())
        ? queue.make(new PassRows(own, use, needed), deadline)
        : queue.compute(() -> own.make(use, inputs), deadline);
  }

  @Override
  public NDArray makeMixed(
      ModelUse use,
      Map<String, NDArray> inputs,
      List<Map<String, NDArray>> mixed,
      List<float[]> shares) {
    return queue.compute(() -> own.makeMixed(use, inputs, mixed, shares), deadline);
  }

  @Override
  public NDArray gradient(UnaryOperator<NDArray> function, NDArray at) {
    return queue.compute(() -> own.gradient(function, at), deadline);
  }

  @Override
  public Prior prior() {
    return own.prior();
  }

  @Override
  public Dataset dataset() {
    return own.dataset();
  }

  @Override
  public NDManager manager() {
    return own.manager();
  }

  @Override
  public RandomStreams randomStreams() {
    return own.randomStreams();
  }
}
