package org.gantry.cli.runs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.cli.console.OutputFile;
import org.gantry.cli.services.CommandServices;
import org.gantry.component.ComponentKind;
import org.gantry.export.ExportException;
import org.gantry.host.support.JsonText;
import org.gantry.recipes.Recipes.Change;
import org.gantry.runs.modules.ExportedModule;
import org.gantry.runs.training.SampleRequest;
import org.gantry.runs.training.TrainedRun;
import org.gantry.sampler.ModelInput;
import org.gantry.sampler.ModelUse;
import org.gantry.sampler.Sampler;
import org.gantry.training.BoundComponent;
import org.gantry.training.ComponentOrigin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Draws samples from a run or an exported network. */
@Command(
    name = "sample",
    description =
        "Draw samples from a run, or from an exported .pt file, and write a picture of them.",
    footer = {
      "Example:",
      "  gantry sample runs/digits-001 -n 100 -o digits.png",
      "  gantry sample runs/digits-001 -n 100 --each -o digits",
      "  gantry sample runs/digits-conditional-001 --given label=3,5,8",
      "  gantry sample runs/colorize-001 --given line=drawing.png",
      "  gantry sample runs/faces --arithmetic \"happy glasses - happy + sad\""
    })
public final class SampleCommand implements Runnable {

  private static final int SAMPLES = 64;
  private static final int RESULTS = 6;
  private static final String ARITHMETIC = "arithmetic";

  private final CommandServices services;
  private final Console console;

  @Mixin private RunArguments run;

  @Option(
      names = "-n",
      paramLabel = "N",
      description =
          "The number of samples; 64 by default. For --arithmetic the number of results; 6 by"
              + " default.")
  private Integer count;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE.png",
      description =
          "The picture; by default samples/seed-SEED.png in the run's folder, or FILE.png for"
              + " FILE.pt. FILE.gif shows the samples one after the other. The folder for --each.")
  private Path file;

  @Option(
      names = "--sampler",
      paramLabel = "NAME",
      description = "The sampler to use, such as random; short for --set sampler=NAME.")
  private String sampler;

  @Option(
      names = "--arithmetic",
      paramLabel = "TERMS",
      description =
          "Add and subtract the codes of what samples show, as in \"happy glasses - happy + sad\"."
              + " Terms name values of the data's labels, or words if samples are made of texts.")
  private String arithmetic;

  @Option(
      names = "--each",
      description = "Write each sample into a file of its own, in the folder -o.")
  private boolean each;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The seed of the samples; by default the run's own.")
  private Long seed;

  @Mixin private GivenArguments given;

  @Option(
      names = "--allow-operators",
      paramLabel = "NAME,...",
      split = ",",
      description =
          "Operators that a .pt file may use in addition to those of networks. A .pt file is a"
              + " program: allow only what you trust.")
  private Set<String> allowedOperators = new LinkedHashSet<>();

  public SampleCommand(CommandServices services, Console console) {
    this.services = services;
    this.console = console;
  }

  @Override
  public void run() {
    if (count != null && count < 1) {
      throw new InvalidInputException("-n %d: expected at least 1 sample".formatted(count), "");
    }
    if (file != null) {
      OutputFile output = new OutputFile("-o", file);
      if (!each) {
        output.ending(List.of(".png", ".gif"));
        output.requireWritable();
      } else if (Files.exists(file) && !Files.isDirectory(file)) {
        throw new InvalidInputException(
            "--each -o %s: expected a folder, not a file".formatted(file),
            "Name another folder with -o.");
      }
    } else if (each) {
      throw new InvalidInputException("--each: expected a folder for the samples", "Add -o DIR.");
    }
    if (arithmetic != null && sampler != null) {
      throw new InvalidInputException(
          "--arithmetic and --sampler are both ways to draw samples", "Leave one of them out.");
    }
    if (sampler != null) {
      run.set("sampler=" + sampler);
    }
    List<Path> written = Files.isRegularFile(run.path()) ? ofModule() : ofRun();
    written.forEach(console.out()::println);
  }

  private List<Path> ofRun() {
    try (TrainedRun trained = run.open(services, console)) {
      given.requireUse(trained.uses());
      long chosen = seed == null ? trained.composed().settings().seed() : seed;
      Path picture =
          file == null ? trained.folder().samples().resolve("seed-" + chosen + ".png") : file;
      BoundComponent<Sampler> drawing =
          arithmetic == null ? trained.composed().sampler() : arithmeticSampler(trained);
      int samples =
          arithmetic == null
              ? samples()
              : (count == null ? RESULTS : count) * Math.max(1, drawing.component().rowLength());
      console.err().printf("samples of step %d, %s%n", trained.step(), trained.weights());
      try (SamplingDisplay display = new SamplingDisplay(console, System::nanoTime)) {
        return new SampleRequest(
                samples, chosen, given.inputs(services, console, samples), each, display)
            .draw(trained, drawing, picture);
      }
    }
  }

  private int samples() {
    return count == null ? SAMPLES : count;
  }

  /** The sampler of the option, with the terms in the words of the data. */
  private BoundComponent<Sampler> arithmeticSampler(TrainedRun trained) {
    ArithmeticText text = new ArithmeticText(arithmetic);
    ModelUse use = given.find(trained.uses());
    List<String> terms =
        text.resolve(
            use.conditions().stream().map(ModelInput::field).findFirst(),
            trained.composed().graph().composition().dataset().component().fields());
    Sampler created =
        services
            .recipes()
            .create(
                ComponentKind.SAMPLER,
                ARITHMETIC,
                List.of(
                    new Change("terms", JsonText.of(terms)),
                    new Change("cache", JsonText.of(trained.folder().cache().toString()))),
                Sampler.class);
    console.err().printf("columns: %s, and '%s'%n", String.join(", ", text.columns()), arithmetic);
    return new BoundComponent<>(
        created,
        new ComponentOrigin(ComponentKind.SAMPLER, ARITHMETIC, "", "", List.of(), List.of(), ""));
  }

  private List<Path> ofModule() {
    Path module = run.path();
    String name = module.getFileName().toString();
    if (!name.toLowerCase(Locale.ROOT).endsWith(".pt")) {
      throw new InvalidInputException(
          module + ": expected the folder of a run, or a .pt file",
          "'gantry export RUN --to FILE.pt' writes such a file.");
    } else if (run.hasChanges() || arithmetic != null) {
      throw new InvalidInputException(
          "--set, --sampler, --arithmetic and --checkpoint apply to runs, not to exported networks",
          "Leave them out.");
    }
    Path picture =
        file == null ? module.resolveSibling(name.substring(0, name.length() - 3) + ".png") : file;
    try (SamplingDisplay display = new SamplingDisplay(console, System::nanoTime)) {
      services.engine().start(0);
      try (ExportedModule opened =
          ExportedModule.open(module, allowedOperators, services.recipes())) {
        given.requireUse(opened.uses());
        long chosen = seed == null ? opened.seed() : seed;
        return new SampleRequest(
                samples(), chosen, given.inputs(services, console, samples()), each, display)
            .draw(opened, picture);
      }
    } catch (ExportException e) {
      throw new InvalidInputException(e.getMessage(), "", e);
    }
  }
}
