package org.gantry.testkit.contract;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.gantry.data.DatasetField;
import org.gantry.data.IndexedDataset;
import org.gantry.data.WordVocabulary;
import org.gantry.tensor.RandomStreams;

/**
 * Small pictures with a class, and with every other field that a component asks for. A field named
 * {@code caption} or {@code text} is a text, and any other field is a further picture.
 */
public final class ObligingDataset implements IndexedDataset {

  private static final int SIDE = 8;
  private static final int SAMPLES = 60;
  private static final int WORDS = 4;
  private static final WordVocabulary VOCABULARY =
      WordVocabulary.of(List.of("a bright row", "a dark column of dots"));

  private final Map<String, DatasetField> asked = new ConcurrentHashMap<>();

  /** Creates pictures of 8 x 8 pixels in two classes. */
  public ObligingDataset() {
    asked.put(DatasetField.IMAGE, DatasetField.image(1, SIDE, SIDE));
    asked.put(DatasetField.LABEL, DatasetField.label(List.of("row", "column")));
  }

  @Override
  public List<DatasetField> fields() {
    return List.copyOf(asked.values());
  }

  @Override
  public Optional<DatasetField> field(String name) {
    return Optional.of(asked.computeIfAbsent(name, ObligingDataset::further));
  }

  private static DatasetField further(String name) {
    return name.equals(DatasetField.CAPTION) || name.equals("text")
        ? DatasetField.text(name, VOCABULARY, WORDS)
        : DatasetField.image(name, 1, SIDE, SIDE);
  }

  @Override
  public int size() {
    return SAMPLES;
  }

  @Override
  public void read(int index, DatasetField field, FloatBuffer into) {
    switch (field.type()) {
      case LABEL -> into.put(index % 2);
      case TEXT ->
          into.put(
              VOCABULARY.encode(index % 2 == 0 ? "a bright row" : "a dark column of dots", WORDS));
      default -> {
        RandomGenerator random = new RandomStreams(6).at(field.name(), index);
        for (int i = 0; i < field.length(); i++) {
          into.put(random.nextFloat(-1, 1));
        }
      }
    }
  }
}
