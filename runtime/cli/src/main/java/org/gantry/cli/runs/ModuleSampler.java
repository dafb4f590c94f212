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
import org.gantry.runs.SampleRequest;
import org.gantry.sampler.Sampler;
import org.gantry.sampler.TrainedModel;
import org.gantry.tensor.RandomStreams;
import org.gantry.training.BoundComponent;

/**
 * Samples of an exported network, drawn by the components that its run drew them by.
 *
 * @param file a TorchScript module
 */
record ModuleSampler(Path file) {

  /** What the samples imitate, of which only the form and the range are known. */
  private record DatasetOutline(DatasetField field) implements SampledDataset {

    @Override
    public List<DatasetField> fields() {
      return List.of(field);
    }

    @Override
    public void draw(RandomGenerator random, Map<String, FloatBuffer> into) {
      throw new ExportException("an exported network comes without its data");
    }
  }

  /** The same with modes, which pictures of samples show. */
  private record MixtureOutline(DatasetOutline points, RecordedMixture mixture)
      implements SampledDataset, MixtureDataset {

    @Override
    public List<DatasetField> fields() {
      return points.fields();
    }

    @Override
    public void draw(RandomGenerator random, Map<String, FloatBuffer> into) {
      points.draw(random, into);
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

  /** The one network, as samplers see the networks of a run. */
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
        throw new ExportException("the file holds the " + role + " only, not the " + asked);
      }
      return module.apply(manager, inputs);
    }
  }

  /**
   * Draws samples and writes a picture of them.
   *
   * @param seed the seed of the samples; null for that of the run
   * @return the files written
   * @throws InvalidInputException if the file is no module, or lacks what is needed to draw
   */
  List<Path> draw(CommandServices services, int count, Long seed, Path picture) {
    services.startEngine();
    try (NDManager manager = NDManager.newBaseManager();
        ImportedModule module = ImportedModule.load(manager, file)) {
      ExportMetadata notes = ExportMetadata.read(file, module.notes());
      Prior prior = notes.prior().create(services.components(), Prior.class).component();
      BoundComponent<Sampler> sampler =
          notes.sampler().create(services.components(), Sampler.class);
      Dataset dataset = imitated(module, notes);
      return new SampleRequest(count, seed == null ? notes.seed() : seed)
          .draw(
              (into, key) ->
                  new ModuleNetwork(
                      notes.role(), module, prior, dataset, into, new RandomStreams(key)),
              sampler,
              dataset,
              picture);
    } catch (ExportException e) {
      throw new InvalidInputException(e.getMessage(), "", e);
    }
  }

  private Dataset imitated(ImportedModule module, ExportMetadata notes) {
    if (module.gives().isEmpty()) {
      throw new InvalidInputException(
          file + " does not say what it gives",
          "Only modules that 'gantry export' wrote can be sampled.");
    }
    Shape shape = module.gives().get(0).shape();
    DatasetOutline points =
        new DatasetOutline(
            new DatasetField(DatasetField.IMAGE, shape, notes.low(), notes.high(), List.of()));
    return notes.mixture().<Dataset>map(m -> new MixtureOutline(points, m)).orElse(points);
  }
}
