package org.gantry.runs.editing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.data.ValueType;
import org.gantry.prior.Prior;
import org.gantry.sampler.ModelInput;
import org.gantry.sampler.ModelUse;
import org.gantry.sampler.TrainedModel;
import org.gantry.search.CodeSpace;
import org.gantry.tensor.Autograd;
import org.gantry.tensor.RandomStreams;

/**
 * A generator that is a function, with a discriminator that is the mean of a picture.
 *
 * @param manager owns all results and the kernels
 * @param autograd computes gradients
 * @param codeLength the length of a code, whose values the prior draws from [-3, 3)
 * @param picture what the function makes
 * @param generator maps codes of shape (n, length) to pictures of shape (n, channels, height,
 *     width)
 */
record FunctionModel(
    NDManager manager,
    Autograd autograd,
    int codeLength,
    DatasetField picture,
    UnaryOperator<NDArray> generator)
    implements TrainedModel {

  private static final String LATENT = "latent";

  /** The space of the codes of a function. */
  static CodeSpace space(
      NDManager manager, int codeLength, DatasetField picture, UnaryOperator<NDArray> generator) {
    FunctionModel model =
        new FunctionModel(manager, new Autograd(manager), codeLength, picture, generator);
    return new CodeSpace(model, model.uses().get(0), Map.of(), Optional.of("discriminator"));
  }

  @Override
  public Set<String> roles() {
    return Set.of("generator", "discriminator");
  }

  @Override
  public NDList apply(String role, NDArray... inputs) {
    NDArray scores = CodeSpace.perSample(inputs[0]).sum(new int[] {1}, true).mul(0.1f);
    scores.attach(manager);
    return new NDList(scores);
  }

  @Override
  public List<ModelUse> uses() {
    DatasetField code =
        new DatasetField(LATENT, ValueType.CODE, new Shape(codeLength), -1, 1, List.of());
    return List.of(
        new ModelUse(
            "generator", picture, List.of(new ModelInput(LATENT, code, false)), Optional.empty()));
  }

  @Override
  public Map<String, NDArray> drawFields(ModelUse use, int count) {
    return Map.of();
  }

  @Override
  public NDArray make(ModelUse use, Map<String, NDArray> inputs) {
    NDArray made = generator.apply(inputs.get(LATENT));
    made.attach(manager);
    return made;
  }

  @Override
  public NDArray gradient(UnaryOperator<NDArray> function, NDArray at) {
    boolean recording = Autograd.setRecording(true);
    try {
      NDArray point = at.duplicate();
      point.setRequiresGradient(true);
      return autograd.gradients(manager, function.apply(point).sum(), new NDList(point)).get(0);
    } finally {
      Autograd.setRecording(recording);
    }
  }

  @Override
  public Prior prior() {
    return new Prior() {
      @Override
      public Shape shape() {
        return new Shape(codeLength);
      }

      @Override
      public void draw(RandomGenerator random, FloatBuffer into) {
        while (into.hasRemaining()) {
          into.put(random.nextFloat(-3, 3));
        }
      }
    };
  }

  @Override
  public Dataset dataset() {
    throw new UnusableComponentException("this model has no data");
  }

  @Override
  public RandomStreams randomStreams() {
    return new RandomStreams(1);
  }
}
