package org.gantry.runs.internal.loop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts steps and reports the count as its terms. Fails as a test sets it: from a step on, when it
 * draws a picture, or when it saves a checkpoint.
 */
final class CountingLearner implements Learner {
  long step;
  long fullFrom = Long.MAX_VALUE;
  long noPictureFrom = Long.MAX_VALUE;
  long failsAfter;
  double convergence;
  RuntimeException failure;
  Error error;
  boolean closed;

  @Override
  public Map<String, Double> step(boolean measured) {
    if (failure != null && step >= failsAfter) {
      throw failure;
    }
    if (error != null) {
      throw error;
    }
    step++;
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("discriminator/adversarial", (double) step);
    values.put("generator/adversarial", (double) -step);
    values.put("convergence", convergence);
    return values;
  }

  @Override
  public void draw(Path picture) throws IOException {
    if (step >= noPictureFrom) {
      throw new IOException("No space left on device");
    }
    Files.writeString(picture, "picture " + step);
  }

  @Override
  public void save(Path into) throws IOException {
    Files.writeString(into.resolve("weights"), "weights " + step);
    if (step >= fullFrom) {
      throw new IOException("No space left on device");
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
