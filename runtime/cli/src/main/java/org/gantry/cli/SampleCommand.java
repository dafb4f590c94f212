package org.gantry.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gantry.runs.Sampling;
import org.gantry.runs.TrainedRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Draws samples from a run. */
@Command(
    name = "sample",
    description = "Draw samples from a trained run and write a picture of them.",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExample:%n",
    footer = "  gantry sample runs/digits-001 -n 100 -o digits.png")
final class SampleCommand implements Runnable {

  private final Services services;
  private final Console console;

  @Mixin private RunArguments run;

  @Option(
      names = "-n",
      paramLabel = "N",
      defaultValue = "64",
      description = "How many samples; ${DEFAULT-VALUE} by default.")
  private int count;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE.png",
      description = "The picture; by default samples/seed-SEED.png in the run's folder.")
  private Path file;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The seed of the samples; by default the run's own.")
  private Long seed;

  SampleCommand(Services services, Console console) {
    this.services = services;
    this.console = console;
  }

  @Override
  public void run() {
    if (count < 1) {
      throw new WrongInput("-n %d: at least 1 sample was expected".formatted(count), "");
    }
    if (file != null) {
      OutputFile output = new OutputFile("-o", file);
      output.ending(List.of(".png"));
      output.check();
    }
    List<Path> written = new ArrayList<>();
    try (TrainedRun trained = run.open(services, console)) {
      long chosen = seed == null ? trained.composed().settings().seed() : seed;
      Path picture =
          file == null ? trained.folder().samples().resolve("seed-" + chosen + ".png") : file;
      written.addAll(new Sampling(count, chosen).draw(trained, picture));
    }
    written.forEach(console.out()::println);
  }
}
