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
import org.gantry.cli.services.CommandServices;
import org.gantry.data.DatasetField;
import org.gantry.data.FileDataset;
import org.gantry.data.IndexedDataset;
import org.gantry.host.CommandInvocation;
import org.gantry.host.support.JsonText;
import org.gantry.host.support.UserPaths;
import org.gantry.runs.training.TrainedRun;
import org.gantry.runs.translation.ImagePixels;
import org.gantry.runs.translation.PictureTranslator;
import org.gantry.runs.translation.TranslationPlan;
import org.gantry.runs.translation.TranslationUses;
import org.gantry.runs.translation.UserPictures;
import org.gantry.sampler.ModelUse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Translates pictures of the user with a run. */
@Command(
    name = "translate",
    description = "Translate pictures of any size with the networks of a run.",
    footer = {
      "Pictures of another size than those of the training are translated as a whole if the",
      "networks allow it, and otherwise in overlapping tiles, which are blended.",
      "",
      "Example:",
      "  gantry translate runs/colorize-001 --in drawing.png --out coloured",
      "  gantry translate runs/horses --use to-zebras --in horses --out zebras"
    })
public final class TranslateCommand implements Callable<Integer> {

  private final CommandServices services;
  private final Console console;

  @Mixin private RunArguments run;

  @Option(
      names = "--in",
      paramLabel = "FILE",
      required = true,
      description = "A picture, or a folder of pictures.")
  private String in;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description =
          "The folder for the results: for each picture a PNG of the same name, which is replaced"
              + " if it exists.")
  private String out;

  @Option(
      names = "--use",
      paramLabel = "NAME",
      defaultValue = "",
      description = "The translation, if the run has several, such as to-zebras.")
  private String use;

  @Option(
      names = "--tile",
      paramLabel = "PIXELS",
      defaultValue = "1024",
      description =
          "The largest side that is translated as a whole; ${DEFAULT-VALUE} by default. Smaller"
              + " tiles need less memory.")
  private int tile;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The seed of the noise that some networks add; by default the run's own.")
  private Long seed;

  @Option(names = CommandInvocation.JSON, description = "Answer as JSON.")
  private boolean json;

  public TranslateCommand(CommandServices services, Console console) {
    this.services = services;
    this.console = console;
  }

  @Override
  public Integer call() {
    if (tile < 1) {
      throw InvalidInputException.expecting("--tile " + tile, "at least 1 pixel", "");
    }
    try (TrainedRun trained = run.open(services, console);
        NDManager manager = trained.newManager()) {
      ModelUse translation = TranslationUses.find(run.path(), trained.uses(), use, "--use");
      long chosen = seed == null ? trained.composed().settings().seed() : seed;
      UserPictures source =
          new UserPictures(
              "--in " + in,
              TranslationUses.picture(translation).orElseThrow().field(),
              services.recipes());
      Path path = source.path(in);
      DatasetField field = source.field();
      IndexedDataset found = source.open(path, field.shape().get(1), field.shape().get(2));
      if (!(found instanceof FileDataset inventory)) {
        throw new InvalidInputException("--in " + in + ": expected a folder of pictures", "");
      }
      List<TranslationFile> files =
          TranslationFile.find(path, inventory, UserPaths.of(out).toAbsolutePath());
      PictureTranslator translator =
          new PictureTranslator(trained.trainedModel(manager, chosen), translation, tile);
      console
          .err()
          .printf(
              "%s of %s by step %d, %s%n",
              translation.name(),
              inventory.inventory().summary(),
              trained.step(),
              trained.weights());
      new TranslationNotes(translator).of(files).forEach(console.err()::println);
      return translate(translator, source, files, trained);
    }
  }

  private int translate(
      PictureTranslator translator,
      UserPictures source,
      List<TranslationFile> files,
      TrainedRun trained) {
    long pieces = files.stream().mapToLong(f -> plan(translator, f).pieces()).sum();
    List<TranslationFile> done = new ArrayList<>();
    try (SamplingDisplay display = new SamplingDisplay(console, System::nanoTime)) {
      long[] made = {0};
      for (List<TranslationFile> group :
          TranslationFile.groups(
              files, f -> translator.isSmall(f.height(), f.width()), PictureTranslator.GROUP)) {
        if (console.interrupted().getAsBoolean()) {
          break;
        }
        List<ImagePixels> results =
            translator.translate(
                group.stream().map(file -> read(source, file)).toList(),
                () -> display.report(++made[0], pieces));
        for (int i = 0; i < group.size(); i++) {
          results.get(i).write(translator.resultField(), trained.weights(), group.get(i).target());
          done.add(group.get(i));
        }
      }
    }
    report(translator, trained, done);
    console
        .err()
        .printf(Locale.ROOT, "%,d of %,d pictures are in %s%n", done.size(), files.size(), out);
    return done.size() == files.size() ? ExitCode.DONE : ExitCode.INTERRUPTED;
  }

  /** Decodes a picture in its own size. */
  private static ImagePixels read(UserPictures source, TranslationFile file) {
    IndexedDataset picture = source.open(file.source(), file.height(), file.width());
    int channels = Math.toIntExact(source.field().shape().get(0));
    return new ImagePixels(channels, file.height(), file.width(), source.read(picture, 0));
  }

  private static TranslationPlan plan(PictureTranslator translator, TranslationFile file) {
    return translator.plan(file.height(), file.width());
  }

  private void report(
      PictureTranslator translator, TrainedRun trained, List<TranslationFile> done) {
    if (!json) {
      done.forEach(file -> console.out().println(file.target()));
      return;
    }
    List<Map<String, Object>> pictures =
        done.stream()
            .map(
                file -> {
                  TranslationPlan plan = plan(translator, file);
                  return JsonText.object(
                      "in", file.source().toString(),
                      "out", file.target().toString(),
                      "width", file.width(),
                      "height", file.height(),
                      "tiles", plan.pieces(),
                      "tileWidth", plan.pieceWidth(),
                      "tileHeight", plan.pieceHeight());
                })
            .toList();
    console
        .out()
        .println(JsonText.of(JsonText.object("step", trained.step(), "pictures", pictures)));
  }
}
