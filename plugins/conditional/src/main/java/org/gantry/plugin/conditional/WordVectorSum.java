package org.gantry.plugin.conditional;

import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.gantry.architecture.NetworkSite;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.DatasetField;
import org.gantry.data.WordVocabulary;
import org.gantry.tensor.FloatArrays;

/** The sum of the vectors of a text's words, which are the weights of a layer. */
final class WordVectorSum {

  private WordVectorSum() {}

  /**
   * The words that have a vector: those of the text at the port {@code text}, after the word for
   * unknown ones.
   *
   * @throws UnusableComponentException if the condition is not a text with a vocabulary
   */
  static List<String> words(NetworkSite site) {
    List<String> words = site.field("text").map(DatasetField::classNames).orElse(List.of());
    if (words.isEmpty()) {
      throw new UnusableComponentException(
          "vectors of words need a text with a vocabulary at their port text");
    }
    return words.subList(WordVocabulary.UNKNOWN, words.size());
  }

  /**
   * Creates the network.
   *
   * @param length the length of the vectors
   * @param initial gives the vectors that the weights start from; words without one start at 0
   */
  static Block block(
      List<String> words, int length, Function<NDManager, Map<String, float[]>> initial) {
    Block vectors = Linear.builder().setUnits(length).optBias(false).build();
    vectors.setInitializer(
        (manager, shape, type) -> {
          Map<String, float[]> start = initial.apply(manager);
          return FloatArrays.fill(
              manager,
              shape,
              weights -> {
                for (int i = 0; i < length; i++) {
                  for (String word : words) {
                    float[] vector = start.get(word);
                    weights.put(vector == null ? 0 : vector[i]);
                  }
                }
              });
        },
        Parameter.Type.WEIGHT);
    return new SequentialBlock()
        .add(new IndexCounts(words.size(), WordVocabulary.UNKNOWN))
        .add(vectors);
  }
}
