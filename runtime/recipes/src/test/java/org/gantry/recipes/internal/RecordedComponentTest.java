package org.gantry.recipes.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.components.ComponentInfo;
import org.gantry.prior.Prior;
import org.gantry.recipes.text.RecipeException;
import org.gantry.training.BoundComponent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Components that are created from a resolved recipe, as for an exported network. */
class RecordedComponentTest {

  private static final String RECIPE =
      RecipeTester.SMALL
          + """
          prior:
            grid: {spacing: log-scale, points: codes/grid.txt, scales: [1, 0.5, 2e-4], name: "no"}
          """;

  @TempDir private Path folder;

  /** A prior with an enum, a path, a list and a text. */
  @Component(kind = ComponentKind.PRIOR, name = "grid", version = "2.1.0", summary = "a grid")
  static final class Grid implements Prior {

    enum Spacing {
      EVEN,
      LOG_SCALE
    }

    record Options(
        @Description("how codes are spaced") @DefaultValue("even") Spacing spacing,
        @Description("the codes") Path points,
        @Description("one for each axis") @DefaultValue("[1]") List<Double> scales,
        @Description("a name") @DefaultValue("grid") String name) {}

    private final Options options;

    Grid(Options options) {
      this.options = options;
    }

    @Override
    public Shape shape() {
      return new Shape(options.scales().size());
    }

    @Override
    public void draw(RandomGenerator random, FloatBuffer into) {
      while (into.hasRemaining()) {
        into.put(random.nextFloat());
      }
    }
  }

  private RecipeTester tester() {
    List<ComponentInfo> all = new ArrayList<>(FakeRegistry.standard().all());
    all.add(FakeRegistry.info(Grid.class, "test.grid"));
    return new RecipeTester(folder, new FakeRegistry(all));
  }

  @Test
  void enumsPathsAndListsAreBound() {
    String resolved = tester().compose(RECIPE).yaml();

    BoundComponent<Prior> prior =
        tester().service().createRecorded("digits.pt/recipe.yaml", resolved, "prior", Prior.class);

    assertEquals(
        new Grid.Options(
            Grid.Spacing.LOG_SCALE,
            folder.resolve("codes/grid.txt"),
            List.of(1.0, 0.5, 2e-4),
            "no"),
        ((Grid) prior.component()).options);
    assertEquals("prior/grid", prior.origin().label());
    assertEquals("2.1.0", prior.origin().version());
  }

  @Test
  void otherComponentsOfTheRecipeNeedNotBeInstalled() {
    String resolved = tester().compose(RECIPE).yaml();
    List<ComponentInfo> gridOnly = List.of(FakeRegistry.info(Grid.class, "test.grid"));
    RecipeService service = new RecipeTester(folder, new FakeRegistry(gridOnly)).service();

    Prior prior = service.createRecorded("a.pt", resolved, "prior", Prior.class).component();

    assertEquals(new Shape(3), prior.shape());
  }

  @Test
  void otherVersionsAreRefused() {
    assertEquals(
        List.of(
            "a.pt:1:8 | Version 2.0.0 of the prior 'grid' is required, but the installed"
                + " version is 2.1.0 of test.grid. | Install a bundle with that version, or change"
                + " the version after '@'."),
        refusal("prior: test.grid/grid@2.0.0\n"));
  }

  @Test
  void missingAndInvalidOptionsAreReportedWithTheirPosition() {
    assertEquals(
        List.of(
            "a.pt:2:3 | 'prior.grid' needs the option 'points' (the codes). | Add 'points: ...' to"
                + " its options; it is a file.",
            "a.pt:2:35 | 'prior.grid.spacing' expects even or log-scale, not 'odd'. | "),
        refusal("prior:\n  test.grid/grid@2.1.0: {spacing: odd}\n"));
  }

  @Test
  void textsWithoutTheKeyAreRefused() {
    assertEquals(List.of("a.pt:1:1 | The recipe has no 'prior'. | "), refusal("data: points\n"));
    assertTrue(refusal("prior: [\n").get(0).contains("is not closed"));
  }

  private List<String> refusal(String yaml) {
    RecipeTester tester = tester();
    return tester.lines(
        assertThrows(
            RecipeException.class,
            () -> tester.service().createRecorded("a.pt", yaml, "prior", Prior.class)));
  }
}
