package org.gantry.recipes.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.gantry.component.ComponentKind;
import org.gantry.components.ComponentException;
import org.gantry.components.ComponentInfo;
import org.gantry.recipes.internal.format.ComponentResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Errors in the components that recipes name. */
class ComponentErrorsTest {

  @TempDir private Path folder;

  @Test
  void unknownComponentsAreReportedWithTheNearestAndAllOfTheirKind() {
    new RecipeTester(folder)
        .assertAdditionRefused(
            "loss: hing\n",
            "recipe.yaml:6:7 | There is no loss called 'hing'. | Did you mean 'hinge'? Installed"
                + " losses: 'hinge', 'non-saturating' and 'twin'.");
  }

  @Test
  void componentsOfAnotherKindAreReportedWithTheirKind() {
    new RecipeTester(folder)
        .assertAdditionRefused(
            "loss: adam\n",
            "recipe.yaml:6:7 | There is no loss called 'adam'; it is an optimizer. | Installed"
                + " losses: 'hinge', 'non-saturating' and 'twin'.");
  }

  @Test
  void ambiguousNamesMustBeQualified() {
    new RecipeTester(folder)
        .assertAdditionRefused(
            "loss: twin\n",
            "recipe.yaml:6:7 | The loss 'twin' exists in more than one bundle: com.first.twin 0.1.0"
                + " and com.second.twin 0.1.0. | At 'loss', write 'com.first.twin/twin' or"
                + " 'com.second.twin/twin' instead of 'twin'.");
  }

  @Test
  void bundlesWithoutTheComponentAreReported() {
    new RecipeTester(folder)
        .assertAdditionRefused(
            "loss: com.first.twin/hinge\nsampler: com.unknown/random\n",
            "recipe.yaml:6:7 | The bundle 'com.first.twin' has no loss 'hinge'. | Installed:"
                + " 'test.hinge/hinge'.",
            "recipe.yaml:7:10 | The bundle 'com.unknown' is not installed; it is expected to"
                + " have the sampler 'random'. | Installed: 'test.random/random'.");
  }

  @Test
  void versionsOutsideTheRangeAreReported() {
    new RecipeTester(folder)
        .assertAdditionRefused(
            "loss: hinge@[2,3)\n",
            "recipe.yaml:6:7 | Version [2,3) of the loss 'hinge' is required, but the"
                + " installed version is 1.2.0 of test.hinge. | Install a bundle with that"
                + " version, or change the version after '@'.");
  }

  @Test
  void versionsWithoutARangeAreExact() {
    new RecipeTester(folder)
        .assertAdditionRefused(
            "loss: hinge@1.1\n",
            "recipe.yaml:6:7 | Version 1.1 of the loss 'hinge' is required, but the"
                + " installed version is 1.2.0 of test.hinge. | Install a bundle with that"
                + " version, or change the version after '@'.");
  }

  @Test
  void invalidReferencesAreReportedWithTheValidForms() {
    new RecipeTester(folder)
        .assertAdditionRefused(
            "loss: hinge@new\n",
            "recipe.yaml:6:7 | 'hinge@new' does not name a loss. | Write NAME, BUNDLE/NAME,"
                + " NAME@1.2.0 or NAME@[1.2,2).");
  }

  @Test
  void missingDefaultComponentsAreReportedAsDefaults() {
    RecipeTester tester =
        new RecipeTester(folder, FakeRegistry.standard().without(ComponentKind.SAMPLER, "random"));
    assertEquals(
        List.of(
            "recipe.yaml:1:1 | The recipe names no sampler, and the default cannot be used."
                + " There is no sampler called 'random'. | Write 'sampler: NAME'. No bundle"
                + " with a sampler is installed."),
        tester.problems(RecipeTester.SMALL));
  }

  @Test
  void optionsNextToTheirComponentAreReportedWithTheRightNesting() {
    new RecipeTester(folder)
        .assertAdditionRefused(
            "loss:\n  hinge:\n  margin: 2\n",
            "recipe.yaml:7:3 | 'loss' expects one loss, not a mapping with 'hinge' and 'margin'. |"
                + " If 'hinge' is the component and the rest are its options, write 'hinge:"
                + " {margin: ...}'.");
  }

  @Test
  void keysForOneComponentRefuseListsAndNull() {
    new RecipeTester(folder)
        .assertAdditionRefused(
            "loss: [hinge]\noptimizer:\n",
            "recipe.yaml:6:7 | 'loss' expects one loss, not a list. | Write 'NAME', or 'NAME:"
                + " {option: value}'.",
            "recipe.yaml:7:11 | 'optimizer' expects one optimizer, not nothing. | Write 'NAME', or"
                + " 'NAME: {option: value}'.");
  }

  @Test
  void keysForSeveralComponentsAcceptOnlyLists() {
    new RecipeTester(folder)
        .assertAdditionRefused(
            "regularizers:\n  instance-noise: {sigma: 1}\nmetrics: count\n",
            "recipe.yaml:7:3 | 'regularizers' expects a list, not a mapping with 'instance-noise'."
                + " | Write each component on its own indented line, with '- ' before its name.",
            "recipe.yaml:8:10 | 'metrics' expects a list, not 'count'. | Write each component on"
                + " its own indented line, with '- ' before its name.");
  }

  @Test
  void architecturesOfAnUnclearKindAreRefused() {
    new RecipeTester(folder)
        .assertRefused(
            "data: points\nnetworks:\n  judge: mlp\n  maker: mpl\n  critic: picturs\n",
            "recipe.yaml:3:10 | 'mlp' is a generator, a discriminator and an encoder, and the role"
                + " 'judge' does not say which one is meant. | To choose it for every role of one"
                + " kind, write 'generator', 'discriminator' or 'encoder' instead of 'judge'.",
            "recipe.yaml:4:10 | There is no architecture called 'mpl'. | Did you mean 'mlp'?"
                + " Installed architectures: 'autoencoder', 'mlp', 'paintings' and 'pictures'.",
            "recipe.yaml:5:11 | There is no architecture called 'picturs'. | Did you mean"
                + " 'pictures'? Installed architectures: 'autoencoder', 'mlp', 'paintings' and 'pictures'.");
  }

  @Test
  void misspelledRolesAreReportedWithTheNearest() {
    new RecipeTester(folder)
        .assertRefused(
            "data: points\nnetworks:\n  generatr: mlp\n",
            "recipe.yaml:3:13 | 'mlp' is a generator, a discriminator and an encoder, and the role"
                + " 'generatr' does not say which one is meant. | Did you mean 'generator'? To"
                + " choose it for every role of one kind, write 'generator', 'discriminator' or"
                + " 'encoder' instead of 'generatr'.");
  }

  @Test
  void removedPluginsAndFullHeapsAreNotReportedAsBugs() {
    ComponentInfo component = FakeRegistry.standard().all().get(0);
    assertEquals(
        "Its plugin was removed or replaced in the meantime; try again.",
        ComponentResolver.fixFor(ComponentException.removed("It is gone"), component));
    assertEquals(
        "This is a bug in the bundle '%s'.".formatted(component.bundle()),
        ComponentResolver.fixFor(new ComponentException("It throws", null), component));
    OutOfMemoryError full = new OutOfMemoryError("Java heap space");
    assertTrue(
        ComponentResolver.fixFor(new ComponentException("It throws", full), component)
            .contains("raise the limit with GANTRY_OPTS=-Xmx"));
  }
}
