package org.gantry.distribution.trials;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.gantry.export.ExportException;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.Recipes;
import org.gantry.recipes.text.InputProblem;
import org.gantry.recipes.text.RecipeException;
import org.gantry.tensor.ThreadCount;
import org.gantry.training.Session;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/**
 * Composes recipes and trains them for a few steps, inside the host and without a run folder. It is
 * packed as a bundle and registers itself as a function. The arguments are the path of a recipe and
 * changes of the form {@code path=value}. The result is "trained", "refused: REASON" or "failed:
 * REASON".
 */
public final class CompositionTrainer
    implements BundleActivator, BiFunction<String, List<String>, String> {

  private static final int STEPS = 2;

  private BundleContext context;

  @Override
  public void start(BundleContext started) {
    context = started;
    started.registerService(BiFunction.class, this, null);
  }

  @Override
  public void stop(BundleContext stopped) {}

  @Override
  public String apply(String recipe, List<String> changes) {
    ServiceReference<Recipes> reference = context.getServiceReference(Recipes.class);
    ComposedRecipe composed;
    try {
      composed = context.getService(reference).compose(recipe, changes(changes));
    } catch (RecipeException e) {
      return "refused: "
          + e.problems().stream().map(InputProblem::message).collect(Collectors.joining(" "));
    } catch (RuntimeException e) {
      return "failed: " + e;
    }
    ThreadCount.set(1);
    try (Session session = Session.open(composed.graph())) {
      return trained(session, composed.graph().roles());
    } catch (RuntimeException e) {
      return "failed: " + e;
    }
  }

  private static List<Recipes.Change> changes(List<String> changes) {
    List<Recipes.Change> parsed = new ArrayList<>();
    for (String change : changes) {
      int equals = change.indexOf('=');
      parsed.add(new Recipes.Change(change.substring(0, equals), change.substring(equals + 1)));
    }
    return parsed;
  }

  /** Trains and checks that every value is finite and every network with weights has changed. */
  private static String trained(Session session, List<String> roles) {
    Map<String, String> before = weights(session, roles);
    for (int step = 0; step < STEPS; step++) {
      for (Map.Entry<String, Double> value : session.step().entrySet()) {
        if (!Double.isFinite(value.getValue())) {
          return "failed: " + value + " in step " + step;
        }
      }
    }
    Map<String, String> after = weights(session, roles);
    for (String role : before.keySet()) {
      if (before.get(role).equals(after.get(role))) {
        return "failed: the weights of " + role + " have not changed";
      }
    }
    return "trained";
  }

  /** Returns a hash of each network's weights. A condition that is one-hot has none. */
  private static Map<String, String> weights(Session session, List<String> roles) {
    Map<String, String> weights = new HashMap<>();
    for (String role : roles) {
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      try {
        session.export(role).writeWeights(file);
      } catch (ExportException e) {
        continue;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      weights.put(role, java.util.Arrays.hashCode(file.toByteArray()) + " " + file.size());
    }
    return weights;
  }
}
