package org.gantry.recipes.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.gantry.component.ComponentKind;
import org.gantry.components.ComponentInfo;
import org.gantry.recipes.OptionInfo;
import org.gantry.recipes.text.ProblemCollector;
import org.gantry.recipes.text.RecipeException;
import org.gantry.recipes.text.SourcePosition;
import org.gantry.recipes.text.YamlReader;
import org.gantry.recipes.text.YamlValue.Mapping;
import org.gantry.recipes.text.YamlValue.Scalar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecipeServiceTest {

  @TempDir private Path folder;

  private List<String> refusal(String kind, String reference) {
    RecipeTester tester = new RecipeTester(folder);
    return tester.lines(
        assertThrows(
            RecipeException.class, () -> tester.service().resolveComponent(kind, reference)));
  }

  @Test
  void recipesWithinAnotherTextKeepTheirPositions() {
    RecipeService service = new RecipeTester(folder).service();
    ProblemCollector problems = new ProblemCollector();
    SourcePosition start = SourcePosition.startOf("trial.yaml", folder);
    String text =
        "variant:\n"
            + RecipeTester.SMALL
                .lines()
                .skip(1)
                .map(l -> "  " + l + "\n")
                .reduce("", String::concat);
    Mapping trial = (Mapping) YamlReader.read(text, start, problems).orElseThrow();
    Mapping recipe = (Mapping) trial.get("variant").orElseThrow();
    assertEquals("trial", service.compose("trial", recipe, List.of()).name());
    Mapping wrong = recipe.with("loss", new Scalar("hing", true, start.atMark(9, 3)));
    RecipeException refused =
        assertThrows(RecipeException.class, () -> service.compose("trial", wrong, List.of()));
    assertEquals("trial.yaml:10:4", refused.problems().get(0).location());
  }

  @Test
  void nestedOptionsHaveDottedNames() {
    RecipeService service = new RecipeTester(folder).service();
    ComponentInfo noise = service.resolveComponent(ComponentKind.REGULARIZER, "instance-noise");
    assertEquals(
        List.of(
            new OptionInfo(
                "sigma", "number", Optional.of("0.5"), "at least 0", "standard deviation"),
            new OptionInfo(
                "schedule",
                "constant, linear or half-cosine",
                Optional.of("constant"),
                "",
                "how it falls"),
            new OptionInfo(
                "window.from", "number", Optional.of("0"), "between 0 and 1", "where it begins"),
            new OptionInfo(
                "window.to", "number", Optional.of("1"), "between 0 and 1", "where it ends")),
        service.options(noise));
  }

  @Test
  void optionsThatAreListsDescribeTheirElements() {
    RecipeService service = new RecipeTester(folder).service();
    OptionInfo layers =
        service
            .options(service.resolveComponent(ComponentKind.REGULARIZER, "weight-averaging"))
            .get(1);
    assertEquals("list of whole numbers", layers.type());
    assertEquals("1 to 3 elements, each greater than 0", layers.range());
  }

  @Test
  void componentsWithoutOptionsHaveAnEmptyTable() {
    RecipeService service = new RecipeTester(folder).service();
    assertEquals(
        List.of(), service.options(service.resolveComponent(ComponentKind.SAMPLER, "random")));
  }

  @Test
  void optionsWithoutADefaultAreRequired() {
    RecipeService service = new RecipeTester(folder).service();
    assertEquals(
        List.of(
            new OptionInfo(
                "rate", "number", Optional.empty(), "greater than 0", "the learning rate")),
        service.options(service.resolveComponent(ComponentKind.OPTIMIZER, "sgd")));
  }

  @Test
  void referencesAreResolvedInEveryForm() {
    RecipeService service = new RecipeTester(folder).service();
    for (String reference :
        List.of("hinge", "test.hinge/hinge", "hinge@1.2.0", "test.hinge/hinge@[1,2)")) {
      assertEquals("test.hinge", service.resolveComponent(ComponentKind.LOSS, reference).bundle());
    }
    assertEquals(
        "com.first.twin",
        service.resolveComponent(ComponentKind.LOSS, "com.first.twin/twin").bundle());
  }

  @Test
  void unresolvedReferencesAreReportedAsInARecipe() {
    assertEquals(
        List.of(
            "loss/hing | There is no loss called 'hing'. | Did you mean 'hinge'? Installed losses:"
                + " 'hinge', 'non-saturating' and 'twin'."),
        refusal(ComponentKind.LOSS, "hing"));
  }

  @Test
  void unknownKindsAreReportedWithTheNearestAndAllKinds() {
    assertEquals(
        List.of(
            "los/hinge | There is no kind of component called 'los'. | Did you mean 'loss'? Kinds:"
                + " 'condition', 'constraint', 'dataset', 'discriminator', 'encoder', 'generator', 'loss',"
                + " 'metric', 'optimizer', 'prior', 'regularizer', 'sampler', 'topology' and 'watchdog'."),
        refusal("los", "hinge"));
  }
}
