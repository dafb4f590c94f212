package org.gantry.cli.runs;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.cli.services.CommandServices;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.data.MixtureDataset;
import org.gantry.data.SampledDataset;
import org.gantry.export.ExportException;
import org.gantry.export.ImportedModule;
import org.gantry.prior.Prior;
import org.gantry.runs.training.SampleRequest;
import org.gantry.sampler.Sampler;
import org.gantry.sampler.TrainedModel;
import org.gantry.tensor.RandomStreams;
import org.gantry.training.BoundComponent;

/**
 * Draws samples from an exported network, with the prior and the sampler of its run.
 *
 * @param file the TorchScript module
 */
record ModuleSampler(Path file) {

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
      RandomStreams randomStreams)
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
  }

  /**
   * Draws samples and writes a picture of them.
   *
   * @param seed the seed of the samples; null for the seed of the run
   * @return the files written
   * @throws InvalidInputException if the file is not a module, or lacks metadata
   * @throws org.gantry.recipes.text.RecipeException if the prior or the sampler is not installed in
   *     the recorded version, or cannot be created
   */
  List<Path> draw(CommandServices services, int count, Long seed, Path picture) {
    services.startEngine();
    try (NDManager manager = NDManager.newBaseManager();
        ImportedModule module = ImportedModule.load(manager, file)) {
      ExportMetadata metadata = ExportMetadata.read(file, module.notes());
      Prior prior = component(services, metadata, "prior", Prior.class).component();
      BoundComponent<Sampler> sampler = component(services, metadata, "sampler", Sampler.class);
      Dataset dataset = dataset(module, metadata);
      return new SampleRequest(count, seed == null ? metadata.seed() : seed)
          .draw(
              (into, key) ->
                  new ModuleNetwork(
                      metadata.role(), module, prior, dataset, into, new RandomStreams(key)),
              sampler,
              dataset,
              picture);
    } catch (ExportException e) {
      throw new InvalidInputException(e.getMessage(), "", e);
    }
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
    Shape shape = module.gives().get(0).shape();
    DatasetOutline outline =
        new DatasetOutline(
            new DatasetField(
                DatasetField.IMAGE, shape, metadata.low(), metadata.high(), List.of()));
    return metadata.mixture().<Dataset>map(m -> new MixtureOutline(outline, m)).orElse(outline);
  }
}
