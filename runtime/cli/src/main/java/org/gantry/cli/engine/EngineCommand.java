package org.gantry.cli.engine;

import ai.djl.engine.Engine;
import java.util.List;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.TextTable;
import org.gantry.cli.services.CommandServices;
import org.gantry.host.CommandInvocation;
import org.gantry.host.support.JsonText;
import org.gantry.tensor.ComputeDevice;
import org.gantry.tensor.ProcessorFeatures;
import org.gantry.tensor.ThreadCount;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows what the tensor engine is and what it can compute on. */
@Command(
    name = "engine",
    description = "Show the tensor engine, its libraries and the devices that it can compute on.",
    footer = {
      "",
      "A recipe chooses the device with train.device; by default it is the first device of CUDA"
          + " if there is one, and the processor if there is none.",
      "",
      "Example:",
      "  gantry engine",
      "  gantry engine use cuda   # what CUDA needs"
    })
public final class EngineCommand implements Runnable {

  private final CommandServices services;
  private final Console console;

  @Option(names = CommandInvocation.JSON, description = "Answer as JSON.")
  private boolean json;

  public EngineCommand(CommandServices services, Console console) {
    this.services = services;
    this.console = console;
  }

  @Override
  public void run() {
    services.engine().start(0);
    Engine engine = Engine.getInstance();
    String platform = System.getProperty("os.name") + " on " + System.getProperty("os.arch");
    List<String> devices = ComputeDevice.available().stream().map(ComputeDevice::name).toList();
    List<String> units = VectorUnits.in(ProcessorFeatures.ofThisMachine());
    int processors = Runtime.getRuntime().availableProcessors();
    if (json) {
      console
          .out()
          .println(
              JsonText.of(
                  JsonText.object(
                      "engine",
                      engine.getEngineName(),
                      "version",
                      engine.getVersion(),
                      "djl",
                      Engine.getDjlVersion(),
                      "libraries",
                      services.engine().libraries(),
                      "platform",
                      platform,
                      "devices",
                      devices,
                      "preferred",
                      ComputeDevice.preferred().name(),
                      "processors",
                      processors,
                      "threads",
                      ThreadCount.get(),
                      "vectorUnits",
                      units)));
      return;
    }
    console
        .out()
        .print(
            TextTable.plain(0)
                .row("engine", "%s %s".formatted(engine.getEngineName(), engine.getVersion()))
                .row("libraries", services.engine().libraries().toString())
                .row("platform", platform)
                .row(
                    "devices",
                    "%s; a new run uses %s"
                        .formatted(String.join(", ", devices), ComputeDevice.preferred()))
                .row("processors", Integer.toString(processors))
                .row("vector units", units.isEmpty() ? unknownUnits() : String.join(", ", units))
                .text(console.terminal().width(), false));
  }

  private static String unknownUnits() {
    String limit = System.getenv(ProcessorFeatures.LIMIT);
    return limit == null
        ? "unknown"
        : "at most those of " + limit + ", the limit of " + ProcessorFeatures.LIMIT;
  }
}
