package org.gantry.testkit.contract;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.data.IndexedDataset;
import org.gantry.data.SampledDataset;
import org.gantry.tensor.RandomStreams;

/** The contract of data sets, checked on {@value #SAMPLES} samples. */
final class DatasetContract {

  private static final int SAMPLES = 100;

  /** How far a value may be out of range, as a fraction of the range. */
  private static final double TOLERANCE = 1e-6;

  private DatasetContract() {}

  static List<ContractCheck> of(ContractSubject subject) {
    return List.of(
        new ContractCheck(
            "its fields have distinct names, a shape and a range",
            () -> checkFields(subject, subject.create(Dataset.class).fields())),
        new ContractCheck(
            "every sample fills its fields with finite values in their ranges",
            () -> checkSamples(subject.create(Dataset.class))),
        new ContractCheck(
            "reading a sample again gives the same values", () -> checkRepeatable(subject)),
        new ContractCheck(
            "random variations of a sample depend on their generator alone, and stay in range",
            () -> checkVariations(subject)),
        new ContractCheck(
            "several threads read the same values as one thread", () -> checkThreads(subject)));
  }

  private static void checkFields(ContractSubject subject, List<DatasetField> fields) {
    Set<String> names = new LinkedHashSet<>();
    for (DatasetField field : fields) {
      String name = field.name();
      ContractAssertions.require(names.add(name), "two fields have the name %s", name);
      ContractAssertions.require(
          field.shape().size() > 0, "%s has the shape %s", name, field.shape());
      ContractAssertions.require(
          field.low() <= field.high(), "%s ranges from %s to %s", name, field.low(), field.high());
      ContractAssertions.require(
          field.classNames().isEmpty() || field.classNames().size() == field.high() + 1,
          "the field %s has %d class names, but values up to %s",
          name,
          field.classNames().size(),
          field.high());
    }
    ContractAssertions.require(!names.isEmpty(), "it has no fields");
    ContractAssertions.require(
        names.containsAll(subject.gives()),
        "its annotation states the outputs %s, but its fields are %s",
        subject.gives(),
        names);
  }

  private static void checkSamples(Dataset data) {
    for (int i = 0; i < SAMPLES; i++) {
      checkRanges(data, i, sample(data, i));
    }
  }

  private static void checkRanges(Dataset data, int index, Map<String, float[]> sample) {
    for (DatasetField field : data.fields()) {
      double tolerance = TOLERANCE * Math.max(1, field.high() - field.low());
      for (float value : sample.get(field.name())) {
        ContractAssertions.require(
            value >= field.low() - tolerance && value <= field.high() + tolerance,
            "a value of %s in sample %d is %s, which is out of the range from %s to %s",
            field.name(),
            index,
            value,
            field.low(),
            field.high());
        ContractAssertions.require(
            field.classNames().isEmpty() || value == Math.rint(value),
            "the class %s of sample %d is %s, which is not an integer",
            field.name(),
            index,
            value);
      }
    }
  }

  private static void checkVariations(ContractSubject subject) {
    Dataset first = subject.create(Dataset.class);
    Dataset second = subject.create(Dataset.class);
    if (!(first instanceof IndexedDataset)) {
      throw new NotApplicableException("it draws every sample at random");
    }
    for (int i = 0; i < SAMPLES; i++) {
      Map<String, float[]> varied = sample(first, i, true);
      checkRanges(first, i, varied);
      checkEqual(i, varied, sample(second, i, true));
    }
  }

  private static void checkRepeatable(ContractSubject subject) {
    Dataset first = subject.create(Dataset.class);
    Dataset second = subject.create(Dataset.class);
    for (int i = 0; i < SAMPLES; i++) {
      checkEqual(i, sample(first, i), sample(first, i));
      checkEqual(i, sample(first, i), sample(second, i));
    }
  }

  private static void checkThreads(ContractSubject subject) {
    Dataset data = subject.create(Dataset.class);
    Map<Integer, Map<String, float[]>> together = new ConcurrentHashMap<>();
    // New threads, because the threads of a shared pool would keep the plugin in memory.
    List<Thread> threads =
        IntStream.range(0, SAMPLES)
            .mapToObj(i -> new Thread(() -> together.put(i, sample(data, i)), "reader-" + i))
            .toList();
    threads.forEach(Thread::start);
    threads.forEach(DatasetContract::await);
    for (int i = 0; i < SAMPLES; i++) {
      ContractAssertions.require(
          together.containsKey(i), "sample %d cannot be read while other threads read", i);
      checkEqual(i, together.get(i), sample(data, i));
    }
  }

  private static void await(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while threads read samples", e);
    }
  }

  private static void checkEqual(int index, Map<String, float[]> one, Map<String, float[]> other) {
    one.forEach(
        (field, values) ->
            ContractAssertions.require(
                Arrays.equals(values, other.get(field)),
                "%s of sample %d changes when it is read again",
                field,
                index));
  }

  private static Map<String, float[]> sample(Dataset data, int index) {
    return sample(data, index, false);
  }

  /** Returns one sample by field. Samples of a finite data set are spread evenly over it. */
  private static Map<String, float[]> sample(Dataset data, int index, boolean varied) {
    Map<String, FloatBuffer> buffers = new LinkedHashMap<>();
    for (DatasetField field : data.fields()) {
      float[] unset = new float[field.length()];
      Arrays.fill(unset, Float.NaN);
      buffers.put(field.name(), FloatBuffer.wrap(unset));
    }
    if (data instanceof IndexedDataset indexed) {
      ContractAssertions.require(indexed.size() > 0, "it has no samples");
      int read = (int) ((long) index * indexed.size() / SAMPLES);
      for (DatasetField field : data.fields()) {
        FloatBuffer into = buffers.get(field.name());
        if (varied) {
          indexed.read(read, field, new RandomStreams(1).at("variations", index), into);
        } else {
          indexed.read(read, field, into);
        }
      }
      ContractAssertions.require(
          indexed.caption(read) != null, "the caption of sample %d is null", read);
    } else {
      RandomGenerator random = new RandomStreams(1).at("samples", index);
      ((SampledDataset) data).draw(random, buffers);
    }
    Map<String, float[]> sample = new LinkedHashMap<>();
    buffers.forEach(
        (field, buffer) -> {
          ContractAssertions.require(
              !buffer.hasRemaining(),
              "the sample leaves %2$d floats of %1$s unfilled",
              field,
              buffer.remaining());
          for (float value : buffer.array()) {
            ContractAssertions.require(Float.isFinite(value), "%s has the value %s", field, value);
          }
          sample.put(field, buffer.array());
        });
    return sample;
  }
}
