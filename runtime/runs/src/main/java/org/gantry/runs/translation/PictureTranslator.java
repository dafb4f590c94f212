package org.gantry.runs.translation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gantry.data.DatasetField;
import org.gantry.sampler.ModelInput;
import org.gantry.sampler.ModelUse;
import org.gantry.sampler.TrainedModel;
import org.gantry.tensor.FloatArrays;

/**
 * Translates pictures of any size. Networks of convolutions take larger pictures than those of the
 * training, as a whole. Pictures of sizes in between are padded with their mirror image, and the
 * result is cropped. Larger ones than allowed are translated in overlapping tiles, which are
 * blended. Not thread-safe.
 */
public final class PictureTranslator {

  /** The most pictures of the size of the training that are translated together. */
  public static final int GROUP = 16;

  private final TrainedModel model;
  private final ModelUse use;
  private final ModelInput picture;
  private final int largest;
  private final int factor;
  private int step;

  /**
   * Finds the sizes of pictures that networks take, by trying some.
   *
   * @param model the networks; their manager owns nothing more after each call
   * @param use one of {@link TranslationUses#of} of the networks
   * @param largest the largest side of a picture or a tile, in pixels; the size of the training is
   *     always allowed
   */
  public PictureTranslator(TrainedModel model, ModelUse use, int largest) {
    this(model, use, largest, -1);
    this.step = findStep();
  }

  private PictureTranslator(TrainedModel model, ModelUse use, int largest, int step) {
    this.model = model;
    this.use = use;
    this.picture = TranslationUses.picture(use).orElseThrow();
    this.largest = largest;
    this.factor = Math.max(1, Math.toIntExact(use.output().shape().get(1)) / trainedHeight());
    this.step = step;
  }

  /**
   * Returns a translator for the same networks under another seed, without trying sizes again.
   *
   * @param other the same networks; their manager owns nothing more after each call
   */
  public PictureTranslator withModel(TrainedModel other) {
    return new PictureTranslator(other, use, largest, step);
  }

  /** Returns the picture that is translated: its channels, its size in the training, its range. */
  public DatasetField pictureField() {
    return picture.field();
  }

  /** Returns what the results are: their channels and their range. */
  public DatasetField resultField() {
    return use.output();
  }

  private int trainedHeight() {
    return Math.toIntExact(picture.field().shape().get(1));
  }

  private int trainedWidth() {
    return Math.toIntExact(picture.field().shape().get(2));
  }

  /**
   * Returns the step of sizes: networks take pictures whose sides are longer than those of the
   * training by a multiple of it. It is 0 if they take the size of the training only.
   */
  public int step() {
    return step;
  }

  /** Tries larger sizes. Networks that halve a picture several times need a power of two. */
  private int findStep() {
    for (int tried = 1; tried <= Math.max(trainedHeight(), trainedWidth()); tried *= 2) {
      if (works(trainedHeight() + tried, trainedWidth() + tried)) {
        return tried;
      }
    }
    return 0;
  }

  private boolean works(int height, int width) {
    int channels = Math.toIntExact(picture.field().shape().get(0));
    ImagePixels blank =
        new ImagePixels(channels, height, width, new float[channels * height * width]);
    try (NDArray made = make(List.of(blank))) {
      return made.getShape()
          .equals(
              new Shape(
                  1, use.output().shape().get(0), (long) height * factor, (long) width * factor));
    } catch (RuntimeException e) {
      // Layers and the engine refuse shapes in many ways. Each of them means that it does not work.
      return false;
    }
  }

  /** Whether pictures of a size become one piece of the size of the training. */
  public boolean isSmall(int height, int width) {
    return height <= trainedHeight() && width <= trainedWidth();
  }

  /** Returns how a picture of a size is translated. */
  public TranslationPlan plan(int height, int width) {
    return new TranslationPlan(
        PieceLine.of(height, trainedHeight(), step, largest),
        PieceLine.of(width, trainedWidth(), step, largest));
  }

  /** One piece of a picture that is being translated. */
  private record Piece(ImagePixels pixels, int top, int left, BlendedPieces result) {}

  /**
   * Translates pictures. Small ones together are faster than one by one.
   *
   * @param pictures with the channels and the range of {@link #pictureField}
   * @param pieceDone runs after each piece
   * @return the results in the size of the pictures, or larger by a factor if the networks enlarge
   */
  public List<ImagePixels> translate(List<ImagePixels> pictures, Runnable pieceDone) {
    List<BlendedPieces> results = new ArrayList<>();
    List<Piece> group = new ArrayList<>();
    for (ImagePixels each : pictures) {
      TranslationPlan plan = plan(each.height(), each.width());
      BlendedPieces result = plan.begin(factor, Math.toIntExact(use.output().shape().get(0)));
      results.add(result);
      int most = isSmall(plan.pieceHeight(), plan.pieceWidth()) ? GROUP : 1;
      for (int i = 0; i < plan.pieces(); i++) {
        if (!group.isEmpty() && (group.size() >= most || !isLike(group.get(0), plan))) {
          makeGroup(group, pieceDone);
        }
        group.add(new Piece(plan.cut(each, i), plan.top(i), plan.left(i), result));
      }
    }
    makeGroup(group, pieceDone);
    return results.stream().map(BlendedPieces::finish).toList();
  }

  private static boolean isLike(Piece piece, TranslationPlan plan) {
    return piece.pixels().height() == plan.pieceHeight()
        && piece.pixels().width() == plan.pieceWidth();
  }

  /** Translates pieces of one size, and empties the list. */
  private void makeGroup(List<Piece> group, Runnable pieceDone) {
    if (group.isEmpty()) {
      return;
    }
    float[] values;
    try (NDArray made = make(group.stream().map(Piece::pixels).toList())) {
      values = made.toFloatArray();
    }
    int length = values.length / group.size();
    for (int i = 0; i < group.size(); i++) {
      Piece piece = group.get(i);
      piece.result().add(piece.top(), piece.left(), values, i * length);
      pieceDone.run();
    }
    group.clear();
  }

  /** Applies the networks to images of one size. */
  private NDArray make(List<ImagePixels> images) {
    ImagePixels first = images.get(0);
    Shape shape = new Shape(images.size(), first.channels(), first.height(), first.width());
    Map<String, NDArray> inputs = new LinkedHashMap<>();
    try (NDManager scratch = model.manager().newSubManager()) {
      inputs.put(
          picture.name(),
          FloatArrays.fill(
              scratch, shape, buffer -> images.forEach(image -> buffer.put(image.values()))));
      for (ModelInput code : use.codes()) {
        NDArray drawn = model.drawCodes(code, 1);
        drawn.attach(scratch);
        // All pieces of a picture need the same code.
        inputs.put(code.name(), drawn.repeat(0, images.size()));
      }
      return model.make(use, inputs);
    }
  }
}
