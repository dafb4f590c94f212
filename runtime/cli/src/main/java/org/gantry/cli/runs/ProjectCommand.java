package org.gantry.cli.runs;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
import org.gantry.runs.samples.UserPictures;
import org.gantry.runs.search.CodeSearch;
import org.gantry.runs.search.FoundSample;
import org.gantry.runs.search.SearchSettings;
import org.gantry.runs.search.SearchTarget;
import org.gantry.runs.training.TrainedRun;
import org.gantry.runs.translation.ImagePixels;
import org.gantry.sampler.ModelUse;
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
      "Example:",
      "  gantry project runs/digits-001 --in my-digits --out projected"
    })
public final class ProjectCommand implements Callable<Integer> {

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
    try (TrainedRun trained = run.open(services, console);
        NDManager manager = trained.newManager()) {
      ModelUse use = arguments.use(trained);
      CodeSearch search = arguments.search(trained, use, manager, services, console);
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
          FoundSample found =
              search.find(
                  SearchTarget.whole(source.read(pictures, i)),
                  settings,
                  (step, steps) -> display.report(before + step, total),
                  console.interrupted());
          done.add(new Projected(files.get(i), found, made));
          write(done.get(i), trained.weights());
        }
      }
      report(trained, done);
      return done.size() == files.size() && !console.interrupted().getAsBoolean()
          ? ExitCode.DONE
          : ExitCode.INTERRUPTED;
    }
  }

  /** A picture with what was found for it. */
  private record Projected(TranslationFile file, FoundSample found, DatasetField made) {

    double error(double difference) {
      return difference / (made.high() - made.low());
    }

    Map<String, Object> object() {
      return JsonText.object(
          "in",
          file.source().toString(),
          "out",
          file.target().toString(),
          "error",
          error(found.difference()),
          "firstError",
          error(found.firstDifference()),
          "code",
          found.code());
    }
  }

  private static void write(Projected projected, String weights) {
    DatasetField made = projected.made();
    ImagePixels.of(made, projected.found().sample())
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
    TextTable table = TextTable.headed(0, "picture", "error", "of the best random code");
    for (Projected each : done) {
      table.row(
          each.file().target().toString(),
          percent(each.error(each.found().difference())),
          percent(each.error(each.found().firstDifference())));
    }
    console.out().print(table.text(console.terminal().width(), console.terminal().outColour()));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%s %%", NumberText.figure(100 * share));
  }
}
