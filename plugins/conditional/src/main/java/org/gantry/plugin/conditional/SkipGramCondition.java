package org.gantry.plugin.conditional;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Positive;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gantry.architecture.Architecture;
import org.gantry.architecture.NetworkSite;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.DatasetField;
import org.gantry.data.IndexedDataset;
import org.gantry.tensor.RandomStreams;

/**
 * A text as the sum of the vectors of its words. The vectors are trained over the texts of the data
 * set when the weights are initialized, so words that appear together have similar ones. Then they
 * learn with the network that takes the condition, unless the recipe freezes them.
 */
@Component(
    kind = ComponentKind.CONDITION,
    name = "skip-gram",
    summary = "A text as the sum of the vectors of its words, trained first over all texts",
    paper = "arXiv:1310.4546, section 2.2; arXiv:1411.1784, section 4.2",
    takes = "text",
    gives = "condition")
final class SkipGramCondition implements Architecture {

  record Options(
      @Description("the length of the vectors") @DefaultValue("50") @Positive int size,
      @Description("how far a word can be from another one to count as near, in words")
          @DefaultValue("5")
          @Positive int window,
      @Description("the number of words drawn at random for each pair of near words")
          @DefaultValue("5")
          @Positive int negative,
      @Description("how often all texts are read") @DefaultValue("5") @Positive int epochs,
      @Description("the learning rate at the start; it falls linearly")
          @DefaultValue("0.025")
          @Positive double rate) {}

  private final Options options;

  @Inject
  SkipGramCondition(Options options) {
    this.options = options;
  }

  @Override
  public Block build(NetworkSite site) {
    List<String> words = WordVectorSum.words(site);
    DatasetField text = site.field("text").orElseThrow();
    IndexedDataset data =
        site.dataset("text")
            .filter(IndexedDataset.class::isInstance)
            .map(IndexedDataset.class::cast)
            .orElseThrow(
                () ->
                    new UnusableComponentException(
                        "skip-gram needs the texts of a finite data set"));
    return WordVectorSum.block(
        words,
        options.size(),
        manager -> {
          SkipGram trained =
              new SkipGramTraining(data, text, options, seed(manager).at("skip-gram")).train();
          Map<String, float[]> vectors = new HashMap<>();
          for (int i = 0; i < words.size(); i++) {
            vectors.put(words.get(i), trained.vector(i));
          }
          return vectors;
        });
  }

  /** A seed of the engine's generator, which the seed of the run determines. */
  private static RandomStreams seed(NDManager manager) {
    try (NDArray drawn = manager.randomUniform(0, 1, new Shape(2))) {
      float[] values = drawn.toFloatArray();
      return new RandomStreams(
          (long) Float.floatToIntBits(values[0]) << Integer.SIZE ^ Float.floatToIntBits(values[1]));
    }
  }
}
