package org.gantry.runs.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.gantry.data.Dataset;
import org.gantry.recipes.Composed;
import org.gantry.runs.RunException;
import org.gantry.training.NonFiniteException;
import org.gantry.training.Session;

/**
 * A session as the training loop moves it.
 *
 * @param session closed with the learner
 * @param composed what is trained
 */
public record SessionLearner(Session session, Composed composed) implements Learner {

  @Override
  public Map<String, Double> step() {
    try {
      return session.step();
    } catch (NonFiniteException e) {
      throw new RunException(
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
          e);
    }
  }

  /** Draws under the run's seed every time, so that a row of pictures shows the same codes. */
  @Override
  public void draw(Path picture) throws IOException {
    Dataset dataset = composed.graph().composition().dataset().component();
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray samples =
          Draws.together(
              manager,
              session::trained,
              composed.sampler(),
              Pictures.count(dataset),
              composed.settings().seed());
      Pictures.write(samples, dataset, picture);
    }
  }

  @Override
  public void save(Path folder) throws IOException {
    session.save(folder);
  }

  @Override
  public void close() {
    session.close();
  }
}
