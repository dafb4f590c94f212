package org.gantry.cli.runs;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.cli.services.CommandServices;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.data.MixtureDataset;
import org.gantry.data.SampledDataset;
import org.gantry.data.ValueType;
import org.gantry.export.ExportException;
import org.gantry.export.ImportedModule;
import org.gantry.export.NetworkPort;
import org.gantry.prior.Prior;
import org.gantry.runs.training.SampleRequest;
import org.gantry.sampler.ModelInput;
import org.gantry.sampler.ModelUse;
import org.gantry.sampler.Sampler;
import org.gantry.sampler.SamplingProgress;
import org.gantry.sampler.TrainedModel;
import org.gantry.tensor.ComputeDevice;
import org.gantry.tensor.FloatArrays;
import org.gantry.tensor.RandomStreams;
import org.gantry.training.BoundComponent;

/**
 * Draws samples from an exported network, with the prior and the sampler of its run.
 *
 * @param file the TorchScript module
 * @param allowed operators that the module may use in addition to those of networks
 */
record ModuleSampler(Path file, Set<String> allowed) {

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

    @Override
    public NDArray make(ModelUse use, Map<String, NDArray> inputs) {
      NDArray[] ordered =
          use.inputs().stream().map(i -> inputs.get(i.name())).toArray(NDArray[]::new);
      return module.apply(manager, ordered).get(0);
    }
  }

  /**
   * Draws samples and writes a picture of them.
   *
   * @param seed the seed of the samples; null for the seed of the run
   * @param given the values of the module's inputs that the user gives
   * @param progress follows a slow sampler
   * @return the files written
   * @throws InvalidInputException if the file is not a module, or lacks metadata
   * @throws org.gantry.recipes.text.RecipeException if the prior or the sampler is not installed in
   *     the recorded version, or cannot be created
   */
  List<Path> draw(
      CommandServices services,
      Console console,
      int count,
      Long seed,
      GivenArguments given,
      boolean each,
      SamplingProgress progress,
      Path picture) {
    services.engine().start(0);
    try (NDManager manager = ComputeDevice.CPU.newManager();
        ImportedModule module = ImportedModule.load(manager, file, allowed)) {
      ExportMetadata metadata = ExportMetadata.read(file, module.notes());
      Prior prior = component(services, metadata, "prior", Prior.class).component();
      BoundComponent<Sampler> sampler = component(services, metadata, "sampler", Sampler.class);
      Dataset dataset = dataset(module, metadata);
      return new SampleRequest(
              count,
              seed == null ? metadata.seed() : seed,
              given.inputs(services, console, count),
              each,
              progress)
          .draw(
              ComputeDevice.CPU,
              (into, key) -> {
                ModuleNetwork network =
                    new ModuleNetwork(
                        metadata.role(),
                        module,
                        prior,
                        dataset,
                        into,
                        new RandomStreams(key),
                        metadata.inputs());
                given.requireUse(network.uses());
                return network;
              },
              sampler,
              dataset,
              "weights of " + file.getFileName(),
              picture);
    } catch (ExportException e) {
      throw new InvalidInputException(e.getMessage(), fix(e), e);
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

  /** Creates a component that the recipe in the module records. */
  private <T> BoundComponent<T> component(
      CommandServices services, ExportMetadata metadata, String key, Class<T> type) {
    return services.recipes().createRecorded(file + "/recipe.yaml", metadata.recipe(), key, type);
  }

  private Dataset dataset(ImportedModule module, ExportMetadata metadata) {
    if (module.gives().isEmpty()) {
      throw new InvalidInputException(
          file + " does not declare its outputs",
          "Only modules that 'gantry export' wrote can be sampled.");
    }
    NetworkPort first = module.gives().get(0);
    if (!first.name().equals(DatasetField.IMAGE)) {
      throw new InvalidInputException(
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
