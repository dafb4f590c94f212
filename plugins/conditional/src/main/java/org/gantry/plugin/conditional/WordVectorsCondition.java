package org.gantry.plugin.conditional;

import ai.djl.nn.Block;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.gantry.architecture.Architecture;
import org.gantry.architecture.NetworkSite;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.Description;
import org.gantry.component.UnusableComponentException;

/**
 * A text as the sum of the vectors of its words. The vectors start from a file and learn with the
 * network that takes the condition, unless the recipe freezes them. Words that the file lacks start
 * at 0.
 */
@Component(
    kind = ComponentKind.CONDITION,
    name = "word-vectors",
    summary = "A text as the sum of the vectors of its words, which start from a file of word2vec",
    paper = "arXiv:1301.3781; arXiv:1411.1784, section 4.2",
    takes = "text",
    gives = "condition")
final class WordVectorsCondition implements Architecture {

  record Options(
      @Description(
              "the vectors in the format of word2vec: text, or binary if the name ends in .bin")
          Path file) {}

  private final Options options;

  @Inject
  WordVectorsCondition(Options options) {
    this.options = options;
  }

  @Override
  public Block build(NetworkSite site) {
    List<String> words = WordVectorSum.words(site);
    WordVectorFile file = WordVectorFile.read(options.file(), Set.copyOf(words));
    if (file.vectors().isEmpty()) {
      throw new UnusableComponentException(
          "%s has none of the words of the data, such as '%s'"
              .formatted(options.file(), words.get(words.size() - 1)));
    }
    return WordVectorSum.block(words, file.length(), manager -> file.vectors());
  }
}
