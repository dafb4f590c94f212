package org.gantry.runs.translation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.Dataset;
import org.gantry.prior.Prior;
import org.gantry.sampler.ModelUse;
import org.gantry.sampler.TrainedModel;
import org.gantry.tensor.RandomStreams;

/**
 * Networks that take sides of some multiple.
 *
 * @param multiple 0 if they take 16 x 16 pixels only
 * @param network what they do with images
 * @param shapes receives the shape of each batch
 */
public record StubModel(
    NDManager manager, int multiple, UnaryOperator<NDArray> network, List<Shape> shapes)
    implements TrainedModel {

  /** The height and the width of the images of the training. */
  public static final int SIDE = 16;

  @Override
  public NDArray make(ModelUse use, Map<String, NDArray> inputs) {
    NDArray picture = inputs.get("given");
    for (int axis = 2; axis < 4; axis++) {
      long side = picture.getShape().get(axis);
      if (multiple == 0 ? side != SIDE : side % multiple != 0) {
        throw new UnusableComponentException("the stub does not take this size");
      }
    }
    shapes.add(picture.getShape());
    NDArray made = network.apply(picture);
    made.attach(manager);
    return made;
  }

  @Override
  public Set<String> roles() {
    return Set.of();
  }

  @Override
  public NDList apply(String role, NDArray... inputs) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<ModelUse> uses() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Map<String, NDArray> drawFields(ModelUse use, int count) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Prior prior() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Dataset dataset() {
    throw new UnsupportedOperationException();
  }

  @Override
  public RandomStreams randomStreams() {
    throw new UnsupportedOperationException();
  }
}
