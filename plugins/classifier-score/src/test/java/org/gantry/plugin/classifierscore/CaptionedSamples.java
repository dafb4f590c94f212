package org.gantry.plugin.classifierscore;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.data.IndexedDataset;
import org.gantry.data.WordVocabulary;

/** Samples whose captions state colour and hat, but not the size. */
record CaptionedSamples(int first, int end, Optional<Dataset> heldOut) implements IndexedDataset {

  private static final List<String> CAPTIONS = List.of("red hat", "red hat", "blue hat", "blue");
  private static final WordVocabulary WORDS = WordVocabulary.of(CAPTIONS);
  static final DatasetField CAPTION = DatasetField.text("caption", WORDS, 2);
  static final DatasetField COLOUR = DatasetField.label("colour", List.of("red", "blue"));
  static final DatasetField HAT = DatasetField.label("hat", List.of("no", "yes"));
  private static final DatasetField SIZE = DatasetField.label("size", List.of("small", "large"));

  /** Three samples, of two captions. A held-out sample has a third caption. */
  static CaptionedSamples all() {
    return new CaptionedSamples(0, 3, Optional.of(new CaptionedSamples(3, 4, Optional.empty())));
  }

  /** The same samples with images, which are blank. */
  IndexedDataset withImages() {
    DatasetField image = DatasetField.image(1, 1, 1);
    CaptionedSamples samples = this;
    return new IndexedDataset() {
      @Override
      public List<DatasetField> fields() {
        return List.of(image, CAPTION);
      }

      @Override
      public int size() {
        return samples.size();
      }

      @Override
      public void read(int index, DatasetField field, FloatBuffer into) {
        if (field.equals(image)) {
          into.put(0);
        } else {
          samples.read(index, field, into);
        }
      }
    };
  }

  /** A caption as in the field. */
  static FloatBuffer condition(String caption) {
    return FloatBuffer.wrap(WORDS.encode(caption, 2));
  }

  @Override
  public List<DatasetField> fields() {
    return List.of(CAPTION, COLOUR, HAT, SIZE);
  }

  @Override
  public int size() {
    return end - first;
  }

  @Override
  public void read(int index, DatasetField field, FloatBuffer into) {
    String caption = CAPTIONS.get(first + index);
    switch (field.name()) {
      case "caption" -> into.put(WORDS.encode(caption, 2));
      case "colour" -> into.put(caption.startsWith("red") ? 0 : 1);
      case "hat" -> into.put(caption.endsWith("hat") ? 1 : 0);
      default -> into.put((first + index) % 2);
    }
  }
}
