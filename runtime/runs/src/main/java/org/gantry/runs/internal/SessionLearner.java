package org.gantry.runs.internal;

import ai.djl.ndarray.NDArray;
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
import org.gantry.training.GradientCheck;
import org.gantry.training.NonFiniteException;
import org.gantry.training.Session;
import org.gantry.watchdog.FailedStep;
import org.gantry.watchdog.SampleBatch;
import org.gantry.watchdog.StepReport;

/** A session as the training loop moves it. */
public final class SessionLearner implements Learner {

  private final long pictures;
  private Session session;
  private ComposedRecipe composed;
  private Set<String> contests;
  private Set<String> watched;

  /**
   * Creates a learner.
   *
   * @param session closed with the learner
   * @param composed what is trained
   * @param pictures the seed of pictures, which stays when the training's changes
   */
  public SessionLearner(Session session, ComposedRecipe composed, long pictures) {
    this.pictures = pictures;
    take(session, composed);
  }

  private void take(Session next, ComposedRecipe of) {
    session = next;
    composed = of;
    contests = of.graph().discriminatorTerms();
    watched = of.graph().watchedNames();
  }

  @Override
  public Map<String, Double> step(boolean measured) {
    try {
      return session.step(measured ? GradientCheck.NORM : GradientCheck.FINITE);
    } catch (NonFiniteException e) {
      throw new DivergenceException(
          "the training diverged at step "
              + (e.step() + 1)
              + ": "
              + e.term()
              + " is no finite number any more, first seen in "
              + e.node()
              + " of "
              + e.contributor().label()
              + " ("
              + e.contributor().bundle()
              + "); a lower learning rate, another loss or a regularizer may help",
          new FailedStep(e.step(), e.term(), e.node(), e.contributor().label()),
          e);
    }
  }

  @Override
  public Map<String, Double> gradients() {
    return session.gradientNorms();
  }

  @Override
  public StepReport seen(long number, Map<String, Double> values, Map<String, Double> gradients) {
    Map<String, Double> terms = new LinkedHashMap<>();
    Map<String, Double> others = new LinkedHashMap<>();
    values.forEach(
        (name, value) -> {
          if (!watched.contains(name)) {
            terms.put(name, value);
          } else if (Double.isFinite(value)) {
            others.put(name, value);
          }
        });
    return new StepReport(number, terms, contests, gradients, others);
  }

  @Override
  public void show(Consumer<SampleBatch> looking) {
    try (NDManager manager = NDManager.newBaseManager()) {
      session.samples(manager).forEach(looking);
    }
  }

  /** Draws under the same seed every time, so that a row of pictures shows the same codes. */
  @Override
  public void draw(Path picture) throws IOException {
    Dataset dataset = composed.graph().composition().dataset().component();
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray samples =
          SampleDrawer.drawTogether(
              manager,
              session::trained,
              composed.sampler(),
              SamplePictures.sampleCount(dataset),
              pictures);
      SamplePictures.write(samples, dataset, picture);
    }
  }

  @Override
  public void save(Path folder) throws IOException {
    session.save(folder);
  }

  @Override
  public List<String> recompose(ComposedRecipe next) {
    Session before = session;
    take(before.recompose(next.graph()), next);
    before.close();
    return session.notTransferred();
  }

  @Override
  public void restore(Optional<Path> checkpoint, ComposedRecipe then, ComposedRecipe next)
      throws IOException {
    session.close();
    if (checkpoint.isEmpty()) {
      take(Session.open(next.graph()), next);
      return;
    }
    take(Session.open(then.graph()), then);
    session.restore(checkpoint.get());
    recompose(next);
  }

  @Override
  public void close() {
    session.close();
  }
}
