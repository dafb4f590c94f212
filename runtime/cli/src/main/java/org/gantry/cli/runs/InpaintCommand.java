package org.gantry.cli.runs;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.ExitCode;
import org.gantry.cli.console.OutputFile;
import org.gantry.cli.services.CommandServices;
import org.gantry.data.DatasetField;
import org.gantry.host.CommandInvocation;
import org.gantry.host.support.JsonText;
import org.gantry.host.support.UserPaths;
import org.gantry.runs.training.TrainedRun;
import org.gantry.runs.translation.ImagePixels;
import org.gantry.sampler.ModelUse;
import org.gantry.search.CodeSearch;
import org.gantry.search.FoundSample;
import org.gantry.search.SearchSettings;
import org.gantry.search.SearchTarget;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Fills in a part of a picture. */
@Command(
    name = "inpaint",
    description = "Fill in a part of a picture as the generator of a run would draw it.",
    footer = {
      "The search finds the sample that comes closest to the rest of the picture and looks real to the",
      "discriminator; its values fill the part. The picture is cropped and scaled to the size of the",
      "training.",
      "",
      "Example:",
      "  gantry inpaint runs/digits-001 --in seven.png --mask centre --out filled.png",
      "  gantry inpaint runs/faces-001 --in face.png --mask hole.png --out filled.png"
    })
public final class InpaintCommand implements Callable<Integer> {

  private final CommandServices services;
  private final Console console;

  @Mixin private RunArguments run;

  @Option(names = "--in", paramLabel = "FILE", required = true, description = "The picture.")
  private String in;

  @Option(
      names = "--mask",
      paramLabel = "FILE|" + PictureMask.CENTRE,
      required = true,
      description =
          "What to fill in: a picture of the same size that is white there and black elsewhere, or '"
              + PictureMask.CENTRE
              + "' for the square in the middle, of half the sides.")
  private String mask;

  @Option(names = "--out", paramLabel = "FILE.png", required = true, description = "The result.")
  private String out;

  @Mixin private SearchArguments arguments;

  @Option(
      names = "--realism",
      paramLabel = "R",
      defaultValue = "0.001",
      description =
          "The share of the discriminator's judgement in the search, from 0; ${DEFAULT-VALUE} by"
              + " default.")
  private double realism;

  @Option(names = CommandInvocation.JSON, description = "Answer as JSON.")
  private boolean json;

  public InpaintCommand(CommandServices services, Console console) {
    this.services = services;
    this.console = console;
  }

  @Override
  public Integer call() {
    SearchSettings settings = arguments.settings(realism);
    Path result = UserPaths.of(out).toAbsolutePath();
    OutputFile output = new OutputFile("--out", result);
    output.ending(List.of(".png"));
    output.requireWritable();
    try (TrainedRun trained = run.open(services, console);
        NDManager manager = trained.newManager()) {
      ModelUse use = arguments.use(trained);
      CodeSearch search = arguments.search(trained, use, manager, services, console);
      DatasetField made = use.output();
      SearchTarget target = new PictureMask(in, mask, made, services).target();
      FoundSample found;
      try (SamplingDisplay display = new SamplingDisplay(console, System::nanoTime)) {
        found = search.find(target, settings, display, console.interrupted());
      }
      ImagePixels.of(made, found.completed()).write(made, trained.weights(), result);
      double range = made.high() - made.low();
      console
          .err()
          .printf(
              Locale.ROOT,
              "the sample differs from the rest of the picture by %.1f %% (best random code: %.1f %%)%n",
              100 * found.difference() / range,
              100 * found.firstDifference() / range);
      console
          .out()
          .println(
              json
                  ? JsonText.of(
                      JsonText.object(
                          "out",
                          result.toString(),
                          "error",
                          found.difference() / range,
                          "firstError",
                          found.firstDifference() / range))
                  : result.toString());
      return console.interrupted().getAsBoolean() ? ExitCode.INTERRUPTED : ExitCode.DONE;
    }
  }
}
