package org.gantry.recipes.internal;

import ai.djl.nn.Block;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.gantry.architecture.Architecture;
import org.gantry.architecture.NetworkSite;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.ComponentValue;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.component.KindInterface;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.data.IndexedDataset;
import org.gantry.data.SampledDataset;
import org.gantry.graph.Graph;
import org.gantry.regularizer.Regularizer;

/** Components with components among their options. */
@SuppressWarnings({"SameNameButDifferent", "UnusedVariable"}) // each has its Options
final class NestingComponents {

  private NestingComponents() {}

  /** The test components, with those of this class. */
  static FakeRegistry registry() {
    return FakeRegistry.standard().with(NestingComponents.class);
  }

  /** Splits texts; a kind that no host knows. */
  @KindInterface(kind = "tokenizer", summary = "splits a text into words")
  interface Tokenizer {
    List<String> split(String text);
  }

  /** Splits at spaces. */
  @Component(kind = "tokenizer", name = "words", version = "1.1.0", summary = "splits at spaces")
  static final class Words implements Tokenizer {

    record Options(@Description("the separator") @DefaultValue("blank") String separator) {}

    @Inject
    Words(Options options) {}

    @Override
    public List<String> split(String text) {
      return List.of(text);
    }
  }

  /** The samples of another data set. */
  static class Wrapper implements SampledDataset {

    private final Dataset inner;

    Wrapper(Dataset inner) {
      this.inner = inner;
    }

    Dataset inner() {
      return inner;
    }

    @Override
    public List<DatasetField> fields() {
      return inner.fields();
    }

    @Override
    public void draw(RandomGenerator random, Map<String, FloatBuffer> into) {
      ((SampledDataset) inner).draw(random, into);
    }
  }

  /** A wrapped data set, with a text tokenized by default. */
  @Component(kind = ComponentKind.DATASET, name = "cropped", summary = "the middle of samples")
  static final class Cropped extends Wrapper {

    record Options(
        @Description("the data") Dataset of,
        @Description("how much remains") @DefaultValue("0.5") @Positive double share,
        @Description("splits captions") @DefaultValue("words") Tokenizer tokenizer) {}

    @Inject
    Cropped(Options options) {
      super(options.of());
      if (options.share() > 1) {
        throw new UnusableComponentException("a crop cannot be larger than the sample");
      }
    }
  }

  /** Several data sets. */
  @Component(kind = ComponentKind.DATASET, name = "joined", summary = "several data sets")
  static final class Joined extends Wrapper {

    record Part(
        @Description("the data") Dataset of,
        @Description("how often") @DefaultValue("1") @Positive int weight) {}

    record Options(
        @Description("the data sets") @Size(min = 2) List<Dataset> parts,
        @Description("another") @DefaultValue("{of: points}") Part other) {}

    private final Options options;

    @Inject
    Joined(Options options) {
      super(options.parts().get(0));
      this.options = options;
    }

    Options options() {
      return options;
    }
  }

  /** A data set over a finite one. */
  @Component(kind = ComponentKind.DATASET, name = "counted", summary = "a finite data set")
  static final class Counted extends Wrapper {

    record Options(@Description("the data") IndexedDataset of) {}

    @Inject
    Counted(Options options) {
      super(options.of());
    }
  }

  /** A finite data set. */
  @Component(kind = ComponentKind.DATASET, name = "three", summary = "three points")
  static final class Three implements IndexedDataset {

    @Override
    public List<DatasetField> fields() {
      return new TestComponents.Points().fields();
    }

    @Override
    public int size() {
      return 3;
    }

    @Override
    public void read(int index, DatasetField field, FloatBuffer into) {
      into.put(index).put(index);
    }
  }

  /** A data set whose default holds itself. */
  @Component(kind = ComponentKind.DATASET, name = "endless", summary = "holds itself")
  static final class Endless extends Wrapper {

    record Options(@Description("the data") @DefaultValue("endless") Dataset of) {}

    @Inject
    Endless(Options options) {
      super(options.of());
    }
  }

  /** A regularizer with a network of its own. */
  @Component(kind = ComponentKind.REGULARIZER, name = "code", summary = "compares codes")
  static final class Code implements Regularizer {

    record Options(
        @Description("makes codes")
            @ComponentValue(kind = ComponentKind.ENCODER, takes = "image", gives = "latent")
            Architecture encoder) {}

    @Inject
    Code(Options options) {}

    @Override
    public void edit(Graph graph) {}
  }

  /** An encoder without codes. */
  @Component(
      kind = ComponentKind.ENCODER,
      name = "blind",
      summary = "sees nothing",
      takes = "latent",
      gives = "latent")
  static final class Blind implements Architecture {

    @Override
    public Block build(NetworkSite site) {
      throw new UnsupportedOperationException();
    }
  }
}
