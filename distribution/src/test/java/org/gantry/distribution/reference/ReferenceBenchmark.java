package org.gantry.distribution.reference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.gantry.distribution.Product;
import org.gantry.distribution.Product.CommandResult;

/**
 * Compares Gantry, as a user gets it, with a program in C++ on the same libtorch. The program can
 * work as public scripts do, or as an expert writes it: it then computes no gradient in vain and
 * updates all weights in one call. Both start from the same weights. They see the same batches at
 * first, and their losses have to agree there. Then all take turns for some rounds. Prints medians
 * and ratios, and writes them as JSON.
 *
 * <p>Settings: {@code -Dgames=ring,digits}, {@code -Drounds=3}, {@code -Dseconds=6}, {@code
 * -Dset=train.precision=bf16} for further changes of the recipes, and {@code
 * -Dlayout=channels-last} for the native program.
 */
public final class ReferenceBenchmark {

  /** The largest relative difference of losses. */
  private static final double TOLERANCE = 1e-3;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Product product;
  private final NativeProgram program;
  private final Path scratch;
  private final int rounds = Integer.getInteger("rounds", 3);
  private final double seconds = Double.parseDouble(System.getProperty("seconds", "6"));
  private final List<String> further = words("set");
  private final List<String> layout = words("layout");

  private ReferenceBenchmark(Product product, NativeProgram program, Path scratch) {
    this.product = product;
    this.program = program;
    this.scratch = scratch;
  }

  /** Measures the product in {@code -Dgantry.home}. */
  public static void main(String[] arguments) throws IOException {
    Path scratch = Files.createTempDirectory("gantry-reference");
    Path sources = Path.of(System.getProperty("gantry.sources"));
    Product product = Product.packed().inDirectory(scratch);
    // This unpacks libtorch, which the program is linked to.
    succeeded(product.run("engine"));
    NativeProgram program =
        NativeProgram.compile(
            sources.resolve("distribution/src/benchmark/native"), scratch.resolve("reference"));
    ReferenceBenchmark benchmark = new ReferenceBenchmark(product, program, scratch);
    List<String> chosen = words("games");
    Map<String, Object> results = new LinkedHashMap<>();
    System.out.println(
        "| work | script | expert | Gantry | to script | to expert | processor time, to expert |"
            + " peak memory, Gantry / native | losses differ by |");
    System.out.println("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    for (ReferenceGame game : ReferenceGame.all()) {
      if (chosen.isEmpty() || chosen.contains(game.name())) {
        results.put(game.name(), benchmark.measure(game));
      }
    }
    Path file = Path.of(System.getProperty("json", scratch.resolve("speed.json").toString()));
    Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(results));
    System.out.println("\n" + file);
  }

  private static void succeeded(CommandResult result) {
    if (result.exitCode() != 0) {
      throw new IllegalStateException(result.err());
    }
  }

  private static List<String> words(String property) {
    String all = System.getProperty(property, "");
    return all.isEmpty() ? List.of() : Arrays.asList(all.split(","));
  }

  private Map<String, Object> measure(ReferenceGame game) throws IOException {
    Path trace = scratch.resolve(game.name() + "-trace");
    List<String> words =
        new ArrayList<>(List.of("bench", game.recipe(), "--trace", trace.toString()));
    game.changes().forEach(change -> words.addAll(List.of("--set", change)));
    succeeded(product.run(words.toArray(String[]::new)));
    Path folder = Files.createDirectory(scratch.resolve(game.name()));
    game.write(trace, folder);
    List<JsonNode> scripts = new ArrayList<>();
    List<JsonNode> experts = new ArrayList<>();
    List<MeasuredTraining> trainings = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      scripts.add(JSON.readTree(program.train(folder, "script", seconds, layout)));
      trainings.add(
          MeasuredTraining.of(
              product, game, further, scratch.resolve(game.name() + "-run-" + round), seconds));
      experts.add(JSON.readTree(program.train(folder, "expert", seconds, layout)));
    }
    JsonNode losses =
        JSON.readTree(Files.readString(trace.resolve("losses.json"), StandardCharsets.UTF_8));
    int compared = game.comparedSteps();
    double difference =
        Math.max(
            lossDifference(losses, scripts.get(0), compared),
            lossDifference(losses, experts.get(0), compared));
    Map<String, Object> result = new LinkedHashMap<>();
    double script = median(scripts, run -> run.get("milliseconds").asDouble());
    double expert = median(experts, run -> run.get("milliseconds").asDouble());
    double gantry = median(trainings, MeasuredTraining::milliseconds);
    double processor =
        median(experts, run -> run.get("processorMilliseconds").asDouble())
            / median(trainings, MeasuredTraining::processorMilliseconds);
    result.put("scriptMilliseconds", script);
    result.put("expertMilliseconds", expert);
    result.put("gantryMilliseconds", gantry);
    result.put("toScript", script / gantry);
    result.put("toExpert", expert / gantry);
    result.put("processorTimeToExpert", processor);
    result.put("firstStepSeconds", median(trainings, MeasuredTraining::firstStepSeconds));
    double peak = median(trainings, MeasuredTraining::peakMebibytes);
    double nativePeak = median(experts, run -> run.get("peakMebibytes").asDouble());
    result.put("peakMebibytes", peak);
    result.put("nativePeakMebibytes", nativePeak);
    result.put("lossDifference", difference);
    System.out.printf(
        Locale.ROOT,
        "| %s | %.2f ms | %.2f ms | %.2f ms | %.2f | %.2f | %.2f | %.0f / %.0f MiB | %.0e%s |%n",
        game.name(),
        script,
        expert,
        gantry,
        script / gantry,
        expert / gantry,
        processor,
        peak,
        nativePeak,
        difference,
        difference > TOLERANCE ? ", too much" : "");
    return result;
  }

  /** The largest relative difference of the players' losses in the first steps. */
  private static double lossDifference(JsonNode losses, JsonNode run, int steps) {
    double most = 0;
    for (int step = 0; step < steps; step++) {
      double discriminator = 0;
      double generator = 0;
      for (Map.Entry<String, JsonNode> term : losses.get(step).properties()) {
        double value = term.getValue().asDouble();
        if (term.getKey().startsWith("generator/")) {
          generator += value;
        } else if (!term.getKey().endsWith("gradient-penalty")) {
          discriminator += value;
        }
      }
      JsonNode other = run.get("losses").get(step);
      most = Math.max(most, relative(discriminator, other.get(0).asDouble()));
      most = Math.max(most, relative(generator, other.get(1).asDouble()));
    }
    return most;
  }

  private static double relative(double a, double b) {
    return Math.abs(a - b) / Math.max(1, Math.abs(b));
  }

  private static <T> double median(List<T> runs, ToDoubleFunction<T> figure) {
    return runs.stream().mapToDouble(figure).sorted().toArray()[runs.size() / 2];
  }
}
