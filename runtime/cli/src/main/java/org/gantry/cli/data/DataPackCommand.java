package org.gantry.cli.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.cli.console.OutputFile;
import org.gantry.cli.services.CommandServices;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.DataInventory.FoundPicture;
import org.gantry.data.FileDataset;
import org.gantry.data.IndexedDataset;
import org.gantry.data.PackedImages;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Decodes, turns, crops and scales all pictures of a data set once. */
@Command(
    name = "pack",
    description =
        "Decode, turn, crop and scale all pictures of a data set, and write them into one file."
            + " image-folder reads it as it reads a folder, but opens it at once.",
    footer = {
      "Example:",
      "  gantry data pack my-pictures --set size=128 -o my-pictures.gantry-data",
      "  gantry train my.yaml --set data.image-folder.path=my-pictures.gantry-data"
    })
public final class DataPackCommand implements Runnable {

  private final CommandServices services;
  private final Console console;

  @Mixin private DatasetArguments arguments;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE" + PackedImages.ENDING,
      required = true,
      description = "The file to write.")
  private Path file;

  public DataPackCommand(CommandServices services, Console console) {
    this.services = services;
    this.console = console;
  }

  @Override
  public void run() {
    OutputFile output = new OutputFile("-o", file);
    output.ending(List.of(PackedImages.ENDING));
    output.requireWritable();
    IndexedDataset data = arguments.open(services, Map.of());
    if (data instanceof FileDataset files) {
      console.err().println("note: " + files.inventory().summary());
    }
    try {
      output.write(out -> PackedImages.write(out, data, names(data), arguments.description()));
      PackedImages packed = PackedImages.read(file);
      console
          .out()
          .printf(
              Locale.ROOT,
              "%s: %,d pictures of shape %s, sha256 %s%n",
              file,
              packed.size(),
              packed.fields().get(0).shape(),
              packed.sha256());
    } catch (UnusableComponentException e) {
      throw new InvalidInputException(e.getMessage(), "", e);
    }
  }

  private static List<String> names(IndexedDataset data) {
    return data instanceof FileDataset files
        ? files.inventory().pictures().stream().map(FoundPicture::name).toList()
        : IntStream.range(0, data.size()).mapToObj(Integer::toString).toList();
  }
}
