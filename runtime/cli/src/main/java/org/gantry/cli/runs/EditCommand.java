package org.gantry.cli.runs;

import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.ExitCode;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.cli.services.CommandServices;
import org.gantry.component.ComponentKind;
import org.gantry.constraint.Constraint;
import org.gantry.constraint.ConstraintCost;
import org.gantry.data.DatasetField;
import org.gantry.host.CommandInvocation;
import org.gantry.host.support.JsonText;
import org.gantry.host.support.UserPaths;
import org.gantry.recipes.ListedComponent;
import org.gantry.runs.editing.EditResult;
import org.gantry.runs.editing.EditSettings;
import org.gantry.runs.editing.PictureEditor;
import org.gantry.runs.training.TrainedRun;
import org.gantry.runs.translation.ImagePixels;
import org.gantry.sampler.ModelUse;
import org.gantry.search.CodeSearch;
import org.gantry.search.CodeSpace;
import org.gantry.search.FoundSample;
import org.gantry.search.SearchSettings;
import org.gantry.search.SearchTarget;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Edits a picture on the manifold of a generator. */
@Command(
    name = "edit",
    description =
        "Change a picture so that it obeys constraints, such as brushes, and still looks like one of"
            + " the generator's.",
    footer = {
      "The file of constraints has a list, such as:",
      "  constraints:",
      "    - colour: {mask: [{rectangle: [10, 10, 6, 6]}], colour: [0.9]}",
      "    - sketch: {mask: [{stroke: [4, 4, 20, 8, 24, 20], thickness: 2}]}",
      "    - warp: {mask: [{circle: [16, 8, 5]}], by: [3, 0]}",
      "",
      "The folder gets generated-01.png and so on, the best result first, the way to the best as",
      "path.png and path.gif, and edit.json with the codes. With --in it also gets edited-01.png and",
      "so on: the picture itself, in its own size and with its details, changed in the same way.",
      "",
      "Example:",
      "  gantry edit runs/digits-001 --constraints brush.yaml --out edited",
      "  gantry edit runs/faces-001 --in face.png --constraints smile.yaml --out edited"
    })
public final class EditCommand implements Callable<Integer> {

  private final CommandServices services;
  private final Console console;

  @Mixin private RunArguments run;

  @Option(
      names = "--in",
      paramLabel = "FILE",
      description = "The picture to edit; by default a random one of the generator, by --seed.")
  private String in;

  @Option(
      names = "--constraints",
      paramLabel = "FILE.yaml",
      required = true,
      description = "What the picture should be like.")
  private String constraints;

  @Option(names = "--out", paramLabel = "DIR", required = true, description = "The results.")
  private String out;

  @Mixin private SearchArguments arguments;

  @Option(
      names = "--smoothness",
      paramLabel = "R",
      defaultValue = "1",
      description =
          "How much the picture stays what it was, from 0: the weight of the distance of its code;"
              + " ${DEFAULT-VALUE} by default.")
  private double smoothness;

  @Option(
      names = "--realism",
      paramLabel = "R",
      defaultValue = "0.05",
      description =
          "The weight of the discriminator's judgement, from 0; ${DEFAULT-VALUE} by default.")
  private double realism;

  @Option(
      names = "--results",
      paramLabel = "N",
      defaultValue = "4",
      description =
          "The most results to choose from, 1 to 16; ${DEFAULT-VALUE} by default. Poor ones are left"
              + " out.")
  private int results;

  @Option(names = CommandInvocation.JSON, description = "Answer as JSON.")
  private boolean json;

  public EditCommand(CommandServices services, Console console) {
    this.services = services;
    this.console = console;
  }

  @Override
  public Integer call() {
    SearchSettings search = arguments.settings(0);
    requireWeight("--smoothness", smoothness);
    requireWeight("--realism", realism);
    if (results < 1 || results > 16) {
      throw InvalidInputException.expecting("--results " + results, "1 to 16", "");
    }
    List<ListedComponent<Constraint>> listed =
        services
            .recipes()
            .createList(UserPaths.of(constraints), ComponentKind.CONSTRAINT, Constraint.class);
    try (TrainedRun trained = run.open(services, console);
        NDManager manager = trained.newManager()) {
      ModelUse use = arguments.use(trained);
      DatasetField made = use.output();
      EditOutput output =
          new EditOutput(UserPaths.of(out).toAbsolutePath(), made, trained.weights())
              .requireWritable();
      CodeSpace space = arguments.space(trained, use, manager, services, console);
      Optional<SinglePicture> own =
          Optional.ofNullable(in)
              .map(file -> SinglePicture.open("--in " + file, file, made, services));
      EditedPicture picture = new EditedPicture(made, own, services);
      PictureEditor editor = new PictureEditor(space);
      EditResult result;
      try (SamplingDisplay display = new SamplingDisplay(console, System::nanoTime)) {
        float[] start =
            own.map(o -> project(space, search, o, display)).orElseGet(() -> space.draw(1)[0]);
        List<ConstraintCost> costs =
            picture.prepare(listed, editor.picture(start).values(), manager);
        result =
            editor.edit(
                start,
                costs,
                settings(search),
                (done, total, best) -> display.report(done, total),
                console.interrupted());
      }
      write(trained, editor, result, output, picture);
      return console.interrupted().getAsBoolean() ? ExitCode.INTERRUPTED : ExitCode.DONE;
    }
  }

  private static void requireWeight(String option, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw InvalidInputException.expecting(option + " " + value, "a number from 0", "");
    }
  }

  private EditSettings settings(SearchSettings search) {
    return new EditSettings(
        search.steps(),
        search.restarts(),
        search.rate(),
        smoothness,
        realism,
        EditSettings.PAPER.spread());
  }

  /** Finds the code whose sample comes closest to the user's picture. */
  private float[] project(
      CodeSpace space, SearchSettings settings, SinglePicture own, SamplingDisplay display) {
    FoundSample found =
        new CodeSearch(space)
            .find(SearchTarget.whole(own.values()), settings, display, console.interrupted());
    double range = space.output().high() - space.output().low();
    console
        .err()
        .printf(
            Locale.ROOT,
            "the generator's nearest picture differs from %s by %.1f %% (best random code: %.1f %%)%n",
            in,
            100 * found.difference() / range,
            100 * found.firstDifference() / range);
    return found.code();
  }

  private void write(
      TrainedRun trained,
      PictureEditor editor,
      EditResult result,
      EditOutput output,
      EditedPicture picture) {
    Optional<ImagePixels> ownSize = picture.own().map(SinglePicture::ownSize);
    List<EditOutput.WrittenResult> written =
        output.writeResults(editor, result, results, ownSize, picture.frame());
    Map<String, Object> summary =
        output.writeSummary(trained.step(), result, written, output.writePath(editor, result));
    if (json) {
      console.out().println(JsonText.of(summary));
      return;
    }
    console
        .out()
        .print(
            EditOutput.table(result, written)
                .text(console.terminal().width(), console.terminal().outColour()));
  }
}
