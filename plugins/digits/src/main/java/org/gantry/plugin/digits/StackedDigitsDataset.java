package org.gantry.plugin.digits;

import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.PositiveOrZero;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.gantry.component.Component;
import org.gantry.component.Default;
import org.gantry.component.Doc;
import org.gantry.component.Kind;
import org.gantry.data.Field;
import org.gantry.data.IndexedDataset;
import org.gantry.data.SampledDataset;
import org.gantry.data.Split;
import org.gantry.data.Stacked;
import org.gantry.tensor.RandomStreams;

/**
 * Three digits in the three colour channels, each drawn independently of the others: {@code image}
 * of shape (3, size, size) in [-1, 1] and {@code label} from 0 to 999, whose decimal digits are
 * those in red, green and blue.
 *
 * <p>Two protocols are in use: a set of 128,000 fixed triples, as in VEEGAN and PacGAN, and triples
 * drawn anew for every sample, as in the unrolled GAN. Of the fixed ones, samples are drawn with
 * replacement.
 */
@Component(
    kind = Kind.DATASET,
    name = "stacked-digits",
    summary = "Three handwritten digits in the colour channels, 1,000 modes that can be counted",
    paper = "arXiv:1611.02163, section 3.3.1; arXiv:1712.04086, section 4.2",
    gives = {Field.IMAGE, Field.LABEL})
final class StackedDigitsDataset implements SampledDataset, Stacked {

  private static final int CHANNELS = 3;

  record Options(
      @Doc("how many fixed triples there are; 0 to draw triples anew for every sample")
          @Default("128000")
          @PositiveOrZero
          int triples,
      @Doc("tells one set of fixed triples from another") @Default("1") long set,
      @Doc("the digits to draw from: train (nine tenths), test (the rest) or all") @Default("train")
          Split split,
      @Doc("pixels a side; above 28, with a black border") @Default("28") @Min(28) @Max(64)
          int size) {}

  private final DigitsDataset digits;
  private final Field image;
  private final Field label;

  /** The digits of every fixed triple, one triple after the other. */
  private final int[] triples;

  @Inject
  StackedDigitsDataset(Options options) {
    digits =
        new DigitsDataset(new DigitsDataset.Options(options.split(), List.of(), options.size()));
    image = Field.image(CHANNELS, options.size(), options.size());
    label = Field.label(IntStream.range(0, 1000).mapToObj("%03d"::formatted).toList());
    RandomGenerator random = new RandomStreams(options.set()).at("stacked-digits");
    triples = random.ints(CHANNELS * (long) options.triples(), 0, digits.size()).toArray();
  }

  @Override
  public List<Field> fields() {
    return List.of(image, label);
  }

  @Override
  public IndexedDataset layer() {
    return digits;
  }

  @Override
  public void draw(RandomGenerator random, Map<String, FloatBuffer> into) {
    int first = triples.length == 0 ? 0 : CHANNELS * random.nextInt(triples.length / CHANNELS);
    Field grey = digits.field(Field.IMAGE).orElseThrow();
    Field number = digits.field(Field.LABEL).orElseThrow();
    int combined = 0;
    for (int channel = 0; channel < CHANNELS; channel++) {
      int digit = triples.length == 0 ? random.nextInt(digits.size()) : triples[first + channel];
      digits.read(digit, grey, into.get(Field.IMAGE));
      FloatBuffer one = FloatBuffer.allocate(1);
      digits.read(digit, number, one);
      combined = 10 * combined + (int) one.get(0);
    }
    into.get(Field.LABEL).put(combined);
  }
}
