package org.gantry.runs.training;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.gantry.component.ComponentKind;
import org.gantry.components.ComponentInfo;
import org.gantry.components.ComponentRegistry;
import org.gantry.components.KindDeclaration;
import org.gantry.components.PluginJar;
import org.gantry.loss.ScoreLoss;
import org.gantry.metric.Metric;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.ListedComponent;
import org.gantry.recipes.OptionInfo;
import org.gantry.recipes.Recipes;
import org.gantry.recipes.StagedRecipe;
import org.gantry.recipes.TrainSettings;
import org.gantry.recipes.text.YamlValue.Mapping;
import org.gantry.runs.RunFolder;
import org.gantry.runs.TrainingListener;
import org.gantry.sampler.Sampler;
import org.gantry.sampler.SamplingRequest;
import org.gantry.testkit.TinyGame;
import org.gantry.training.BoundComponent;
import org.gantry.training.ComponentOrigin;
import org.gantry.training.Composition;
import org.gantry.training.TrainingGraph;

/** A recipe of the tiny game, and recipes and registries that contain nothing else. */
public final class TinyRun {

  static final ComponentInfo LOSS =
      new ComponentInfo(
          "loss", "tried", "1.0.0", "", "", List.of(), List.of(), "testkit", "0.1.0", "Tried");

  /** The hash of all jars. */
  static final String SHA256 = "5a".repeat(32);

  private TinyRun() {}

  /** A loss that is always zero. */
  static final class ZeroLoss implements ScoreLoss {
    @Override
    public NDArray discriminatorLoss(NDArray real, NDArray fake) {
      return fake.mean().add(real.mean()).mul(0);
    }

    @Override
    public NDArray generatorLoss(NDArray fake) {
      return fake.mean().mul(0);
    }
  }

  /** A loss whose generator term is 0/0. */
  static final class NanLoss implements ScoreLoss {
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

  public static ComposedRecipe composed(ScoreLoss loss, Metric... metrics) {
    return composed(TinyGame.of(loss), metrics);
  }

  /** A recipe of a game. */
  public static ComposedRecipe composed(Composition game, Metric... metrics) {
    return new ComposedRecipe(
        "tiny",
        TrainingGraph.build(game),
        new TrainSettings(TinyGame.STEPS, TinyGame.BATCH, game.seed(), 4, 2, 3, 2, 600, 1),
        List.of(metrics).stream().map(m -> bound(ComponentKind.METRIC, m)).toList(),
        bound(ComponentKind.SAMPLER, (Sampler) TinyRun::sample),
        List.of(LOSS),
        "loss: tried\n");
  }

  /** The same composition with a generator of other shapes. */
  public static ComposedRecipe withWiderGenerator(ComposedRecipe composed) {
    Composition game =
        TinyGame.withNetwork(
            composed.graph().composition(),
            ComponentKind.GENERATOR,
            () -> new SequentialBlock().add(Linear.builder().setUnits(2).build()));
    return new ComposedRecipe(
        composed.name(),
        TrainingGraph.build(game),
        composed.settings(),
        composed.metrics(),
        composed.sampler(),
        composed.components(),
        composed.yaml());
  }

  public static <T> BoundComponent<T> bound(String kind, T component) {
    return new BoundComponent<>(
        component,
        new ComponentOrigin(kind, "tried", "1.0.0", "testkit 0.1.0", List.of(), List.of(), ""));
  }

  public static NDArray sample(SamplingRequest request) {
    return request.make();
  }

  /** Recipes that return one composition and check that the recipe of the folder is requested. */
  public static Recipes recipes(RunFolder folder, ComposedRecipe composed) {
    return recipes(
        (recipe, changes) -> {
          if (!Path.of(recipe).equals(folder.recipe()) || !changes.isEmpty()) {
            throw new AssertionError(recipe + " " + changes);
          }
          return composed;
        });
  }

  /** Recipes that can only compose. */
  public static Recipes recipes(
      BiFunction<String, List<Recipes.Change>, ComposedRecipe> composing) {
    return new Recipes() {
      @Override
      public <T> T create(String key, String reference, List<Change> options, Class<T> type) {
        throw new UnsupportedOperationException();
      }

      @Override
      public <T> List<ListedComponent<T>> createList(Path file, String kind, Class<T> type) {
        throw new UnsupportedOperationException();
      }

      @Override
      public ComposedRecipe compose(String recipe, List<Change> changes) {
        return composing.apply(recipe, changes);
      }

      @Override
      public ComposedRecipe compose(String name, Mapping recipe, List<Change> changes) {
        throw new UnsupportedOperationException();
      }

      @Override
      public Optional<StagedRecipe> composeStages(String recipe, List<Change> changes) {
        return Optional.empty();
      }

      @Override
      public ComposedRecipe composeStage(String recipe, String stage, Path runs) {
        throw new UnsupportedOperationException();
      }

      @Override
      public String withTrainedStage(String recipe, String stage, String trained) {
        throw new UnsupportedOperationException();
      }

      @Override
      public <T> BoundComponent<T> createRecorded(
          String source, String yaml, String key, Class<T> type) {
        throw new UnsupportedOperationException();
      }

      @Override
      public Recipes acceptingAnyVersion() {
        return this;
      }

      @Override
      public List<BundledRecipe> bundled() {
        throw new UnsupportedOperationException();
      }

      @Override
      public List<OptionInfo> options(ComponentInfo component) {
        throw new UnsupportedOperationException();
      }

      @Override
      public Optional<? extends Record> bindOptions(ComponentInfo component, Optional<Path> file) {
        throw new UnsupportedOperationException();
      }

      @Override
      public ComponentInfo resolveComponent(String kind, String reference) {
        throw new UnsupportedOperationException();
      }

      @Override
      public String jsonSchema() {
        throw new UnsupportedOperationException();
      }
    };
  }

  /** A registry of components in jars with one hash, which creates none of them. */
  public static ComponentRegistry installed(ComponentInfo... components) {
    return installed(
        component -> new PluginJar(component.bundle(), component.bundleVersion(), SHA256),
        components);
  }

  /** A registry of components, which creates none of them. */
  public static ComponentRegistry installed(
      Function<ComponentInfo, PluginJar> jars, ComponentInfo... components) {
    return new ComponentRegistry() {
      @Override
      public List<ComponentInfo> all() {
        return List.of(components);
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
        return jars.apply(component);
      }

      @Override
      public Optional<Class<? extends Record>> optionsType(ComponentInfo component) {
        throw new UnsupportedOperationException();
      }

      @Override
      public <T> T create(
          ComponentInfo component, Class<T> type, Optional<? extends Record> options) {
        throw new UnsupportedOperationException();
      }
    };
  }

  /** Trains to the end without a listener. */
  public static RunFolder train(Path path, ComposedRecipe composed) {
    RunFolder folder = RunFolder.create(path, composed);
    new TrainingRun(folder, composed).run(new TrainingListener() {}, () -> false);
    return folder;
  }

  public static TrainedRun reopen(RunFolder folder, ComposedRecipe composed) {
    return TrainedRun.open(folder.path(), recipes(folder, composed), installed(LOSS), List.of());
  }

  /** A metric with one constant figure. */
  public static Metric constant(String name, double value) {
    return evaluation -> Map.of(name, value);
  }
}
