package org.gantry.recipes.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.validation.constraints.Positive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.component.UnusableComponentException;
import org.gantry.constraint.Constraint;
import org.gantry.constraint.ConstraintCost;
import org.gantry.constraint.ConstraintSite;
import org.gantry.constraint.MaskShape;
import org.gantry.recipes.ListedComponent;
import org.gantry.recipes.text.RecipeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists of components in files of their own. */
final class ComponentListTest {

  /** Components for the lists. */
  static final class Constraints {

    /** A constraint with a mask. */
    @Component(kind = ComponentKind.CONSTRAINT, name = "brush", summary = "paints")
    static final class Brush implements Constraint {

      record Options(
          @Description("where it paints") List<MaskShape> mask,
          @Description("how much it counts") @DefaultValue("1") @Positive double weight) {}

      final Options options;

      Brush(Options options) {
        this.options = options;
      }

      @Override
      public ConstraintCost prepare(ConstraintSite site) {
        throw new UnsupportedOperationException();
      }
    }
  }

  @TempDir Path folder;

  private List<ListedComponent<Constraint>> create(String text) throws IOException {
    Path file = folder.resolve("brush.yaml");
    Files.writeString(file, text);
    return tester().service().createList(file, ComponentKind.CONSTRAINT, Constraint.class);
  }

  private RecipeTester tester() {
    return new RecipeTester(folder, FakeRegistry.standard().with(Constraints.class));
  }

  private void assertRefused(String text, String... problems) {
    RecipeException refused = assertThrows(RecipeException.class, () -> create(text));
    assertEquals(List.of(problems), tester().lines(refused));
  }

  @Test
  void componentsAreCreatedInOrderWithTheirPlaces() throws IOException {
    List<ListedComponent<Constraint>> created =
        create(
            """
            # Two of them.
            constraints:
              - brush: {mask: [{circle: [3, 4, 1]}, {picture: mask.png}], weight: 2}
              - brush:
                  mask: [{stroke: [1, 2, 3, 4], thickness: 3}]
            """);

    assertEquals(2, created.size());
    Constraints.Brush first = (Constraints.Brush) created.get(0).component();
    assertEquals(2, first.options.weight());
    assertEquals(MaskShape.circle(3, 4, 1), first.options.mask().get(0));
    assertEquals(folder.resolve("mask.png"), first.options.mask().get(1).picture());
    assertEquals("constraints[1].brush", created.get(1).path());
    assertEquals(
        "'constraints[1].brush' cannot be used: it is too small.",
        created.get(1).refusal(new UnusableComponentException("it is too small")).message());
    assertEquals(4, created.get(1).position().line());
  }

  @Test
  void eachProblemIsReportedAtItsPlace() {
    assertRefused(
        """
        constraints:
          - brush: {mask: [{circle: [3, 4]}]}
          - brush: {mask: [], weight: 0}
          - brsh: {}
        """,
        "brush.yaml:2:20 | 'constraints[0].brush.mask[0]': a circle is [column, row, radius]"
            + " with a radius above 0, not [3.0, 4.0]. | ",
        "brush.yaml:3:31 | 'constraints[1].brush.weight' must be greater than 0, not 0. | Its default"
            + " is 1.",
        "brush.yaml:4:5 | There is no constraint called 'brsh'. | Did you mean 'brush'? Installed"
            + " constraint: 'brush'.");
  }

  @Test
  void theKeyOfTheKindIsNeededWithAList() {
    String form = "Write 'constraints:', and below it '- NAME: {option: value}'.";
    assertRefused(
        "constraint: [brush]\n",
        "brush.yaml:1:1 | The file has no 'constraints'. | Did you mean 'constraints'? " + form);
    assertRefused("", "brush.yaml:1:1 | The file has no 'constraints'. | " + form);
    assertRefused(
        "constraints: []\n",
        "brush.yaml:1:14 | 'constraints' expects a list of at least one constraint, not an empty"
            + " list. | "
            + form);
    assertRefused(
        "constraints: [{brush: {mask: []}}]\nsteps: 3\n",
        "brush.yaml:2:1 | The file has no key 'steps'. | Its only key is 'constraints'.");
  }

  @Test
  void aMissingFileIsReported() {
    RecipeException refused =
        assertThrows(
            RecipeException.class,
            () ->
                tester()
                    .service()
                    .createList(
                        folder.resolve("none.yaml"), ComponentKind.CONSTRAINT, Constraint.class));

    assertEquals(List.of("none.yaml | There is no file 'none.yaml'. | "), tester().lines(refused));
  }
}
