package org.gantry.cli.runs;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.ExitCode;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.cli.console.NumberText;
import org.gantry.cli.console.OutputFile;
import org.gantry.cli.console.TextTable;
import org.gantry.cli.services.CommandServices;
import org.gantry.data.DatasetField;
import org.gantry.data.FileDataset;
import org.gantry.data.IndexedDataset;
import org.gantry.host.CommandInvocation;
import org.gantry.host.support.JsonText;
import org.gantry.host.support.UserPaths;
import org.gantry.runs.training.TrainedRun;
import org.gantry.runs.translation.ImagePixels;
import org.gantry.runs.translation.UserPictures;
import org.gantry.sampler.ModelUse;
import org.gantry.search.CodeSearch;
import org.gantry.search.SearchSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Finds the codes of pictures. */
@Command(
    name = "project",
    description = "Find the codes whose samples come closest to pictures.",
    footer = {
      "For each picture NAME, the folder gets NAME.png, the sample that was found, and NAME.json with",
      "its code. Pictures are cropped and scaled to the size of the training. The error is the mean",
      "difference of a value, in percent of the range.",
      "",
      "A run that predicts codes, as one of digits-projected, begins at the predicted code. It also",
      "compares the error of this code with those of real pictures: a picture with a larger error than",
      "99 percent of them is probably unlike the data, and the command warns of it.",
      "",
      "Example:",
      "  gantry project runs/digits-001 --in my-digits --out projected",
      "  gantry project runs/digits-projected-001 --in my-digits --out projected --by predictor"
    })
public final class ProjectCommand implements Callable<Integer> {

  /** A picture with a larger error than so many percent of real ones is probably unlike them. */
  private static final double UNLIKELY = 99;

  private final CommandServices services;
  private final Console console;

  @Mixin private RunArguments run;

  @Option(
      names = "--in",
      paramLabel = "FILE",
      required = true,
      description = "A picture, or a folder of pictures.")
  private String in;

  @Option(names = "--out", paramLabel = "DIR", required = true, description = "The results.")
  private String out;

  @Option(
      names = "--by",
      paramLabel = "search|predictor|both",
      description =
          "How to find codes: by a search from random codes, by the run's predictor alone, or by a"
              + " search from the predicted code. By default both where the run has a predictor.")
  private String by;

  @Option(
      names = "--refuse-above",
      paramLabel = "PERCENT",
      description =
          "Write nothing for a picture whose predicted code has a larger error than that of PERCENT"
              + " of the data's pictures, and exit with 1.")
  private Double refuseAbove;

  @Mixin private SearchArguments arguments;

  @Option(names = CommandInvocation.JSON, description = "Answer as JSON.")
  private boolean json;

  public ProjectCommand(CommandServices services, Console console) {
    this.services = services;
    this.console = console;
  }

  @Override
  public Integer call() {
    SearchSettings settings = arguments.settings(0);
    Optional<ProjectionWay> wanted =
        Optional.ofNullable(by).map(word -> ChosenWord.of("--by", word, ProjectionWay.class));
    if (refuseAbove != null && !(refuseAbove >= 0 && refuseAbove <= 100)) {
      throw InvalidInputException.expecting(
          "--refuse-above " + refuseAbove, "a percentage from 0 to 100", "");
    }
    try (TrainedRun trained = run.open(services, console);
        NDManager manager = trained.newManager()) {
      ModelUse use = arguments.use(trained);
      CodeSearch search = arguments.search(trained, use, manager, services, console);
      CodeProjection projection =
          new CodeProjection(search, settings, way(wanted, search, trained), console.interrupted());
      DatasetField made = use.output();
      UserPictures source = new UserPictures("--in " + in, made, services.recipes());
      Path path = source.path(in);
      IndexedDataset pictures = source.open(path, made.shape().get(1), made.shape().get(2));
      if (!(pictures instanceof FileDataset inventory)) {
        throw new InvalidInputException("--in " + in + ": expected a folder of pictures", "");
      }
      List<TranslationFile> files =
          TranslationFile.find(path, inventory, UserPaths.of(out).toAbsolutePath());
      List<Projected> done = new ArrayList<>();
      try (SamplingDisplay display = new SamplingDisplay(console, System::nanoTime)) {
        for (int i = 0; i < files.size() && !console.interrupted().getAsBoolean(); i++) {
          long before = (long) i * settings.steps();
          long total = (long) files.size() * settings.steps();
          done.add(
              new Projected(
                  files.get(i),
                  projection.of(
                      source.read(pictures, i),
                      (step, steps) -> display.report(before + step, total)),
                  made));
          if (!isRefused(done.get(i))) {
            write(done.get(i), trained.weights());
          }
        }
      }
      report(trained, done);
      done.forEach(this::warn);
      if (done.size() < files.size() || console.interrupted().getAsBoolean()) {
        return ExitCode.INTERRUPTED;
      }
      return done.stream().anyMatch(this::isRefused) ? ExitCode.FAILED : ExitCode.DONE;
    }
  }

  /** The chosen way, or the best that the run offers. */
  private ProjectionWay way(Optional<ProjectionWay> wanted, CodeSearch search, TrainedRun trained) {
    boolean predicts = search.predictor().isPresent();
    ProjectionWay way = wanted.orElse(predicts ? ProjectionWay.BOTH : ProjectionWay.SEARCH);
    if (!predicts && (way.predicts() || refuseAbove != null)) {
      throw new InvalidInputException(
          "%s: %s has no network that predicts codes"
              .formatted(way.predicts() ? "--by " + by : "--refuse-above", trained.folder().path()),
          "Train a recipe with the topology code-predictor, such as digits-projected, or search with"
              + " '--by search'.");
    } else if (!way.predicts() && refuseAbove != null) {
      throw new InvalidInputException(
          "--refuse-above compares predicted codes, and '--by search' predicts none",
          "Leave one of them out.");
    }
    return way;
  }

  private boolean isRefused(Projected projected) {
    OptionalDouble percentile = projected.found().percentile();
    return refuseAbove != null && percentile.isPresent() && percentile.getAsDouble() > refuseAbove;
  }

  /** Warns of a picture that is unlike the data. */
  private void warn(Projected projected) {
    OptionalDouble percentile = projected.found().percentile();
    if (isRefused(projected)) {
      console
          .err()
          .printf(
              "refused: %s has a larger error than %s of the data's pictures%n",
              projected.file().source(), percent(percentile.getAsDouble() / 100));
    } else if (percentile.isPresent() && percentile.getAsDouble() > UNLIKELY) {
      console
          .err()
          .printf(
              "warning: %s has a larger error than %s of the data's pictures, so it is probably"
                  + " unlike them%n",
              projected.file().source(), percent(percentile.getAsDouble() / 100));
    }
  }

  /** A picture with what was found for it. */
  private record Projected(
      TranslationFile file, CodeProjection.Projection found, DatasetField made) {

    double error(double difference) {
      return difference / (made.high() - made.low());
    }

    Map<String, Object> object() {
      Map<String, Object> object =
          JsonText.object(
              "in",
              file.source().toString(),
              "out",
              file.target().toString(),
              "error",
              error(found.sample().difference()),
              "firstError",
              error(found.sample().firstDifference()),
              "code",
              found.sample().code());
      found.predictedError().ifPresent(e -> object.put("predictedError", error(e)));
      found.percentile().ifPresent(p -> object.put("percentile", p));
      return object;
    }
  }

  private static void write(Projected projected, String weights) {
    DatasetField made = projected.made();
    ImagePixels.of(made, projected.found().sample().sample())
        .write(made, weights, projected.file().target());
    Path text = Path.of(projected.file().target().toString().replaceFirst("\\.png$", ".json"));
    new OutputFile("--out", text).write(JsonText.of(projected.object()) + "\n");
  }

  private void report(TrainedRun trained, List<Projected> done) {
    if (json) {
      console
          .out()
          .println(
              JsonText.of(
                  JsonText.object(
                      "step",
                      trained.step(),
                      "pictures",
                      done.stream().map(Projected::object).toList())));
      return;
    }
    boolean predicted = done.stream().anyMatch(p -> p.found().predictedError().isPresent());
    TextTable table =
        predicted
            ? TextTable.headed(0, "picture", "error", "of the start", "of the predicted code")
            : TextTable.headed(0, "picture", "error", "of the best random code");
    for (Projected each : done) {
      List<String> row = new ArrayList<>();
      row.add(each.file().target().toString());
      row.add(percent(each.error(each.found().sample().difference())));
      row.add(percent(each.error(each.found().sample().firstDifference())));
      each.found().predictedError().ifPresent(e -> row.add(percent(each.error(e))));
      table.row(row.toArray(String[]::new));
    }
    console.out().print(table.text(console.terminal().width(), console.terminal().outColour()));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%s %%", NumberText.figure(100 * share));
  }
}
