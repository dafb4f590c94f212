package org.gantry.runs.modules;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.data.MixtureDataset;
import org.gantry.data.SampledDataset;
import org.gantry.data.ValueType;
import org.gantry.export.ExportException;
import org.gantry.export.ImportedModule;
import org.gantry.export.NetworkPort;
import org.gantry.prior.Prior;
import org.gantry.recipes.Recipes;
import org.gantry.runs.samples.SampleSource;
import org.gantry.runs.samples.UnusableInputException;
import org.gantry.sampler.ModelInput;
import org.gantry.sampler.ModelUse;
import org.gantry.sampler.Sampler;
import org.gantry.sampler.TrainedModel;
import org.gantry.tensor.ComputeDevice;
import org.gantry.tensor.FloatArrays;
import org.gantry.tensor.RandomStreams;
import org.gantry.training.BoundComponent;

/** An exported network, with the prior and the sampler of its run. */
public final class ExportedModule implements SampleSource {

  /** The rows in a pass of the networks. */
  private static final long PASS = 16;

  /** The data set of the run, of which only the shape and the range are known. */
  private record DatasetOutline(DatasetField field) implements SampledDataset {

    @Override
    public List<DatasetField> fields() {
      return List.of(field);
    }

    @Override
    public void draw(RandomGenerator random, Map<String, FloatBuffer> into) {
      throw new ExportException("an exported network does not contain its data");
    }
  }

  /** A data set with known modes, which pictures of samples show. */
  private record MixtureOutline(DatasetOutline outline, RecordedMixture mixture)
      implements SampledDataset, MixtureDataset {

    @Override
    public List<DatasetField> fields() {
      return outline.fields();
    }

    @Override
    public void draw(RandomGenerator random, Map<String, FloatBuffer> into) {
      outline.draw(random, into);
    }

    @Override
    public List<double[]> centres() {
      return mixture.centres();
    }

    @Override
    public double standardDeviation() {
      return mixture.standardDeviation();
    }
  }

  /** The exported network as the only network of a trained model. */
  private record ModuleNetwork(
      String role,
      ImportedModule module,
      Prior prior,
      Dataset dataset,
      NDManager manager,
      RandomStreams randomStreams,
      Optional<RecordedInputs> recorded)
      implements TrainedModel {

    @Override
    public Set<String> roles() {
      return Set.of(role);
    }

    @Override
    public NDList apply(String asked, NDArray... inputs) {
      if (!asked.equals(role)) {
        throw new ExportException("the file contains only the " + role + ", not the " + asked);
      }
      return module.apply(manager, inputs);
    }

    @Override
    public List<ModelUse> uses() {
      DatasetField output = dataset.fields().get(0);
      List<ModelInput> inputs = recorded.map(RecordedInputs::inputs).orElseGet(this::codes);
      return List.of(new ModelUse(role, output, inputs, Optional.empty()));
    }

    private List<ModelInput> codes() {
      return module.takes().stream()
          .map(
              port ->
                  new ModelInput(
                      port.name(),
                      new DatasetField(port.name(), ValueType.CODE, port.shape(), -1, 1, List.of()),
                      false))
          .toList();
    }

    @Override
    public Map<String, NDArray> drawFields(ModelUse use, int count) {
      Map<String, NDArray> fields = new LinkedHashMap<>();
      for (ModelInput input : use.inputs()) {
        if (input.fromData()) {
          fields.put(input.name(), drawLabels(input, count));
        }
      }
      return fields;
    }

    /** Labels of all classes in equal numbers, because the file has no data to draw them from. */
    private NDArray drawLabels(ModelInput input, int count) {
      if (input.field().type() != ValueType.LABEL) {
        throw new ExportException(
            "the file has no data to take the input %s from; add --given %s=..."
                .formatted(input.name(), input.name()));
      }
      int classes = input.field().classNames().size();
      return FloatArrays.fill(
          manager,
          new Shape(count),
          buffer -> {
            for (int i = 0; i < count; i++) {
              buffer.put(i % classes);
            }
          });
    }

    /**
     * Computes passes of one size, so that the bits of a row do not depend on the number of rows.
     */
    @Override
    public NDArray make(ModelUse use, Map<String, NDArray> inputs) {
      long count = inputs.get(use.inputs().get(0).name()).getShape().get(0);
      try (NDManager scratch = manager.newSubManager()) {
        NDList parts = new NDList();
        for (long first = 0; first < count; first += PASS) {
          long end = Math.min(first + PASS, count);
          NDIndex rows = new NDIndex("{}:{}", first, end);
          NDArray[] ordered =
              use.inputs().stream()
                  .map(input -> filled(inputs.get(input.name()).get(rows), scratch))
                  .toArray(NDArray[]::new);
          NDArray made = module.apply(scratch, ordered).get(0);
          parts.add(made.get(new NDIndex(":{}", end - first)));
        }
        NDArray all = parts.size() == 1 ? parts.get(0) : NDArrays.concat(parts);
        all.attach(manager);
        return all;
      }
    }

    /** Repeats the last row up to the size of a pass. */
    private static NDArray filled(NDArray rows, NDManager scratch) {
      rows.attach(scratch);
      long count = rows.getShape().get(0);
      if (count == PASS) {
        return rows;
      }
      NDArray last = rows.get(new NDIndex("{}:{}", count - 1, count));
      last.attach(scratch);
      NDArray all = NDArrays.concat(new NDList(rows, last.repeat(0, PASS - count)));
      all.attach(scratch);
      return all;
    }
  }

  private final NDManager manager;
  private final ImportedModule module;
  private final ExportMetadata metadata;
  private final Prior prior;
  private final BoundComponent<Sampler> sampler;
  private final Dataset dataset;
  private final Path file;

  private ExportedModule(
      NDManager manager,
      ImportedModule module,
      Path file,
      ExportMetadata metadata,
      Recipes recipes) {
    this.manager = manager;
    this.module = module;
    this.file = file;
    this.metadata = metadata;
    String recipe = file + "/recipe.yaml";
    prior = recipes.createRecorded(recipe, metadata.recipe(), "prior", Prior.class).component();
    sampler = recipes.createRecorded(recipe, metadata.recipe(), "sampler", Sampler.class);
    dataset = dataset(file, module, metadata);
  }

  /**
   * Opens a file. The tensor engine has to run.
   *
   * @param file the TorchScript module
   * @param allowed operators that the module may use in addition to those of networks
   * @param recipes creates the recorded prior and sampler
   * @throws UnusableInputException if the file is not a module, or lacks metadata
   * @throws org.gantry.recipes.text.RecipeException if the prior or the sampler is not installed in
   *     the recorded version, or cannot be created
   */
  public static ExportedModule open(Path file, Set<String> allowed, Recipes recipes) {
    NDManager manager = ComputeDevice.CPU.newManager();
    try {
      ImportedModule module = ImportedModule.load(manager, file, allowed);
      ExportMetadata metadata = ExportMetadata.read(file, module.notes());
      return new ExportedModule(manager, module, file, metadata, recipes);
    } catch (ExportException e) {
      manager.close();
      throw new UnusableInputException(e.getMessage(), fix(e), e);
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  /** How to load a file that does more than a network. */
  private static String fix(ExportException refused) {
    return refused.operators().isEmpty()
        ? ""
        : "A .pt file is a program that can read and write your files. If you trust its author, add"
            + " --allow-operators "
            + String.join(",", refused.operators());
  }

  @Override
  public List<ModelUse> uses() {
    return trainedModel(manager, seed()).uses();
  }

  @Override
  public TrainedModel trainedModel(NDManager into, long seed) {
    return new ModuleNetwork(
        metadata.role(), module, prior, dataset, into, new RandomStreams(seed), metadata.inputs());
  }

  @Override
  public BoundComponent<Sampler> sampler() {
    return sampler;
  }

  @Override
  public Dataset imitatedData(String use) {
    return dataset;
  }

  @Override
  public long seed() {
    return metadata.seed();
  }

  @Override
  public long step() {
    return metadata.step();
  }

  @Override
  public NDManager newManager() {
    return ComputeDevice.CPU.newManager();
  }

  @Override
  public String weights() {
    return "weights of " + file.getFileName();
  }

  @Override
  public void close() {
    module.close();
    manager.close();
  }

  private static Dataset dataset(Path file, ImportedModule module, ExportMetadata metadata) {
    if (module.gives().isEmpty()) {
      throw new UnusableInputException(
          file + " does not declare its outputs",
          "Only modules that 'gantry export' wrote can be sampled.");
    }
    NetworkPort first = module.gives().get(0);
    if (!first.name().equals(DatasetField.IMAGE)) {
      throw new UnusableInputException(
          "%s contains the %s, which returns %s: expected a network that returns samples"
              .formatted(file, metadata.role(), first),
          "'gantry export RUN --to FILE.pt' writes the generator.");
    }
    Shape shape = first.shape();
    DatasetOutline outline =
        new DatasetOutline(
            new DatasetField(
                DatasetField.IMAGE, shape, metadata.low(), metadata.high(), List.of()));
    return metadata.mixture().<Dataset>map(m -> new MixtureOutline(outline, m)).orElse(outline);
  }
}
