package org.gantry.cli.runs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.cli.console.OutputFile;
import org.gantry.cli.services.CommandServices;
import org.gantry.runs.training.SampleRequest;
import org.gantry.runs.training.TrainedRun;
import org.gantry.sampler.ModelInput;
import org.gantry.sampler.ModelUse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Walks between the codes, or between the conditions, of a run. */
@Command(
    name = "interpolate",
    description =
        "Walk between random codes of a run, or between conditions, and write a strip or an"
            + " animation of the samples on the way.",
    footer = {
      "Example:",
      "  gantry interpolate runs/digits-001",
      "  gantry interpolate runs/digits-001 --seeds 1,2,3,1 -n 40 -o walk.gif",
      "  gantry interpolate runs/digits-conditional-001 --given label=3 --to label=8"
    })
public final class InterpolateCommand implements Runnable {

  private static final String ANIMATION = ".gif";
  private static final int STRIP_STEPS = 10;
  private static final int ANIMATION_STEPS = 30;

  private final CommandServices services;
  private final Console console;

  @Mixin private RunArguments run;

  @Option(
      names = {"-n", "--steps"},
      paramLabel = "N",
      description =
          "The samples of each path, with both ends; by default 10, and 30 for an animation.")
  private Integer steps;

  @Option(
      names = "--paths",
      paramLabel = "N",
      description =
          "The number of paths, each a row of the picture; by default as many as --seeds or --to"
              + " name, or else 1.")
  private Integer paths;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The seed of the random codes; by default the run's own.")
  private Long seed;

  @Option(
      names = "--seeds",
      paramLabel = "N,...",
      split = ",",
      description =
          "The codes at the ends: each is the first code of 'gantry sample' with this --seed.")
  private List<Long> seeds = new ArrayList<>();

  @Mixin private GivenArguments given;

  @Option(
      names = "--to",
      paramLabel = "NAME=VALUE",
      description =
          "The value to which the walk leads from that of --given. Can be repeated, for a walk on."
              + " The code stays, unless --seeds names several.")
  private List<String> to = new ArrayList<>();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE.png",
      description =
          "The picture; by default samples/interpolation-SEED.png in the run's folder. FILE.gif"
              + " shows the samples one after the other.")
  private Path file;

  public InterpolateCommand(CommandServices services, Console console) {
    this.services = services;
    this.console = console;
  }

  @Override
  public void run() {
    if (steps != null && steps < 2) {
      throw InvalidInputException.expecting("-n " + steps, "at least 2 samples", "");
    } else if (paths != null && paths < 1) {
      throw InvalidInputException.expecting("--paths " + paths, "at least 1 path", "");
    }
    if (seeds.size() == 1 && to.isEmpty()) {
      throw InvalidInputException.expecting(
          "--seeds " + seeds.get(0), "at least 2 seeds", "Name the seed of each end.");
    }
    if (file != null) {
      OutputFile output = new OutputFile("-o", file);
      output.ending(List.of(".png", ANIMATION));
      output.requireWritable();
    }
    run.set("sampler=" + sampler());
    try (TrainedRun trained = run.open(services, console)) {
      requireWay(trained);
      long chosen = seed == null ? trained.composed().settings().seed() : seed;
      Path picture =
          file == null
              ? trained.folder().samples().resolve("interpolation-" + chosen + ".png")
              : file;
      console.err().printf("samples of step %d, %s%n", trained.step(), trained.weights());
      int each = steps();
      try (SamplingDisplay display = new SamplingDisplay(console, System::nanoTime)) {
        new SampleRequest(
                paths() * each,
                chosen,
                given.inputs(services, console, to, (sample, values) -> end(sample, each) % values),
                false,
                display)
            .draw(trained, picture)
            .forEach(console.out()::println);
      }
    }
  }

  private int steps() {
    boolean animated = file != null && file.toString().toLowerCase(Locale.ROOT).endsWith(ANIMATION);
    return steps != null ? steps : animated ? ANIMATION_STEPS : STRIP_STEPS;
  }

  private int paths() {
    Map<String, Long> ends =
        to.stream().collect(Collectors.groupingBy(t -> t.split("=", 2)[0], Collectors.counting()));
    long ofConditions = ends.values().stream().mapToLong(Long::longValue).max().orElse(1);
    return paths != null
        ? paths
        : Math.max(Math.toIntExact(ofConditions), Math.max(1, seeds.size() - 1));
  }

  /** The end of a path that a sample belongs to: the next one for the last sample of a path. */
  private static int end(int sample, int steps) {
    return sample / steps + (sample % steps == steps - 1 ? 1 : 0);
  }

  private String sampler() {
    String codes = seeds.isEmpty() ? "" : ", seeds: " + seeds;
    String conditions =
        to.isEmpty()
            ? ""
            : ", between-conditions: true" + (seeds.isEmpty() ? ", same-code: true" : "");
    return "{interpolation: {steps: %d%s%s}}".formatted(steps(), codes, conditions);
  }

  /** Checks that there is something between which a walk can lead. */
  private void requireWay(TrainedRun trained) {
    ModelUse use = given.find(trained.uses());
    if (use.codes().isEmpty() && use.conditions().isEmpty()) {
      throw new InvalidInputException(
          "%s has nothing to walk between: its %s is made of %s alone, which is neither a code nor"
                  .formatted(
                      run.path(),
                      use.name(),
                      use.inputs().stream()
                          .map(ModelInput::name)
                          .collect(Collectors.joining(" and ")))
              + " a condition",
          "'gantry translate' makes pictures of pictures.");
    }
  }
}
