package org.gantry.cli.runs;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.cli.console.OutputFile;
import org.gantry.cli.services.CommandServices;
import org.gantry.component.ComponentKind;
import org.gantry.export.ExportException;
import org.gantry.export.NetworkExport;
import org.gantry.export.NetworkPort;
import org.gantry.runs.RunException;
import org.gantry.runs.modules.ExportMetadata;
import org.gantry.runs.samples.UseNames;
import org.gantry.runs.training.TrainedRun;
import org.gantry.sampler.ModelInput;
import org.gantry.sampler.ModelUse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Exports a network of a run to a file that other programs can read. */
@Command(
    name = "export",
    description = "Export a trained network to a file that other programs can read.",
    footer = {
      "FILE.pt is a TorchScript module, which libtorch and PyTorch can run; FILE.safetensors has"
          + " the",
      "weights only.",
      "",
      "Example:",
      "  gantry export runs/digits-001 --to digits.pt",
      "  gantry sample digits.pt -n 100 -o digits.png"
    })
public final class ExportCommand implements Runnable {

  private static final String MODULE = ".pt";
  private static final String WEIGHTS = ".safetensors";

  private final CommandServices services;
  private final Console console;

  @Mixin private RunArguments run;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "FILE",
      description = "The output file, which ends in .pt or .safetensors.")
  private Path file;

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      description =
          "The role of a single network. By default all networks of the use as one, such as a"
              + " generator and the encoding of its condition.")
  private String role;

  @Option(
      names = "--use",
      paramLabel = "NAME",
      description =
          "What the file should make, of what the topology can make; by default its first.")
  private String use;

  public ExportCommand(CommandServices services, Console console) {
    this.services = services;
    this.console = console;
  }

  @Override
  public void run() {
    OutputFile output = new OutputFile("--to", file);
    String ending = output.ending(List.of(MODULE, WEIGHTS));
    output.requireWritable();
    try (TrainedRun trained = run.open(services, console)) {
      Optional<ModelUse> whole = whole(trained);
      NetworkExport network = network(trained, whole);
      if (ending.equals(MODULE)) {
        Map<String, String> notes =
            whole
                .map(made -> ExportMetadata.notes(trained, made))
                .orElseGet(() -> ExportMetadata.notes(trained, role()));
        output.write(out -> network.writeModule(notes, out));
      } else {
        output.write(network::writeWeights);
      }
      console
          .err()
          .printf(
              "%s after step %d takes %s and returns %s%n",
              network.label(), trained.step(), text(network.takes()), text(network.gives()));
    } catch (ExportException e) {
      throw new InvalidInputException(e.getMessage(), "", e);
    }
    console.out().println(file);
  }

  /** The use to write as one module; empty to write a single network. */
  private Optional<ModelUse> whole(TrainedRun trained) {
    if (role != null && use != null) {
      throw new InvalidInputException("--role and --use exclude each other", "Name one of them.");
    }
    List<ModelUse> uses = trained.uses();
    if (role != null || uses.isEmpty()) {
      return Optional.empty();
    }
    if (use == null) {
      // A generator of codes alone is the network itself, under its own name.
      return uses.get(0).inputs().stream().anyMatch(ModelInput::fromData)
          ? Optional.of(uses.get(0))
          : Optional.empty();
    }
    return Optional.of(UseNames.find(uses, use, "--use"));
  }

  private String role() {
    return role == null ? ComponentKind.GENERATOR : role;
  }

  private NetworkExport network(TrainedRun trained, Optional<ModelUse> whole) {
    try {
      return whole.isPresent() ? trained.exportUse(whole.get()) : trained.export(role());
    } catch (RunException e) {
      throw new InvalidInputException(
          role == null ? e.getMessage() : "--role " + role + ": " + e.getMessage(), "", e);
    }
  }

  private static String text(List<NetworkPort> ports) {
    return ports.stream().map(NetworkPort::toString).collect(Collectors.joining(" and "));
  }
}
