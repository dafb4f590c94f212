package org.gantry.recipes.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.gantry.recipes.Recipes.BundledRecipe;
import org.gantry.recipes.text.RecipeException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecipeFilesTest {

  @TempDir private Path folder;
  private Path bundled;

  @BeforeEach
  void bundleTwoRecipes() throws IOException {
    bundled = Files.createDirectories(folder.resolve("bundled"));
    Files.writeString(bundled.resolve("digits.yaml"), RecipeTester.SMALL);
    Files.writeString(bundled.resolve("ring.yaml"), "#\n#  A ring.\ndata: points\n");
    Files.writeString(bundled.resolve("README.md"), "no recipe");
  }

  private List<String> refusal(String recipe) {
    RecipeTester tester = new RecipeTester(folder);
    return tester.lines(
        assertThrows(RecipeException.class, () -> tester.service().compose(recipe, List.of())));
  }

  @Test
  void aFileThatIsTooLargeForARecipeIsRefused() throws IOException {
    Path large = Files.write(folder.resolve("large.yaml"), new byte[(1 << 20) + 1]);
    RecipeException refused =
        assertThrows(
            RecipeException.class,
            () -> new RecipeTester(folder).service().compose(large.toString(), List.of()));
    assertEquals(
        "The file " + large + " cannot be read: it has more than 1 MB, its limit.",
        refused.problems().get(0).message());
  }

  @Test
  void aListOfTooManyComponentsIsRefused() {
    String recipe = RecipeTester.SMALL + "regularizers:\n" + "  - noise\n".repeat(2000);
    assertEquals(
        "'regularizers' has 2000 components; expected at most 100.",
        assertThrows(RecipeException.class, () -> new RecipeTester(folder).compose(recipe))
            .problems()
            .get(0)
            .message());
  }

  @Test
  void bundledRecipesAreListedByNameWithTheirFirstLine() {
    assertEquals(
        List.of(
            new BundledRecipe("digits", "A small game.", bundled.resolve("digits.yaml")),
            new BundledRecipe("ring", "A ring.", bundled.resolve("ring.yaml"))),
        new RecipeTester(folder).service().bundled());
  }

  @Test
  void missingFoldersHaveNoRecipes() {
    assertEquals(List.of(), new RecipeFiles(folder.resolve("nowhere")).bundled());
  }

  @Test
  void bundledRecipesAreFoundByName() {
    assertEquals("digits", new RecipeTester(folder).service().compose("digits", List.of()).name());
  }

  @Test
  void unknownNamesAreReportedWithTheNearestAndAllNames() {
    assertEquals(
        List.of(
            "digit | There is no bundled recipe or file called 'digit'. | Did you mean"
                + " 'digits'? Bundled recipes: 'digits' and 'ring'."),
        refusal("digit"));
  }

  @Test
  void missingFilesAreReportedWithTheNearestFileAndBundledRecipe() throws IOException {
    Files.writeString(folder.resolve("digits2.yaml"), RecipeTester.SMALL);
    assertEquals(
        List.of(
            "digit.yaml | There is no file 'digit.yaml'. | Did you mean 'digits2.yaml'? The bundled"
                + " recipe is called 'digits'."),
        refusal(folder + "/digit.yaml"));
  }

  @Test
  void missingFoldersAreReported() {
    assertEquals(List.of("no/a.yaml | There is no folder no. | "), refusal(folder + "/no/a.yaml"));
  }

  @Test
  void foldersAreRefused() {
    assertEquals(
        List.of("./bundled | The file ./bundled cannot be read: it is a folder. | "),
        refusal(folder + "/./bundled"));
  }

  @Test
  void filesThatAreNotTextAreRefused() throws IOException {
    Files.write(folder.resolve("latin.yaml"), new byte[] {'#', (byte) 0xe4, '\n'});
    assertEquals(
        List.of("latin.yaml | The file latin.yaml is not UTF-8 text. | Save it as UTF-8."),
        refusal(folder + "/latin.yaml"));
  }

  @Test
  void byteOrderMarksAreIgnored() throws IOException {
    Files.writeString(folder.resolve("marked.yaml"), "\uFEFF" + RecipeTester.SMALL);
    RecipeTester tester = new RecipeTester(folder);
    assertEquals("marked", tester.service().compose(folder + "/marked.yaml", List.of()).name());
  }

  @Test
  void fileNamesBecomeValidRecipeNames() throws IOException {
    Files.writeString(folder.resolve("_my first, GAN.yaml"), RecipeTester.SMALL);
    RecipeTester tester = new RecipeTester(folder);
    String yaml = tester.service().compose(folder + "/_my first, GAN.yaml", List.of()).yaml();
    assertEquals("my-first-GAN", tester.compose(yaml).name());
  }
}
