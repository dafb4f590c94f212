package org.gantry.serving;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BinaryOperator;
import org.gantry.data.Dataset;
import org.gantry.loss.ScoreLoss;
import org.gantry.prior.Prior;
import org.gantry.runs.samples.SampleSource;
import org.gantry.sampler.ModelUse;
import org.gantry.sampler.Sampler;
import org.gantry.sampler.SamplingRequest;
import org.gantry.sampler.TrainedModel;
import org.gantry.tensor.RandomStreams;
import org.gantry.testkit.TinyGame;
import org.gantry.training.BoundComponent;
import org.gantry.training.ComponentOrigin;
import org.gantry.training.Session;
import org.gantry.training.TrainingGraph;

/** The networks of the tiny game, and what became of them. */
public final class TinySource implements SampleSource {

  private final Session session;
  private final TrainingGraph graph;
  private final long step;
  private final BinaryOperator<NDArray> change;
  private final AtomicBoolean closed = new AtomicBoolean();

  private TinySource(long step, BinaryOperator<NDArray> change) {
    graph = TrainingGraph.build(TinyGame.of(new NoLoss()));
    session = Session.open(graph);
    this.step = step;
    this.change = change;
  }

  /** A loss that is never computed. */
  private static final class NoLoss implements ScoreLoss {

    @Override
    public NDArray discriminatorLoss(NDArray real, NDArray fake) {
      return real.mean().sub(fake.mean());
    }

    @Override
    public NDArray generatorLoss(NDArray fake) {
      return fake.mean();
    }
  }

  /** Networks that claim to have trained for so many steps. */
  public static TinySource atStep(long step) {
    return new TinySource(step, (made, codes) -> made);
  }

  /**
   * Networks whose output changes.
   *
   * @param change gets the output and the codes
   */
  public static TinySource changed(BinaryOperator<NDArray> change) {
    return new TinySource(1, change);
  }

  /** Whether the networks are freed. */
  public boolean isClosed() {
    return closed.get();
  }

  @Override
  public NDManager newManager() {
    return session.device().newManager();
  }

  @Override
  public List<ModelUse> uses() {
    return graph.modelUses();
  }

  @Override
  public TrainedModel trainedModel(NDManager manager, long seed) {
    if (isClosed()) {
      throw new IllegalStateException("the networks are freed");
    }
    return new ChangedModel(session.trainedModel(manager, seed), change);
  }

  @Override
  public BoundComponent<Sampler> sampler() {
    return new BoundComponent<>(
        SamplingRequest::make,
        new ComponentOrigin("sampler", "plain", "1.0.0", "testkit", List.of(), List.of(), ""));
  }

  @Override
  public Dataset imitatedData(String use) {
    return graph.imitatedData(use);
  }

  @Override
  public long seed() {
    return 1;
  }

  @Override
  public long step() {
    return step;
  }

  @Override
  public String weights() {
    return "weights of the step";
  }

  @Override
  public void close() {
    closed.set(true);
    session.close();
  }

  private record ChangedModel(TrainedModel model, BinaryOperator<NDArray> change)
      implements TrainedModel {

    @Override
    public Set<String> roles() {
      return model.roles();
    }

    @Override
    public NDList apply(String role, NDArray... inputs) {
      return model.apply(role, inputs);
    }

    @Override
    public List<ModelUse> uses() {
      return model.uses();
    }

    @Override
    public Map<String, NDArray> drawFields(ModelUse use, int count) {
      return model.drawFields(use, count);
    }

    @Override
    public NDArray make(ModelUse use, Map<String, NDArray> inputs) {
      return change.apply(model.make(use, inputs), inputs.values().iterator().next());
    }

    @Override
    public Prior prior() {
      return model.prior();
    }

    @Override
    public Dataset dataset() {
      return model.dataset();
    }

    @Override
    public NDManager manager() {
      return model.manager();
    }

    @Override
    public RandomStreams randomStreams() {
      return model.randomStreams();
    }
  }
}
