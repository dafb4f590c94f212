package org.gantry.cli.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.cli.services.CommandServices;
import org.gantry.host.EngineLibrary;
import org.gantry.host.support.UserPaths;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Chooses the libraries of the tensor engine. */
@Command(
    name = "use",
    description = "Choose the libraries of the tensor engine, such as those for CUDA.",
    footer = {
      "",
      "The choice counts for all later commands of this user. Nothing is downloaded.",
      "",
      "Example:",
      "  gantry engine use ~/libtorch",
      "  gantry engine use bundled"
    })
public final class EngineUseCommand implements Runnable {

  private static final String BUNDLED = "bundled";
  private static final String CUDA = "cuda";

  private final CommandServices services;
  private final Console console;

  @Parameters(
      paramLabel = "FOLDER|bundled|cuda",
      description =
          "A folder with libraries, 'bundled' for the product's own, or 'cuda' to read what"
              + " CUDA needs.")
  private String choice;

  public EngineUseCommand(CommandServices services, Console console) {
    this.services = services;
    this.console = console;
  }

  @Override
  public void run() {
    String version = services.engine().version();
    if (choice.equals(CUDA) && !Files.isDirectory(UserPaths.of(choice))) {
      throw new InvalidInputException(
          "the libraries for CUDA are not part of this product and Gantry does not download them",
          "Unpack libtorch %s for CUDA 12.8 (build cu128), or install PyTorch %s for it in Python. Then run 'gantry engine use FOLDER' with the folder libtorch or torch."
              .formatted(version, version));
    }
    try {
      if (choice.equals(BUNDLED)) {
        EngineLibrary.chooseBundled(services.state());
        console.out().println("The engine uses the libraries of the product.");
        return;
      }
      EngineLibrary library = LibraryFolder.inspect(UserPaths.of(choice), version);
      library.choose(services.state());
      console
          .out()
          .println(
              "The engine uses version %s for %s in %s. 'gantry engine' shows its devices."
                  .formatted(library.version(), library.flavour(), library.folder()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
