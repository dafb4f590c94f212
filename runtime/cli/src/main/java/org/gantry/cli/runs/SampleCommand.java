package org.gantry.cli.runs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.cli.console.OutputFile;
import org.gantry.cli.services.CommandServices;
import org.gantry.runs.training.SampleRequest;
import org.gantry.runs.training.TrainedRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Draws samples from a run or an exported network. */
@Command(
    name = "sample",
    description =
        "Draw samples from a run, or from an exported .pt file, and write a picture of them.",
    footer = {"Example:", "  gantry sample runs/digits-001 -n 100 -o digits.png"})
public final class SampleCommand implements Runnable {

  private final CommandServices services;
  private final Console console;

  @Mixin private RunArguments run;

  @Option(
      names = "-n",
      paramLabel = "N",
      defaultValue = "64",
      description = "The number of samples; ${DEFAULT-VALUE} by default.")
  private int count;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE.png",
      description =
          "The picture; by default samples/seed-SEED.png in the run's folder, or FILE.png for"
              + " FILE.pt.")
  private Path file;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The seed of the samples; by default the run's own.")
  private Long seed;

  public SampleCommand(CommandServices services, Console console) {
    this.services = services;
    this.console = console;
  }

  @Override
  public void run() {
    if (count < 1) {
      throw new InvalidInputException("-n %d: expected at least 1 sample".formatted(count), "");
    }
    if (file != null) {
      OutputFile output = new OutputFile("-o", file);
      output.ending(List.of(".png"));
      output.requireWritable();
    }
    List<Path> written = Files.isRegularFile(run.path()) ? ofModule() : ofRun();
    written.forEach(console.out()::println);
  }

  private List<Path> ofRun() {
    try (TrainedRun trained = run.open(services, console)) {
      long chosen = seed == null ? trained.composed().settings().seed() : seed;
      Path picture =
          file == null ? trained.folder().samples().resolve("seed-" + chosen + ".png") : file;
      return new SampleRequest(count, chosen).draw(trained, picture);
    }
  }

  private List<Path> ofModule() {
    Path module = run.path();
    String name = module.getFileName().toString();
    if (!name.toLowerCase(Locale.ROOT).endsWith(".pt")) {
      throw new InvalidInputException(
          module + ": expected the folder of a run, or a .pt file",
          "'gantry export RUN --to FILE.pt' writes such a file.");
    } else if (run.hasChanges()) {
      throw new InvalidInputException(
          "--set and --checkpoint apply to runs, not to exported networks", "Leave them out.");
    }
    Path picture =
        file == null ? module.resolveSibling(name.substring(0, name.length() - 3) + ".png") : file;
    return new ModuleSampler(module).draw(services, count, seed, picture);
  }
}
