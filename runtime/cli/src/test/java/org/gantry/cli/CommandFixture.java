package org.gantry.cli;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.gantry.cli.console.TerminalInfo;
import org.gantry.cli.services.CommandServices;
import org.gantry.cli.services.ExperimentSource;
import org.gantry.component.ComponentKind;
import org.gantry.components.ComponentInfo;
import org.gantry.components.ComponentRegistry;
import org.gantry.components.PluginJar;
import org.gantry.host.CommandInvocation;
import org.gantry.loss.ScoreLoss;
import org.gantry.metric.Metric;
import org.gantry.provisioning.PluginProvisioner;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.OptionInfo;
import org.gantry.recipes.Recipes;
import org.gantry.recipes.ScheduledChange;
import org.gantry.recipes.TrainSettings;
import org.gantry.recipes.text.InputProblem;
import org.gantry.recipes.text.RecipeException;
import org.gantry.recipes.text.YamlValue.Mapping;
import org.gantry.sampler.Sampler;
import org.gantry.sampler.TrainedModel;
import org.gantry.tensor.FloatArrays;
import org.gantry.testkit.MeanDifferenceLoss;
import org.gantry.testkit.TinyGame;
import org.gantry.training.BoundComponent;
import org.gantry.training.ComponentOrigin;
import org.gantry.training.Composition;
import org.gantry.training.TrainingGraph;
import org.gantry.verification.PluginVerifier;
import org.gantry.verification.VerificationReport;

/** A host with three components and one recipe, on which commands can be tried. */
public final class CommandFixture implements CommandServices {

  private static final String STEPS = ScheduledChange.STEPS;
  private static final Pattern PLANNED = Pattern.compile("after: (\\d+) set: '([^']+)' to: (\\S+)");
  private static final Map<String, String> RECIPE =
      Map.of(
          "loss",
          "hinge",
          STEPS,
          "8",
          "prior",
          "acme.nets/codes@1.1.0",
          "sampler",
          "acme.nets/random@1.1.0");

  static final ComponentInfo HINGE =
      component("loss", "hinge", "The hinge loss, which stops pushing scores beyond 1.", "acme");
  static final ComponentInfo SMALL =
      component("generator", "small", "A small network.", "acme.nets");
  static final ComponentInfo SMALL_JUDGE =
      component("discriminator", "small", "A small network.", "acme.nets");

  static final ComponentInfo CODES = component("prior", "codes", "Codes.", "acme.nets");
  static final ComponentInfo RANDOM = component("sampler", "random", "Samples.", "acme.nets");

  /** What a command did. */
  record CommandResult(int exitCode, String out, String err) {}

  private final List<ComponentInfo> installed = new ArrayList<>(List.of(SMALL_JUDGE, SMALL, HINGE));
  private final FakeProvisioner plugins = new FakeProvisioner();
  private final List<String> asked = new ArrayList<>();
  private final List<ExperimentSource> experiments = new ArrayList<>();
  private String hash = "5a".repeat(32);
  private ScoreLoss loss = new MeanDifferenceLoss();
  private VerificationReport verified = new VerificationReport("acme 1.0.0", List.of());
  private RuntimeException failure;
  private TerminalInfo terminal = TerminalInfo.NONE;
  private BooleanSupplier interrupted = () -> false;
  private Path program = Path.of("none");

  // ---- Setting the scene
  // -------------------------------------------------------------------------

  CommandFixture install(ComponentInfo component) {
    installed.add(component);
    return this;
  }

  /** An experiment that comes with the product. */
  CommandFixture offer(ExperimentSource experiment) {
    experiments.add(experiment);
    return this;
  }

  CommandFixture playFor(ScoreLoss another) {
    loss = another;
    return this;
  }

  /** The jars of all plugins are of this content from now on. */
  CommandFixture ofContent(String sha256) {
    hash = sha256;
    return this;
  }

  /** What is found out about any plugin. */
  CommandFixture finds(VerificationReport report) {
    verified = report;
    return this;
  }

  /** The recipes fail whatever they are asked. */
  CommandFixture fail(RuntimeException with) {
    failure = with;
    return this;
  }

  CommandFixture on(TerminalInfo another) {
    terminal = another;
    return this;
  }

  CommandFixture interruptedWhen(BooleanSupplier condition) {
    interrupted = condition;
    return this;
  }

  /** What is started for a process of its own. */
  CommandFixture startedBy(Path another) {
    program = another;
    return this;
  }

  /** Executes a command. */
  CommandResult run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    CommandDispatcher commands = new CommandDispatcher(this, invocation -> terminal, "1.2.3");
    int exitCode =
        commands.run(
            new CommandInvocation(
                List.of(arguments),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                interrupted));
    return new CommandResult(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** The recipes that were composed, each with its changes. */
  List<String> asked() {
    return asked;
  }

  // ---- The services
  // ------------------------------------------------------------------------------

  @Override
  public PluginProvisioner provisioning() {
    return plugins;
  }

  /** The plugins of this stage, and what was done to them. */
  FakeProvisioner plugins() {
    return plugins;
  }

  @Override
  public ComponentRegistry components() {
    return new ComponentRegistry() {
      @Override
      public List<ComponentInfo> all() {
        return List.copyOf(installed);
      }

      @Override
      public PluginJar jar(ComponentInfo component) {
        return jarOf(component);
      }

      @Override
      public Optional<Class<? extends Record>> optionsType(ComponentInfo component) {
        return Optional.empty();
      }

      @Override
      public <T> T create(ComponentInfo component, Class<T> type, Optional<? extends Record> o) {
        return type.cast(
            component.equals(CODES)
                ? TinyGame.of(loss).prior().component()
                : (Sampler) CommandFixture::sample);
      }
    };
  }

  @Override
  public Path launchScript() {
    return program;
  }

  @Override
  public List<ExperimentSource> experiments() {
    return experiments;
  }

  @Override
  public Path home() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Path state() {
    throw new UnsupportedOperationException();
  }

  @Override
  public PluginVerifier verifier() {
    return jar -> {
      asked.add("verify " + jar.getFileName());
      return verified;
    };
  }

  @Override
  public void startEngine() {
    // Tests that need it have it.
  }

  @Override
  public Recipes recipes() {
    return new Recipes() {
      @Override
      public List<BundledRecipe> bundled() {
        return List.of(
            new BundledRecipe("tiny", "Two players and a few points.", Path.of("tiny.yaml")));
      }

      @Override
      public Recipes acceptingAnyVersion() {
        return this;
      }

      @Override
      public ComposedRecipe compose(String recipe, List<Change> changes) {
        asked.add(recipe + changes.stream().map(c -> " " + c.path() + "=" + c.value()).toList());
        if (failure != null) {
          throw failure;
        }
        return composed(recipe, changes);
      }

      @Override
      public ComposedRecipe compose(String name, Mapping recipe, List<Change> changes) {
        return compose(name, changes);
      }

      @Override
      public <T> BoundComponent<T> createRecorded(
          String source, String yaml, String key, Class<T> type) {
        return installed.stream()
            .filter(c -> yaml.contains(key + ": " + c.qualifiedName() + "@" + c.version() + "\n"))
            .findFirst()
            .map(c -> bound(key, c.name(), components().create(c, type, Optional.empty())))
            .orElseThrow(
                () ->
                    new RecipeException(
                        List.of(new InputProblem(source, "There is none.", "Try another."))));
      }

      @Override
      public List<OptionInfo> options(ComponentInfo component) {
        return component.equals(HINGE)
            ? List.of(
                new OptionInfo(
                    "margin", "number", Optional.of("1"), "greater than 0", "where it stops"),
                new OptionInfo("file", "file", Optional.empty(), "", "what to read"))
            : List.of();
      }

      @Override
      public Optional<? extends Record> bindOptions(ComponentInfo component, Optional<Path> file) {
        throw new UnsupportedOperationException();
      }

      @Override
      public ComponentInfo resolveComponent(String kind, String reference) {
        return installed.stream()
            .filter(c -> c.kind().equals(kind))
            .filter(c -> c.name().equals(reference) || c.qualifiedName().equals(reference))
            .findFirst()
            .orElseThrow(
                () ->
                    new RecipeException(
                        List.of(
                            new InputProblem(
                                kind + "/" + reference, "There is none.", "Try another."))));
      }

      @Override
      public String jsonSchema() {
        return "{\"title\": \"recipe\"}";
      }
    };
  }

  /** What a resolved recipe says, changed; its text is a line for each entry. */
  private ComposedRecipe composed(String recipe, List<Recipes.Change> changes) {
    Map<String, String> entries = new TreeMap<>(RECIPE);
    if (Files.isRegularFile(Path.of(recipe))) {
      try {
        for (String line : Files.readAllLines(Path.of(recipe))) {
          String[] entry = line.split(": ", 2);
          entries.put(entry[0], entry[1]);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    changes.forEach(c -> entries.put(c.path(), c.value().replaceAll("\\s+", " ").strip()));
    StringBuilder text = new StringBuilder();
    entries.forEach((path, value) -> text.append(path + ": " + value + "\n"));
    List<ScheduledChange> schedule =
        PLANNED
            .matcher(entries.getOrDefault(ScheduledChange.KEY, ""))
            .results()
            .map(
                r ->
                    new ScheduledChange(
                        Long.parseLong(r.group(1)), new Recipes.Change(r.group(2), r.group(3))))
            .toList();
    return composed(
        Long.parseLong(entries.get(STEPS)),
        text.toString(),
        schedule,
        further -> composed(recipe, Stream.concat(changes.stream(), further.stream()).toList()));
  }

  private ComposedRecipe composed(
      long steps,
      String text,
      List<ScheduledChange> schedule,
      Function<List<Recipes.Change>, ComposedRecipe> changing) {
    Composition game = TinyGame.of(loss);
    return new ComposedRecipe(
        "tiny",
        TrainingGraph.build(game),
        new TrainSettings(steps, TinyGame.BATCH, game.seed(), 4, 2, 3, 2, 600, 1),
        List.of(bound(ComponentKind.METRIC, "spread", (Metric) e -> Map.of("deviation", 0.25))),
        bound(ComponentKind.SAMPLER, "random", (Sampler) CommandFixture::sample),
        List.of(HINGE),
        List.of(jarOf(HINGE)),
        text,
        List.of(),
        Map.of(),
        schedule,
        changing);
  }

  private PluginJar jarOf(ComponentInfo component) {
    return new PluginJar(component.bundle(), component.bundleVersion(), hash);
  }

  private static <T> BoundComponent<T> bound(String kind, String name, T component) {
    return new BoundComponent<>(
        component,
        new ComponentOrigin(kind, name, "1.0.0", "acme 1.0.0", List.of(), List.of(), ""));
  }

  private static NDArray sample(TrainedModel trained, int count) {
    Shape codes = new Shape(count, trained.prior().shape().get(0));
    return trained
        .apply(
            "generator",
            FloatArrays.fill(
                trained.manager(),
                codes,
                buffer -> trained.prior().draw(trained.randomStreams().at("codes"), buffer)))
        .get(0);
  }

  public static ComponentInfo component(String kind, String name, String summary, String bundle) {
    return new ComponentInfo(
        kind,
        name,
        "1.1.0",
        summary,
        "arXiv:1705.02894",
        List.of("image"),
        List.of("score"),
        bundle,
        "1.0.0",
        "Type");
  }

  /** Works on the zeros that a graph is tried with, and on nothing else. */
  static final class FailsAtTheFirstStep implements ScoreLoss {
    @Override
    public NDArray discriminatorLoss(NDArray real, NDArray fake) {
      if (real.countNonzero().getLong() > 0) {
        throw new IllegalStateException("the loss gave up");
      }
      return fake.mean().sub(real.mean());
    }

    @Override
    public NDArray generatorLoss(NDArray fake) {
      return fake.mean().neg();
    }
  }

  /** The generator's term is 0/0. */
  static final class NotANumber implements ScoreLoss {
    @Override
    public NDArray discriminatorLoss(NDArray real, NDArray fake) {
      return fake.mean().add(real.mean()).mul(0);
    }

    @Override
    public NDArray generatorLoss(NDArray fake) {
      NDArray zero = fake.mean().mul(0);
      return zero.div(zero);
    }
  }
}
