package org.gantry.cli.embedded;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gantry.cli.runs.GivenPictures;
import org.gantry.cli.services.CommandServices;
import org.gantry.embedded.GeneratedSamples;
import org.gantry.embedded.OpenedRun;
import org.gantry.embedded.SampleOptions;
import org.gantry.runs.samples.GivenInputs;
import org.gantry.runs.samples.UseNames;
import org.gantry.runs.training.SampleRequest;
import org.gantry.runs.training.TrainedRun;
import org.gantry.sampler.ModelUse;
import org.gantry.sampler.SamplingProgress;

/**
 * A run that a program opened.
 *
 * @param services the installed recipes
 * @param trained the restored networks
 */
record ProgramRun(CommandServices services, TrainedRun trained) implements OpenedRun {

  @Override
  public long step() {
    return trained.step();
  }

  @Override
  public List<String> notes() {
    return trained.notes();
  }

  @Override
  public List<String> uses() {
    return trained.uses().stream().map(ModelUse::name).toList();
  }

  @Override
  public GeneratedSamples sample(SampleOptions options) {
    return EmbeddedCalls.call(
        () -> {
          if (!options.use().isEmpty()) {
            UseNames.find(trained.uses(), options.use(), "use");
          }
          Map<String, List<String>> texts = new LinkedHashMap<>();
          options.given().forEach((name, value) -> texts.put(name, List.of(value)));
          GivenInputs inputs =
              new GivenInputs(
                  options.use(),
                  texts,
                  "given ",
                  new GivenPictures(services.recipes(), note -> {})::read,
                  GivenInputs.shared(options.count()));
          return new SampleRequest(
                  options.count(),
                  options.seed().orElse(trained.seed()),
                  inputs,
                  false,
                  SamplingProgress.NONE)
              .draw(trained, ProgramSamples::of);
        });
  }

  @Override
  public Map<String, Double> evaluate(int count) {
    return EmbeddedCalls.call(() -> trained.evaluate(count).figures());
  }

  @Override
  public void close() {
    trained.close();
  }
}
