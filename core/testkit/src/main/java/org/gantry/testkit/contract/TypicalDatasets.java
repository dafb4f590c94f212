package org.gantry.testkit.contract;

import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.gantry.data.ByteImages;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.data.InMemoryImages;
import org.gantry.data.IndexedDataset;
import org.gantry.data.SampledDataset;
import org.gantry.data.StackedDataset;
import org.gantry.data.WordVocabulary;
import org.gantry.tensor.RandomStreams;
import org.gantry.training.Composition;
import org.gantry.training.CompositionException;

/** Typical data sets. A component should work on at least one of them. */
final class TypicalDatasets {

  /** The classes of the images. */
  static final List<String> CLASSES = List.of("row", "column");

  private static final int IMAGES_PER_CLASS = 60;
  private static final int CHANNELS = 3;

  private TypicalDatasets() {}

  /** Images whose channels are images of their own. */
  private record StackedImages(IndexedDataset channelDataset)
      implements SampledDataset, StackedDataset {

    @Override
    public List<DatasetField> fields() {
      Shape channel = channel().shape();
      return List.of(DatasetField.image(CHANNELS, channel.get(1), channel.get(2)));
    }

    private DatasetField channel() {
      return channelDataset.field(DatasetField.IMAGE).orElseThrow();
    }

    @Override
    public void draw(RandomGenerator random, Map<String, FloatBuffer> into) {
      for (int i = 0; i < CHANNELS; i++) {
        channelDataset.read(
            random.nextInt(channelDataset.size()), channel(), into.get(DatasetField.IMAGE));
      }
    }
  }

  /** Images with held-out ones, which are the same: contracts do not measure what is learned. */
  private record SplitImages(InMemoryImages seen, InMemoryImages unseen) implements IndexedDataset {

    @Override
    public List<DatasetField> fields() {
      return seen.fields();
    }

    @Override
    public int size() {
      return seen.size();
    }

    @Override
    public void read(int index, DatasetField field, FloatBuffer into) {
      seen.read(index, field, into);
    }

    @Override
    public Optional<Dataset> heldOut() {
      return Optional.of(unseen);
    }
  }

  /** Images with a caption in place of their class. */
  private record CaptionedImages(IndexedDataset labelled) implements IndexedDataset {

    private static final List<String> CAPTIONS =
        CLASSES.stream().map(name -> "a bright " + name).toList();

    private static final WordVocabulary VOCABULARY = WordVocabulary.of(CAPTIONS);

    private static final DatasetField CAPTION =
        DatasetField.text(DatasetField.CAPTION, VOCABULARY, 3);

    @Override
    public List<DatasetField> fields() {
      return List.of(labelled.field(DatasetField.IMAGE).orElseThrow(), CAPTION);
    }

    @Override
    public int size() {
      return labelled.size();
    }

    @Override
    public void read(int index, DatasetField field, FloatBuffer into) {
      if (field.equals(CAPTION)) {
        into.put(VOCABULARY.encode(caption(index), CAPTION.length()));
      } else {
        labelled.read(index, field, into);
      }
    }

    @Override
    public String caption(int index) {
      FloatBuffer label = FloatBuffer.allocate(1);
      labelled.read(index, labelled.field(DatasetField.LABEL).orElseThrow(), label);
      return CAPTIONS.get((int) label.get(0));
    }
  }

  /**
   * Returns points of a mixture, labelled images of two sizes, and images whose channels are
   * independent, by name.
   */
  static Map<String, Dataset> all() {
    Map<String, Dataset> all = new LinkedHashMap<>();
    all.put("points", new TwoGaussians());
    all.put("small images", images(8));
    all.put("images", images(32));
    all.put("stacked images", new StackedImages(images(8)));
    return all;
  }

  /**
   * Returns the data of typical games by name: each data set alone, pictures with every field that
   * a component asks for, and two data sets at once.
   */
  static Map<String, Map<String, Dataset>> games() {
    Map<String, Map<String, Dataset>> games = new LinkedHashMap<>();
    all().forEach((name, data) -> games.put(name, Map.of(Composition.MAIN_DRAW, data)));
    games.put("described pictures", Map.of(Composition.MAIN_DRAW, new ObligingDataset()));
    Map<String, Dataset> two = new LinkedHashMap<>();
    two.put("first", new ObligingDataset());
    two.put("second", new ObligingDataset());
    games.put("two data sets", two);
    return games;
  }

  /**
   * Returns the data of the first typical game that a component supports.
   *
   * @param build builds a graph with the component on data sets
   * @throws NotApplicableException if the component supports none of the games
   */
  static Map<String, Dataset> firstSupported(Consumer<Map<String, Dataset>> build) {
    Map<String, String> refusals = new LinkedHashMap<>();
    for (Map.Entry<String, Map<String, Dataset>> data : games().entrySet()) {
      try {
        build.accept(data.getValue());
        return data.getValue();
      } catch (CompositionException e) {
        refusals.put(data.getKey(), AdaptiveGame.reasonOf(e));
      }
    }
    throw new NotApplicableException("it supports none of the typical data: " + refusals);
  }

  /** Returns small images with captions. */
  static IndexedDataset captionedImages() {
    return new CaptionedImages(images(8));
  }

  /**
   * Creates grey images of one bright row or column with a little noise, labelled by which it is.
   */
  static IndexedDataset images(int side) {
    RandomGenerator random = new RandomStreams(4).at("pictures");
    int count = 2 * IMAGES_PER_CLASS;
    byte[] values = new byte[count * side * side];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = i % 2;
      int position = random.nextInt(side);
      for (int row = 0; row < side; row++) {
        for (int column = 0; column < side; column++) {
          boolean bright = (labels[i] == 0 ? row : column) == position;
          values[(i * side + row) * side + column] =
              (byte) ((bright ? 200 : 20) + random.nextInt(30));
        }
      }
    }
    InMemoryImages images =
        InMemoryImages.of(new ByteImages(count, 1, side, side, values), labels, CLASSES);
    return new SplitImages(images, images);
  }
}
