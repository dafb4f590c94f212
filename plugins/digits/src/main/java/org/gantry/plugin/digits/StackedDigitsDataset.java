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
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.data.DatasetField;
import org.gantry.data.DatasetSplit;
import org.gantry.data.IndexedDataset;
import org.gantry.data.SampledDataset;
import org.gantry.data.StackedDataset;
import org.gantry.tensor.RandomStreams;

/**
 * Stacked MNIST: three independent digits in the three colour channels. The fields are {@code
 * image} of shape (3, size, size) in [-1, 1] and {@code label} from 0 to 999, whose decimal digits
 * are those in red, green and blue.
 *
 * <p>Two protocols are common: 128,000 fixed triples, as in VEEGAN and PacGAN, and a new triple for
 * every sample, as in the unrolled GAN. Fixed triples are drawn with replacement.
 */
@Component(
    kind = ComponentKind.DATASET,
    name = "stacked-digits",
    summary =
        "Stacked MNIST: three digits in the colour channels, 1,000 modes that can be" + " counted",
    paper = "arXiv:1611.02163, section 3.3.1; arXiv:1712.04086, section 4.2",
    gives = {DatasetField.IMAGE, DatasetField.LABEL})
final class StackedDigitsDataset implements SampledDataset, StackedDataset {

  private static final int CHANNELS = 3;

  record Options(
      @Description("the number of fixed triples; 0 to draw a new triple for every sample")
          @DefaultValue("128000")
          @PositiveOrZero int triples,
      @Description("the seed of the fixed triples") @DefaultValue("1") long set,
      @Description("the digits to draw from: train (nine tenths), test (the rest) or all")
          @DefaultValue("train")
          DatasetSplit split,
      @Description("the side in pixels; sizes above 28 add a black border")
          @DefaultValue("28")
          @Min(28) @Max(64) int size) {}

  private final DigitsDataset digits;
  private final DatasetField image;
  private final DatasetField label;

  /** The indices of the digits, triple by triple. */
  private final int[] triples;

  @Inject
  StackedDigitsDataset(Options options) {
    digits =
        new DigitsDataset(new DigitsDataset.Options(options.split(), List.of(), options.size()));
    image = DatasetField.image(CHANNELS, options.size(), options.size());
    label = DatasetField.label(IntStream.range(0, 1000).mapToObj("%03d"::formatted).toList());
    RandomGenerator random = new RandomStreams(options.set()).at("stacked-digits");
    triples = random.ints(CHANNELS * (long) options.triples(), 0, digits.size()).toArray();
  }

  @Override
  public List<DatasetField> fields() {
    return List.of(image, label);
  }

  @Override
  public IndexedDataset channelDataset() {
    return digits;
  }

  @Override
  public void draw(RandomGenerator random, Map<String, FloatBuffer> into) {
    int first = triples.length == 0 ? 0 : CHANNELS * random.nextInt(triples.length / CHANNELS);
    DatasetField grey = digits.field(DatasetField.IMAGE).orElseThrow();
    DatasetField number = digits.field(DatasetField.LABEL).orElseThrow();
    int combined = 0;
    for (int channel = 0; channel < CHANNELS; channel++) {
      int digit = triples.length == 0 ? random.nextInt(digits.size()) : triples[first + channel];
      digits.read(digit, grey, into.get(DatasetField.IMAGE));
      FloatBuffer one = FloatBuffer.allocate(1);
      digits.read(digit, number, one);
      combined = 10 * combined + (int) one.get(0);
    }
    into.get(DatasetField.LABEL).put(combined);
  }
}
