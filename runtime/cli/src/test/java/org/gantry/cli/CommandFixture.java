package org.gantry.cli;

import ai.djl.ndarray.NDArray;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.gantry.cli.console.TerminalInfo;
import org.gantry.cli.services.CommandServices;
import org.gantry.cli.services.ExperimentSource;
import org.gantry.components.ComponentInfo;
import org.gantry.components.ComponentRegistry;
import org.gantry.components.KindDeclaration;
import org.gantry.components.PluginJar;
import org.gantry.data.Dataset;
import org.gantry.host.CommandInvocation;
import org.gantry.host.TensorEngine;
import org.gantry.loss.ScoreLoss;
import org.gantry.provisioning.PluginProvisioner;
import org.gantry.recipes.Recipes;
import org.gantry.sampler.Sampler;
import org.gantry.sampler.SamplingRequest;
import org.gantry.testkit.MeanDifferenceLoss;
import org.gantry.testkit.TinyGame;
import org.gantry.training.Composition;
import org.gantry.verification.PluginVerifier;
import org.gantry.verification.VerificationReport;

/** An installation with three components and one recipe, for tests of commands. */
public final class CommandFixture implements CommandServices {

  static final ComponentInfo HINGE =
      component("loss", "hinge", "The hinge loss, which stops pushing scores beyond 1.", "acme");
  static final ComponentInfo SMALL =
      component("generator", "small", "A small network.", "acme.nets");
  static final ComponentInfo SMALL_JUDGE =
      component("discriminator", "small", "A small network.", "acme.nets");

  static final ComponentInfo CODES = component("prior", "codes", "Codes.", "acme.nets");
  static final ComponentInfo RANDOM = component("sampler", "random", "Samples.", "acme.nets");

  /** The result of a command. */
  record CommandResult(int exitCode, String out, String err) {}

  private final List<ComponentInfo> installed = new ArrayList<>(List.of(SMALL_JUDGE, SMALL, HINGE));
  private final FakeProvisioner plugins = new FakeProvisioner();
  private final List<String> asked = new ArrayList<>();
  private final List<ExperimentSource> experiments = new ArrayList<>();
  private String hash = "5a".repeat(32);
  private ScoreLoss loss = new MeanDifferenceLoss();
  private VerificationReport verified = new VerificationReport("acme 1.0.0", List.of());
  private RuntimeException failure;
  private Function<List<Recipes.Change>, Dataset> datasets = options -> null;
  private Sampler sampler = CommandFixture::sample;
  private UnaryOperator<Composition> game = UnaryOperator.identity();
  private TerminalInfo terminal = TerminalInfo.NONE;
  private BooleanSupplier interrupted = () -> false;
  private Path program = Path.of("none");
  private Path state = Path.of("none");
  private List<Object> listed = List.of();

  CommandFixture install(ComponentInfo component) {
    installed.add(component);
    return this;
  }

  /** Adds an experiment of the product. */
  CommandFixture offer(ExperimentSource experiment) {
    experiments.add(experiment);
    return this;
  }

  CommandFixture playFor(ScoreLoss another) {
    loss = another;
    return this;
  }

  /** Sets the hash of the jars of all plugins. */
  CommandFixture ofContent(String sha256) {
    hash = sha256;
    return this;
  }

  /** Sets the report on any verified plugin. */
  CommandFixture finds(VerificationReport report) {
    verified = report;
    return this;
  }

  /** Makes every composition fail. */
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

  /** Sets the folder of the user's choices. */
  public CommandFixture storedIn(Path another) {
    state = another;
    return this;
  }

  /** Sets the launch script. */
  CommandFixture startedBy(Path another) {
    program = another;
    return this;
  }

  /** Sets the data set that commands create. */
  CommandFixture holding(Dataset another) {
    return holding(options -> another);
  }

  /** Sets the data set that commands create with some options. */
  CommandFixture holding(Function<List<Recipes.Change>, Dataset> others) {
    datasets = others;
    return this;
  }

  /** Sets the components that a file lists. */
  CommandFixture listing(Object... components) {
    listed = List.of(components);
    return this;
  }

  List<Object> listed() {
    return listed;
  }

  Dataset dataset(List<Recipes.Change> options) {
    return datasets.apply(options);
  }

  /** Sets the sampler of the recipe. */
  CommandFixture samplingWith(Sampler another) {
    sampler = another;
    return this;
  }

  Sampler sampler() {
    return sampler;
  }

  /** Changes the game of the recipe. */
  CommandFixture playing(UnaryOperator<Composition> change) {
    game = change;
    return this;
  }

  Composition game() {
    return game.apply(TinyGame.of(loss));
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

  List<ComponentInfo> installed() {
    return installed;
  }

  ScoreLoss loss() {
    return loss;
  }

  /** The failure of all recipes; null if they work. */
  RuntimeException failure() {
    return failure;
  }

  /** The recipes that were composed, each with its changes. */
  List<String> asked() {
    return asked;
  }

  @Override
  public PluginProvisioner provisioning() {
    return plugins;
  }

  /** The plugins, with a record of changes. */
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
      public List<KindDeclaration> addedKinds() {
        return List.of();
      }

      @Override
      public byte[] jarContent(KindDeclaration kind) {
        throw new UnsupportedOperationException();
      }

      @Override
      public Class<?> kindType(KindDeclaration kind) {
        throw new UnsupportedOperationException();
      }

      @Override
      public Class<?> type(ComponentInfo component) {
        throw new UnsupportedOperationException();
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
    return state;
  }

  @Override
  public PluginVerifier verifier() {
    return jar -> {
      asked.add("verify " + jar.getFileName());
      return verified;
    };
  }

  @Override
  public TensorEngine engine() {
    return new TensorEngine() {
      @Override
      public void start(int threads) {
        // Tests that need the engine start it themselves.
      }

      @Override
      public String version() {
        return "2.7.1";
      }

      @Override
      public Path libraries() {
        return Path.of("natives");
      }
    };
  }

  @Override
  public Recipes recipes() {
    return new FakeRecipes(this);
  }

  PluginJar jarOf(ComponentInfo component) {
    return new PluginJar(component.bundle(), component.bundleVersion(), hash);
  }

  static NDArray sample(SamplingRequest request) {
    return request.make();
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
}
