package org.gantry.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.gantry.component.ComponentKind;
import org.gantry.tensor.FloatArrays;

/**
 * What a session exchanges with the other workers in a step. Between gradients and update the
 * workers average gradients, or after the update weights. With one worker nothing is exchanged.
 */
final class StepExchange {

  private final WorkerPlan plan;
  private final SessionState state;
  private FloatBuffer kept = FloatBuffer.allocate(0);

  StepExchange(WorkerPlan plan, SessionState state) {
    this.plan = plan;
    this.state = state;
  }

  /** Whether the workers average the gradients of a player. */
  boolean averagesGradients(PlayerState player) {
    return !plan.isSingle()
        && switch (plan.strategy()) {
          case ALL_REDUCE -> true;
          case AVERAGING -> false;
          case MULTI_DISCRIMINATOR -> !isDiscriminator(player);
        };
  }

  private static boolean isDiscriminator(PlayerState player) {
    return !player.networks().isEmpty()
        && player.networks().stream()
            .allMatch(network -> network.role().kind().equals(ComponentKind.DISCRIMINATOR));
  }

  /**
   * Averages gradients, and with them numbers that are reported.
   *
   * @param owner owns the result
   * @param gradients of this worker
   * @param reported keys of numbers to average
   * @param numbers the numbers by key, which are replaced
   */
  NDList averageGradients(
      NDManager owner, NDList gradients, List<String> reported, Map<String, Double> numbers) {
    FloatBuffer values = buffer(count(gradients) + reported.size());
    gradients.forEach(gradient -> put(gradient, values));
    reported.forEach(key -> values.put(numbers.get(key).floatValue()));
    plan.group().average(values.flip());
    NDList averaged = read(owner, gradients, values);
    reported.forEach(key -> numbers.put(key, (double) values.get()));
    return averaged;
  }

  /** The Euclidean norm of all elements of float32 arrays. */
  static double norm(NDList arrays) {
    double sum = 0;
    for (NDArray array : arrays) {
      FloatBuffer values = floats(array);
      while (values.hasRemaining()) {
        double value = values.get();
        sum += value * value;
      }
    }
    return Math.sqrt(sum);
  }

  /**
   * Averages what a player's update has changed, or passes it on to the next worker, where that is
   * due: weights, running statistics, averaged copies and the optimizer's arrays.
   *
   * @param step the number of the step, from 1
   */
  void exchangeWeights(PlayerState player, long step) {
    if (plan.isSingle()) {
      return;
    }
    switch (plan.strategy()) {
      case ALL_REDUCE -> {}
      case AVERAGING -> {
        if (plan.isAligned(step, state.graph().composition().steps())) {
          exchange(arrays(player), plan.group()::average);
        }
      }
      case MULTI_DISCRIMINATOR -> {
        if (isDiscriminator(player) && step % plan.interval() == 0) {
          exchange(arrays(player), plan.group()::rotate);
        }
      }
    }
  }

  private static NDList arrays(PlayerState player) {
    NDList arrays = new NDList(player.parameters());
    player.slots().values().forEach(arrays::addAll);
    for (NetworkWeights network : player.networks()) {
      arrays.addAll(network.buffers());
      arrays.addAll(network.average());
    }
    return arrays;
  }

  private void exchange(NDList arrays, Consumer<FloatBuffer> exchange) {
    if (arrays.isEmpty()) {
      return;
    }
    FloatBuffer values = buffer(count(arrays));
    arrays.forEach(array -> put(array, values));
    exchange.accept(values.flip());
    try (NDManager scratch = state.manager().newSubManager()) {
      state.inPlace().copy(arrays, read(scratch, arrays, values));
    }
  }

  /**
   * Averages carried scalars, and with them the watched values, where workers have the same weights
   * after the step. Carried arrays stay with the worker, because they can hold samples.
   *
   * @param step the number of the step, from 1
   * @param numbers the watched values by name, which are replaced
   */
  void averageScalars(long step, Map<String, Double> numbers) {
    List<WatchedValue> watches = state.graph().watches();
    if (plan.isSingle()
        || !plan.isAligned(step, state.graph().composition().steps())
        || (state.carried().isEmpty() && watches.isEmpty())) {
      return;
    }
    FloatBuffer values = buffer(state.carried().size() + watches.size());
    state.carried().values().forEach(value -> values.put(value.floatValue()));
    watches.forEach(watch -> values.put(numbers.get(watch.name()).floatValue()));
    plan.group().average(values.flip());
    Map<GraphScalarState, Double> next = new HashMap<>();
    state.carried().keySet().forEach(scalar -> next.put(scalar, (double) values.get()));
    state.carry(next);
    watches.forEach(watch -> numbers.put(watch.name(), (double) values.get()));
  }

  private static int count(NDList arrays) {
    return Math.toIntExact(arrays.stream().mapToLong(NDArray::size).sum());
  }

  /** The kept buffer, with room for as many values. */
  private FloatBuffer buffer(int size) {
    if (kept.capacity() < size) {
      kept =
          ByteBuffer.allocateDirect(Math.multiplyExact(size, Float.BYTES))
              .order(ByteOrder.nativeOrder())
              .asFloatBuffer();
    }
    return kept.clear().limit(size);
  }

  private static void put(NDArray array, FloatBuffer into) {
    into.put(floats(array));
  }

  private static FloatBuffer floats(NDArray array) {
    return array.toByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  /** Takes arrays of the shapes of others from the buffer. */
  private static NDList read(NDManager owner, NDList shapes, FloatBuffer from) {
    NDList arrays = new NDList();
    for (NDArray array : shapes) {
      int size = Math.toIntExact(array.size());
      arrays.add(
          FloatArrays.fill(
              owner,
              array.getShape(),
              into -> {
                into.put(from.slice(from.position(), size));
                from.position(from.position() + size);
              }));
    }
    return arrays;
  }
}
