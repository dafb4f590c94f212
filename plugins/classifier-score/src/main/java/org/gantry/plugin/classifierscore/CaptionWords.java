package org.gantry.plugin.classifierscore;

import java.nio.FloatBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.DatasetField;
import org.gantry.data.IndexedDataset;
import org.gantry.data.WordVocabulary;

/**
 * The images of a data set with a label for each frequent word of their captions, which says
 * whether the caption has the word.
 *
 * @param captioned the data set
 * @param caption its captions
 * @param words the numbers of the frequent words
 * @param fields the image and the labels, in the order of the words
 */
record CaptionWords(
    IndexedDataset captioned, DatasetField caption, List<Integer> words, List<DatasetField> fields)
    implements IndexedDataset {

  /**
   * Finds the frequent words.
   *
   * @param leastImages the least number of images with a word; rarer words do not count
   * @throws UnusableComponentException if the data have no images or no frequent word
   */
  static CaptionWords of(IndexedDataset captioned, DatasetField caption, int leastImages) {
    DatasetField image =
        captioned
            .field(DatasetField.IMAGE)
            .orElseThrow(() -> new UnusableComponentException("the data have no images"));
    Map<Integer, Integer> counts = new TreeMap<>();
    for (int i = 0; i < captioned.size(); i++) {
      words(read(captioned, i, caption)).forEach(word -> counts.merge(word, 1, Integer::sum));
    }
    // A word of all captions tells no image from another one.
    List<Integer> words =
        counts.keySet().stream()
            .filter(word -> counts.get(word) >= leastImages)
            .filter(word -> counts.get(word) < captioned.size())
            .toList();
    if (words.isEmpty()) {
      throw new UnusableComponentException(
          "no word of the captions belongs to at least %d images, but not to all"
              .formatted(leastImages));
    }
    List<DatasetField> fields =
        IntStream.rangeClosed(0, words.size())
            .mapToObj(i -> i == 0 ? image : label(caption, words.get(i - 1)))
            .toList();
    return new CaptionWords(captioned, caption, words, fields);
  }

  private static DatasetField label(DatasetField caption, int word) {
    return DatasetField.label(caption.classNames().get(word), List.of("absent", "present"));
  }

  /** The labels, one for each word. */
  List<DatasetField> labels() {
    return fields.subList(1, fields.size());
  }

  /** Returns which of the words a caption has, in their order. */
  List<Boolean> presence(float[] caption) {
    Set<Integer> found = words(caption);
    return words.stream().map(found::contains).toList();
  }

  /** Reads the caption of a sample. */
  float[] readCaption(int index) {
    return read(captioned, index, caption);
  }

  private static float[] read(IndexedDataset dataset, int index, DatasetField field) {
    FloatBuffer into = FloatBuffer.allocate(field.length());
    dataset.read(index, field, into);
    return into.array();
  }

  private static Set<Integer> words(float[] caption) {
    Set<Integer> words = new HashSet<>();
    for (float word : caption) {
      if (word != WordVocabulary.PADDING && word != WordVocabulary.UNKNOWN) {
        words.add((int) word);
      }
    }
    return words;
  }

  @Override
  public int size() {
    return captioned.size();
  }

  @Override
  public void read(int index, DatasetField field, FloatBuffer into) {
    int label = fields.indexOf(field) - 1;
    if (label < 0) {
      captioned.read(index, field, into);
    } else {
      into.put(words(readCaption(index)).contains(words.get(label)) ? 1 : 0);
    }
  }
}
