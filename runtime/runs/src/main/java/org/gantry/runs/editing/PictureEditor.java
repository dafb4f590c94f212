package org.gantry.runs.editing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.gantry.constraint.ConstraintCost;
import org.gantry.runs.translation.ImagePixels;
import org.gantry.search.CodeCost;
import org.gantry.search.CodeDescent;
import org.gantry.search.CodeRange;
import org.gantry.search.CodeSpace;
import org.gantry.search.SearchOptimizer;

/**
 * Moves the code of a picture so that the picture obeys constraints, stays near to what it was, and
 * looks real (arXiv:1609.03552, section 4). Pixels are never changed themselves, so the result lies
 * on the manifold of the generator. The same seed of the networks gives the same result. Not
 * thread-safe.
 */
public final class PictureEditor {

  private static final String STARTS = "edit/starts";

  /** So many random codes show in which range the prior draws. */
  private static final int DRAWN_FOR_RANGE = 256;

  /** Results differ by this share of the range, as the root of the mean square. */
  private static final double LEAST_DIFFERENCE = 0.02;

  private final CodeSpace space;

  /**
   * Creates an editor.
   *
   * @param space the codes of a generator of pictures
   */
  public PictureEditor(CodeSpace space) {
    this.space = space;
  }

  /** Returns the picture of a code. */
  public ImagePixels picture(float[] code) {
    return ImagePixels.of(space.output(), space.samples(new float[][] {code})[0]);
  }

  /**
   * Returns the pictures on the straight way between two codes.
   *
   * @param count the number of pictures, with both ends; at least 2
   */
  public List<ImagePixels> path(float[] from, float[] to, int count) {
    float[][] codes = new float[count][];
    for (int i = 0; i < count; i++) {
      codes[i] = between(from, to, i / (double) (count - 1));
    }
    return Arrays.stream(space.samples(codes)).map(s -> ImagePixels.of(space.output(), s)).toList();
  }

  /**
   * Returns the code on the straight way between two others.
   *
   * @param share 0 for the first code, 1 for the second
   */
  static float[] between(float[] from, float[] to, double share) {
    float[] code = new float[from.length];
    for (int i = 0; i < code.length; i++) {
      code[i] = (float) ((1 - share) * from[i] + share * to[i]);
    }
    return code;
  }

  /**
   * Edits a picture.
   *
   * @param start the code of the picture
   * @param constraints what the picture should be like
   * @param progress is told after each step
   * @param stop ends the edit early, with the best so far
   */
  public EditResult edit(
      float[] start,
      List<ConstraintCost> constraints,
      EditSettings settings,
      EditProgress progress,
      BooleanSupplier stop) {
    CodeCost constraintCost = (codes, made) -> sum(constraints, made);
    CodeCost whole = whole(start, constraintCost, settings);
    CodeRange range = range(start);
    CodeDescent descent =
        new CodeDescent(space, whole, SearchOptimizer.ADAM, range, starts(start, settings, range));
    descent.run(
        settings.steps(),
        settings.rate(),
        (done, total) ->
            progress.report(done, total, () -> picture(descent.best()[descent.lowest()])),
        stop);
    return new EditResult(
        samples(start, new float[][] {start}, whole, constraintCost).get(0),
        samples(start, chosen(descent), whole, constraintCost));
  }

  /** The codes that the prior draws, and that of the picture. */
  private CodeRange range(float[] start) {
    float[][] codes = Arrays.copyOf(space.draw(DRAWN_FOR_RANGE), DRAWN_FOR_RANGE + 1);
    codes[DRAWN_FOR_RANGE] = start;
    return CodeRange.of(codes);
  }

  private float[][] starts(float[] start, EditSettings settings, CodeRange range) {
    float[][] starts = new float[settings.starts()][];
    starts[0] = start;
    for (int i = 1; i < starts.length; i++) {
      RandomGenerator random = space.random(STARTS, i);
      float[] moved = start.clone();
      for (int j = 0; j < moved.length; j++) {
        moved[j] = range.nearest(moved[j] + (2 * random.nextDouble() - 1) * settings.spread());
      }
      starts[i] = moved;
    }
    return starts;
  }

  /** The best codes. Of several with almost the same picture, only the best is a choice. */
  private float[][] chosen(CodeDescent descent) {
    float[][] codes =
        ResultChoice.of(descent.bestCosts()).stream()
            .map(i -> descent.best()[i])
            .toArray(float[][]::new);
    float[][] pictures = space.samples(codes);
    double range = space.output().high() - space.output().low();
    return ResultChoice.distinct(pictures, LEAST_DIFFERENCE * range).stream()
        .map(i -> codes[i])
        .toArray(float[][]::new);
  }

  private List<EditedSample> samples(
      float[] start, float[][] codes, CodeCost whole, CodeCost constraintCost) {
    float[][] samples = space.samples(codes);
    float[] costs = space.costs(whole, codes);
    float[] constraintCosts = space.costs(constraintCost, codes);
    double[] wide = new double[costs.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = costs[i];
    }
    double[] shares = ResultChoice.shares(wide);
    List<EditedSample> results = new ArrayList<>();
    for (int i = 0; i < codes.length; i++) {
      results.add(
          new EditedSample(
              codes[i],
              samples[i],
              costs[i],
              constraintCosts[i],
              distance(codes[i], start),
              shares[i]));
    }
    return results;
  }

  private static double distance(float[] code, float[] start) {
    double sum = 0;
    for (int i = 0; i < code.length; i++) {
      sum += (code[i] - start[i]) * (double) (code[i] - start[i]);
    }
    return Math.sqrt(sum);
  }

  private static NDArray sum(List<ConstraintCost> constraints, NDArray made) {
    return constraints.stream()
        .map(constraint -> constraint.of(made))
        .reduce(NDArray::add)
        .orElseThrow(() -> new IllegalArgumentException("an edit needs a constraint"));
  }

  private CodeCost whole(float[] start, CodeCost constraints, EditSettings settings) {
    return (codes, made) -> {
      Shape code = codes.getShape().slice(1);
      NDArray before = CodeSpace.one(codes.getManager(), code, start);
      NDArray away = meanPerSample(codes.sub(before).square()).mul((float) settings.smoothness());
      NDArray cost = constraints.of(codes, made).add(away);
      Optional<NDArray> scores = settings.realism() == 0 ? Optional.empty() : space.scores(made);
      return scores
          .map(logits -> meanPerSample(Activation.softPlus(logits.neg())))
          .map(unreal -> cost.add(unreal.mul((float) settings.realism())))
          .orElse(cost);
    };
  }

  private static NDArray meanPerSample(NDArray values) {
    NDArray each = CodeSpace.perSample(values);
    return each.sum(new int[] {1}).div((float) each.getShape().get(1));
  }
}
