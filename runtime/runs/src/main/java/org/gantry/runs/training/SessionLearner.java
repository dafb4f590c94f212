package org.gantry.runs.training;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.gantry.data.Dataset;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.runs.EvaluationResult;
import org.gantry.runs.internal.loop.Learner;
import org.gantry.runs.internal.samples.DrawnSamples;
import org.gantry.runs.internal.samples.SampleDrawer;
import org.gantry.runs.internal.samples.SamplePictures;
import org.gantry.runs.internal.samples.WeightsCaption;
import org.gantry.runs.samples.SampleInputs;
import org.gantry.tensor.ComputeDevice;
import org.gantry.training.GradientCheck;
import org.gantry.training.NonFiniteException;
import org.gantry.training.Session;
import org.gantry.training.WorkerPlan;
import org.gantry.watchdog.FailedStep;
import org.gantry.watchdog.SampleBatch;
import org.gantry.watchdog.StepReport;

/** Lets the training loop train a session. */
final class SessionLearner implements Learner {

  private final long sampleSeed;
  private final Path cache;
  private Session session;
  private ComposedRecipe composed;

  /**
   * Creates a learner.
   *
   * @param session closed with the learner
   * @param composed the composition of the session
   * @param sampleSeed the seed of pictures and evaluations; stays the same when the seed of the
   *     training changes
   * @param cache where metrics cache what is expensive to compute
   */
  SessionLearner(Session session, ComposedRecipe composed, long sampleSeed, Path cache) {
    this.session = session;
    this.composed = composed;
    this.sampleSeed = sampleSeed;
    this.cache = cache;
  }

  @Override
  public Map<String, Double> step(boolean measureGradients) {
    try {
      return session.step(measureGradients ? GradientCheck.NORM : GradientCheck.FINITE);
    } catch (NonFiniteException e) {
      throw new DivergenceException(
          "the training diverged at step %d: %s is NaN or infinite, first in %s of %s (%s); a lower learning rate, another loss or a regularizer may help"
              .formatted(
                  e.step() + 1,
                  e.term(),
                  e.node(),
                  e.contributor().label(),
                  e.contributor().bundle()),
          new FailedStep(e.step(), e.term(), e.node(), e.contributor().label()),
          e);
    }
  }

  @Override
  public Map<String, Double> gradients() {
    return session.gradientNorms();
  }

  @Override
  public StepReport describe(
      long number, Map<String, Double> values, Map<String, Double> gradients) {
    Set<String> watchedNames = composed.graph().watchedNames();
    Map<String, Double> terms = new LinkedHashMap<>();
    Map<String, Double> watched = new LinkedHashMap<>();
    values.forEach(
        (name, value) -> {
          if (!watchedNames.contains(name)) {
            terms.put(name, value);
          } else if (Double.isFinite(value)) {
            watched.put(name, value);
          }
        });
    return new StepReport(number, terms, composed.graph().discriminatorTerms(), gradients, watched);
  }

  @Override
  public void showSamples(Consumer<SampleBatch> consumer) {
    try (NDManager manager = session.device().newManager()) {
      session.samples(manager).forEach(consumer);
    }
  }

  /** Uses the same seed for all pictures, so that they show samples of the same latents. */
  @Override
  public void draw(Path picture) throws IOException {
    Dataset dataset = composed.graph().imitatedData(SampleInputs.FROM_DATA.use());
    try (NDManager manager = session.device().newManager()) {
      DrawnSamples drawn =
          SampleDrawer.drawTogether(
              manager,
              session::trainedModel,
              composed.sampler(),
              SampleInputs.FROM_DATA,
              SamplePictures.sampleCount(dataset),
              sampleSeed);
      SamplePictures.write(
          drawn,
          dataset,
          composed.sampler().component().rowLength(),
          WeightsCaption.of(composed.graph()),
          picture);
    }
  }

  @Override
  public EvaluationResult evaluate(int samples) {
    return new RunEvaluator(composed, session, sampleSeed, cache).evaluate(samples);
  }

  @Override
  public void save(Path folder) throws IOException {
    session.save(folder);
  }

  @Override
  public List<String> recompose(ComposedRecipe next) {
    Session before = session;
    session = before.recompose(next.graph());
    composed = next;
    before.close();
    return session.notTransferred();
  }

  @Override
  public void restore(Optional<Path> checkpoint, ComposedRecipe then, ComposedRecipe next)
      throws IOException {
    ComputeDevice device = session.device();
    WorkerPlan workers = session.workers();
    session.close();
    composed = checkpoint.isEmpty() ? next : then;
    session = Session.open(composed.graph(), device, workers);
    if (checkpoint.isPresent()) {
      session.restore(checkpoint.get());
      recompose(next);
    }
  }

  @Override
  public boolean isAligned() {
    return session.isAligned();
  }

  @Override
  public boolean hasOtherWorkers() {
    return !session.workers().isSingle();
  }

  @Override
  public void close() {
    session.close();
  }
}
