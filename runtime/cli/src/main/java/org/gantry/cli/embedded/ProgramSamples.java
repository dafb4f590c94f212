package org.gantry.cli.embedded;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.gantry.embedded.GeneratedSamples;
import org.gantry.runs.training.SampleResult;

/** Samples that were copied from the engine. */
final class ProgramSamples implements GeneratedSamples {

  private final int count;
  private final List<Long> shape;
  private final float[] values;
  private final byte[] sheet;
  private final List<byte[]> pictures;

  private ProgramSamples(SampleResult drawn) {
    count = drawn.count();
    shape = LongStream.of(drawn.shape().getShape()).boxed().toList();
    values = drawn.values();
    sheet = drawn.sheet();
    pictures =
        drawn.areImages() ? IntStream.range(0, count).mapToObj(drawn::picture).toList() : List.of();
  }

  /** Copies samples. */
  static GeneratedSamples of(SampleResult drawn) {
    return new ProgramSamples(drawn);
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public List<Long> shape() {
    return shape;
  }

  @Override
  public float[] values() {
    return values.clone();
  }

  @Override
  public byte[] sheet() {
    return sheet.clone();
  }

  @Override
  public boolean arePictures() {
    return !pictures.isEmpty();
  }

  @Override
  public byte[] picture(int index) {
    if (!arePictures()) {
      throw new IllegalStateException("samples of shape " + shape + " are not pictures");
    }
    return pictures.get(Objects.checkIndex(index, count)).clone();
  }
}
