package org.gantry.cli.runs;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.ExitCode;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.cli.console.OutputFile;
import org.gantry.cli.services.CommandServices;
import org.gantry.data.DatasetField;
import org.gantry.data.ValueType;
import org.gantry.host.CommandInvocation;
import org.gantry.host.support.JsonText;
import org.gantry.host.support.UserPaths;
import org.gantry.recipes.text.NearestName;
import org.gantry.runs.blending.BlendInput;
import org.gantry.runs.blending.BlendSettings;
import org.gantry.runs.blending.BlendSolver;
import org.gantry.runs.blending.ColourSource;
import org.gantry.runs.blending.NetworkColours;
import org.gantry.runs.blending.PictureBlender;
import org.gantry.runs.training.TrainedRun;
import org.gantry.runs.translation.ImagePixels;
import org.gantry.runs.translation.PictureTranslator;
import org.gantry.tensor.ComputeDevice;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Blends a part of one picture into another. */
@Command(
    name = "blend",
    description = "Blend a part of one picture into another, without a seam.",
    footer = {
      "The part keeps its details, and its colours become those of the background, or those that a",
      "blending network gives it. The foreground, its mask and the background can have any size.",
      "",
      "Example:",
      "  gantry blend --foreground boat.png --mask boat-mask.png --background sea.png --at 150,74 \\",
      "      --out blended.png",
      "  gantry blend --foreground a.png --mask m.png --background b.png --with runs/faces-blended-001 \\",
      "      --out blended.png"
    })
public final class BlendCommand implements Callable<Integer> {

  /** The weight of the background's colours, at which the part also keeps its larger contrasts. */
  private static final double BACKGROUND_WEIGHT = 0.05;

  /** The weight of the colours of a network, as in the paper. */
  private static final double NETWORK_WEIGHT = 1;

  private final CommandServices services;
  private final Console console;

  @Option(
      names = "--foreground",
      paramLabel = "FILE",
      required = true,
      description = "The picture that a part is taken from.")
  private String foreground;

  @Option(
      names = "--mask",
      paramLabel = "FILE",
      description =
          "The part: a picture of the size of the foreground, white where the part is, and black"
              + " elsewhere. Grey is in between. By default, what is opaque of the foreground.")
  private String mask;

  @Option(
      names = "--background",
      paramLabel = "FILE",
      required = true,
      description = "The picture that the part comes into.")
  private String background;

  @Option(
      names = "--at",
      paramLabel = "X,Y",
      defaultValue = "0,0",
      description =
          "Where the upper left corner of the foreground lies in the background, in pixels;"
              + " ${DEFAULT-VALUE} by default.")
  private String position;

  @Option(
      names = "--with",
      paramLabel = "RUN",
      description =
          "A run of a blending network, which decides the colours; by default they are those of the"
              + " background.")
  private Path run;

  @Option(
      names = "--out",
      paramLabel = "FILE.png",
      required = true,
      description = "The result, in the size of the background.")
  private String out;

  @Option(
      names = "--solver",
      paramLabel = "FORM",
      defaultValue = "code",
      description =
          "The form of the equation: code, as in the published program; least-squares, the paper's"
              + " objective; or screened, the screened Poisson equation; ${DEFAULT-VALUE} by"
              + " default.")
  private String solver;

  @Option(
      names = "--colour-weight",
      paramLabel = "W",
      description =
          "The weight of the colours against the details, above 0; by default 0.05, and 1 with a"
              + " run.")
  private Double colourWeight;

  @Option(names = CommandInvocation.JSON, description = "Answer as JSON.")
  private boolean json;

  public BlendCommand(CommandServices services, Console console) {
    this.services = services;
    this.console = console;
  }

  @Override
  public Integer call() {
    double weight =
        Optional.ofNullable(colourWeight).orElse(run == null ? BACKGROUND_WEIGHT : NETWORK_WEIGHT);
    if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
      throw InvalidInputException.expecting("--colour-weight " + weight, "a number above 0", "");
    }
    BlendSolver form = form();
    Path result = UserPaths.of(out).toAbsolutePath();
    OutputFile output = new OutputFile("--out", result);
    output.ending(List.of(".png"));
    output.requireWritable();
    BlendPictures pictures =
        new BlendPictures(foreground, background, Optional.ofNullable(mask), position, services);
    if (run == null) {
      services.engine().start(0);
      try (NDManager manager = ComputeDevice.preferred().newManager()) {
        BlendSettings settings = new BlendSettings(form, weight, BlendSettings.COARSE_SIDE);
        return blend(
            pictures.read(3),
            ColourSource.ofBackground(),
            settings,
            manager,
            result,
            Optional.empty());
      }
    }
    SelectedRun selected = new SelectedRun(run, Optional.empty(), List.of());
    try (TrainedRun trained = selected.open(services, console);
        NDManager manager = trained.newManager()) {
      PictureTranslator network =
          new BlendingNetwork(selected.path(), trained).open(manager, console);
      Shape shape = network.pictureField().shape();
      BlendInput input = pictures.read(Math.toIntExact(shape.get(0)));
      int side = Math.toIntExact(Math.max(shape.get(1), shape.get(2)));
      return blend(
          input,
          new NetworkColours(network),
          new BlendSettings(form, weight, side),
          manager,
          result,
          Optional.of(trained));
    }
  }

  private BlendSolver form() {
    List<String> names = Arrays.stream(BlendSolver.values()).map(BlendCommand::nameOf).toList();
    return Arrays.stream(BlendSolver.values())
        .filter(form -> nameOf(form).equals(solver))
        .findFirst()
        .orElseThrow(
            () ->
                InvalidInputException.expecting(
                    "--solver " + solver,
                    String.join(", ", names),
                    NearestName.find(solver, names)
                        .map(near -> "Did you mean '" + near + "'?")
                        .orElse("")));
  }

  private static String nameOf(BlendSolver form) {
    return form.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private int blend(
      BlendInput input,
      ColourSource colours,
      BlendSettings settings,
      NDManager manager,
      Path result,
      Optional<TrainedRun> trained) {
    ImagePixels blended;
    try (SamplingDisplay display = new SamplingDisplay(console, System::nanoTime)) {
      blended = new PictureBlender(manager, settings).blend(input, colours, display);
    }
    if (console.interrupted().getAsBoolean()) {
      return ExitCode.INTERRUPTED;
    }
    DatasetField range =
        new DatasetField("picture", ValueType.IMAGE, new Shape(1, 1, 1), 0, 1, List.of());
    String description = trained.map(TrainedRun::weights).orElse("blended with the background");
    blended.write(range, description, result);
    console.out().println(json ? JsonText.of(summary(blended, settings, result, trained)) : result);
    return ExitCode.DONE;
  }

  private static Map<String, Object> summary(
      ImagePixels blended, BlendSettings settings, Path result, Optional<TrainedRun> trained) {
    Map<String, Object> summary =
        JsonText.object(
            "out",
            result.toString(),
            "width",
            blended.width(),
            "height",
            blended.height(),
            "channels",
            blended.channels(),
            "levels",
            settings.halvings(Math.max(blended.width(), blended.height())) + 1,
            "solver",
            nameOf(settings.solver()),
            "colourWeight",
            settings.colourWeight());
    trained.ifPresent(run -> summary.put("step", run.step()));
    return summary;
  }
}
