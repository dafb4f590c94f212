package org.gantry.cli.runs;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.ExitCode;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.cli.services.CommandServices;
import org.gantry.host.support.ErrorText;
import org.gantry.host.support.TextFiles;
import org.gantry.runs.RunException;
import org.gantry.serving.AccessToken;
import org.gantry.serving.FileModel;
import org.gantry.serving.ModelLocation;
import org.gantry.serving.RunModel;
import org.gantry.serving.ServingLimits;
import org.gantry.serving.ServingSettings;
import org.gantry.serving.server.ModelServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Serves runs and exported networks over HTTP. */
@Command(
    name = "serve",
    description = {
      "Answer requests for samples and translations over HTTP, until Ctrl-C or a termination signal.",
      "The page at the address shows the models. A newer checkpoint of a run replaces the one in",
      "service."
    },
    footer = {
      "Example:",
      "  gantry serve runs/digits-001",
      "  curl 'http://127.0.0.1:8080/models/digits-001/samples?count=16&seed=1' -o digits.png",
      "  gantry serve runs/colorize-001 digits.pt --host 0.0.0.0 --token-file token.txt"
    })
public final class ServeCommand implements Callable<Integer> {

  private static final int LARGEST_PORT = 65_535;
  private static final int LONGEST_TOKEN = 4096;
  private static final long LOOK_MILLIS = 100;
  private static final String MODULE = ".pt";

  private final CommandServices services;
  private final Console console;

  @Parameters(
      paramLabel = "RUN|FILE.pt",
      arity = "1..*",
      description = "The folders of runs, and exported networks. Their names are those of models.")
  private List<Path> places = new ArrayList<>();

  @Option(
      names = "--port",
      paramLabel = "P",
      defaultValue = "8080",
      description = "The port; ${DEFAULT-VALUE} by default, and 0 for any free one.")
  private int port;

  @Option(
      names = "--host",
      paramLabel = "H",
      defaultValue = "127.0.0.1",
      description =
          "The address to listen at; ${DEFAULT-VALUE} by default, which only this machine reaches."
              + " Others need --token-file.")
  private String host;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "A file with the token that requests have to state: one line of 16 or more.")
  private Path tokenFile;

  @Option(
      names = "--queue",
      paramLabel = "N",
      defaultValue = "64",
      description = "The most requests at once; others are refused. ${DEFAULT-VALUE} by default.")
  private int queue;

  @Option(
      names = "--max-samples",
      paramLabel = "N",
      defaultValue = "256",
      description = "The most samples of a request; ${DEFAULT-VALUE} by default.")
  private int maxSamples;

  @Option(
      names = "--max-pixels",
      paramLabel = "N",
      defaultValue = "4194304",
      description = "The most pixels of an uploaded picture; ${DEFAULT-VALUE} by default.")
  private int maxPixels;

  @Option(
      names = "--reload-every",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "How often to look for newer checkpoints; ${DEFAULT-VALUE} by default.")
  private int reloadEvery;

  @Option(
      names = "--allow-operators",
      paramLabel = "NAME,...",
      split = ",",
      description =
          "Operators that .pt files may use in addition to those of networks. A .pt file is a"
              + " program: allow only what you trust.")
  private Set<String> allowedOperators = new LinkedHashSet<>();

  public ServeCommand(CommandServices services, Console console) {
    this.services = services;
    this.console = console;
  }

  @Override
  public Integer call() {
    if (port < 0 || port > LARGEST_PORT) {
      throw InvalidInputException.expecting("--port " + port, "a number from 0 to 65535", "");
    }
    requirePositive("--queue", queue);
    requirePositive("--max-samples", maxSamples);
    requirePositive("--max-pixels", maxPixels);
    requirePositive("--reload-every", reloadEvery);
    ServingSettings settings =
        new ServingSettings(host, port, token(), limits(), Duration.ofSeconds(reloadEvery));
    List<ModelLocation> models = models();
    services.engine().start(0);
    try (ModelServer server =
        ModelServer.start(settings, models, services.recipes(), this::report)) {
      console.out().println(server.address());
      console.out().flush();
      awaitSignal();
      report("finishing the requests in flight");
    } catch (IOException e) {
      throw new InvalidInputException(
          "--host %s --port %d: %s".formatted(host, port, ErrorText.message(e)),
          "Choose another port with --port, or 0 for any free one.",
          e);
    } catch (RunException e) {
      throw new InvalidInputException(e.getMessage(), "", e);
    }
    return ExitCode.DONE;
  }

  private static void requirePositive(String option, int value) {
    if (value < 1) {
      throw InvalidInputException.expecting(option + " " + value, "at least 1", "");
    }
  }

  private ServingLimits limits() {
    ServingLimits usual = ServingLimits.USUAL;
    return new ServingLimits(
        queue, maxSamples, usual.uploadBytes(), maxPixels, usual.patience(), usual.stop());
  }

  private synchronized void report(String line) {
    console.err().println(line);
    console.err().flush();
  }

  private Optional<AccessToken> token() {
    if (tokenFile != null) {
      return Optional.of(readToken());
    }
    try {
      if (InetAddress.getByName(host).isLoopbackAddress()) {
        return Optional.empty();
      }
    } catch (UnknownHostException e) {
      throw new InvalidInputException(
          "--host %s: this machine does not know the name".formatted(host),
          "Name an address of this machine, such as 127.0.0.1 or 0.0.0.0.",
          e);
    }
    throw new InvalidInputException(
        "--host %s: other machines can reach this address, so requests need a token"
            .formatted(host),
        "Write a secret of at least %d characters into a file, such as with 'openssl rand -hex 32 >"
                .formatted(AccessToken.FEWEST)
            + " token.txt', and add --token-file token.txt.");
  }

  private AccessToken readToken() {
    try {
      return AccessToken.of(TextFiles.read(tokenFile, LONGEST_TOKEN).strip());
    } catch (IOException e) {
      throw new InvalidInputException(
          "--token-file %s: %s".formatted(tokenFile, ErrorText.of(e)), "", e);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(
          "--token-file %s: %s".formatted(tokenFile, e.getMessage()),
          "'openssl rand -hex 32 > %s' writes one.".formatted(tokenFile),
          e);
    }
  }

  private List<ModelLocation> models() {
    Map<String, ModelLocation> models = new LinkedHashMap<>();
    for (Path place : places) {
      ModelLocation model = model(place);
      ModelLocation earlier = models.put(model.name(), model);
      if (earlier != null) {
        throw new InvalidInputException(
            "%s and %s would both be the model '%s'"
                .formatted(earlier.label(), model.label(), model.name()),
            "Name each once, or rename one of them.");
      }
    }
    return List.copyOf(models.values());
  }

  private ModelLocation model(Path place) {
    Path found = RunLocation.find(place);
    String file = found.toAbsolutePath().normalize().getFileName().toString();
    if (!Files.isRegularFile(found)) {
      // A run with stages moves on to its next stage, so the folder is found again each time.
      RunLocation.findTrained(place);
      return new RunModel(
          name(file),
          () -> RunLocation.findTrained(place),
          services.recipes(),
          services.components());
    } else if (file.toLowerCase(Locale.ROOT).endsWith(MODULE)) {
      return new FileModel(
          name(file.substring(0, file.length() - MODULE.length())),
          found,
          allowedOperators,
          services.recipes());
    }
    throw new InvalidInputException(
        place + ": expected the folder of a run, or a .pt file",
        "'gantry export RUN --to FILE.pt' writes such a file.");
  }

  /** A name for addresses, in which other characters would be percent signs and numbers. */
  private static String name(String file) {
    return file.replaceAll("[^A-Za-z0-9._-]", "-");
  }

  private void awaitSignal() {
    try {
      while (!console.interrupted().getAsBoolean()) {
        Thread.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
