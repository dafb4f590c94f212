package org.gantry.recipes.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.gantry.components.ComponentInfo;
import org.gantry.data.Dataset;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.OptionInfo;
import org.gantry.recipes.text.InputProblem;
import org.gantry.recipes.text.RecipeException;
import org.gantry.training.ComponentOrigin;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Components that are values of options. */
class ComponentValuesTest {

  private static final String NETWORKS = "networks: {generator: mlp, discriminator: mlp}\n";
  private static final String CROPPED =
      "data: {cropped: {of: {folder: {path: samples}}}}\n" + NETWORKS;
  private static final String JOINED =
      "data:\n  joined: {parts: [points, {cropped: {of: points}}]}\n" + NETWORKS;

  @TempDir private Path folder;
  private RecipeTester tester;

  @BeforeEach
  void createFolder() throws IOException {
    Files.createDirectories(folder.resolve("samples"));
    tester = new RecipeTester(folder, NestingComponents.registry());
  }

  private static Dataset data(ComposedRecipe composed) {
    return composed.graph().composition().dataset().component();
  }

  @Test
  void theyAreCreatedWithTheirOptions() {
    NestingComponents.Cropped outer =
        assertInstanceOf(NestingComponents.Cropped.class, data(tester.compose(CROPPED)));

    assertInstanceOf(TestComponents.Folder.class, outer.inner());
  }

  @Test
  void listsAndNestedRecordsHoldComponentsOfTheirOwn() {
    NestingComponents.Joined joined =
        assertInstanceOf(NestingComponents.Joined.class, data(tester.compose(JOINED)));

    assertEquals(2, joined.options().parts().size());
    assertInstanceOf(NestingComponents.Cropped.class, joined.options().parts().get(1));
    assertInstanceOf(TestComponents.Points.class, joined.options().other().of());
    assertNotSame(joined.options().parts().get(0), joined.options().other().of());
  }

  @Test
  void resolvedRecipesPinThemAndReadBack() {
    ComposedRecipe composed = tester.compose(CROPPED);

    assertTrue(
        composed
            .yaml()
            .replace(folder.toString(), "FOLDER")
            .contains(
                """
                data:
                  test.cropped/cropped@1.0.0:
                    of:
                      test.folder/folder@1.0.0: {path: FOLDER/samples, labels: ""}
                    share: 0.5
                    tokenizer:
                      test.words/words@1.1.0: {separator: blank}
                """),
        composed.yaml());
    assertEquals(composed.yaml(), tester.compose(composed.yaml()).yaml());
    Dataset recorded =
        tester.service().createRecorded("run", composed.yaml(), "data", Dataset.class).component();
    assertInstanceOf(NestingComponents.Cropped.class, recorded);
  }

  @Test
  void compositionsListThemAmongTheirComponents() {
    assertEquals(
        List.of("cropped", "folder", "words"),
        tester.compose(CROPPED).components().stream().map(ComponentInfo::name).limit(3).toList());
  }

  @Test
  void originsHoldThemByThePathOfTheirOption() {
    ComponentOrigin origin = tester.compose(JOINED).graph().composition().dataset().origin();

    assertEquals(
        List.of("parts[0]", "parts[1]", "parts[1].of", "parts[1].tokenizer", "other.of"),
        List.copyOf(origin.allParts().keySet()));
    assertEquals(folder + "/recipe.yaml:2:20", origin.parts().get("parts[0]").where());
    assertEquals("", origin.parts().get("other.of").where());
  }

  @Test
  void changesReachThem() {
    String yaml =
        tester
            .compose(
                CROPPED,
                "data.cropped.of.folder.labels=a.txt",
                "data.of.path=../samples",
                "data.tokenizer.separator=;")
            .yaml();
    assertTrue(yaml.contains("labels: " + folder + "/here/a.txt"), yaml);
    assertTrue(yaml.contains("test.words/words@1.1.0: {separator: \";\"}"), yaml);

    String joined =
        tester
            .compose(
                JOINED,
                "data.joined.parts[1].cropped.share=0.25",
                "data.parts[0]=three",
                "data.parts[+]=points",
                "data.other.of=three")
            .yaml();
    assertTrue(joined.contains("share: 0.25"), joined);
    assertTrue(joined.contains("      - test.three/three@1.0.0\n"), joined);
    assertTrue(joined.contains("of: test.three/three@1.0.0"), joined);
  }

  @Test
  void changesOfPinnedRecipesReachThem() {
    String resolved = tester.compose(CROPPED).yaml();
    String yaml =
        tester
            .compose(
                resolved, "data.cropped.of.folder.labels=a.txt", "data.cropped.tokenizer=words")
            .yaml();
    assertTrue(yaml.contains("labels: " + folder + "/here/a.txt"), yaml);
  }

  @Test
  void changesOfAnotherComponentAreRefused() {
    assertEquals(
        List.of(
            "--set data.cropped.of.three.path=x | The recipe has 'folder' there, not 'three'. |"
                + " Write 'data.cropped.of.folder.path', or put '--set data.cropped.of=three'"
                + " before it."),
        tester.problems(CROPPED, "data.cropped.of.three.path=x"));
  }

  @Test
  void unknownNamesAreReportedWithTheNearestOfTheirKind() {
    tester.assertRefused(
        "data: {cropped: {of: {foldr: {path: p}}}}\n" + NETWORKS,
        "recipe.yaml:1:23 | There is no dataset called 'foldr'. | Did you mean 'folder'? Installed"
            + " datasets: 'counted', 'cropped', 'endless', 'folder', 'joined', 'points' and"
            + " 'three'.");
    tester.assertRefused(
        "data: {cropped: {of: hinge}}\n" + NETWORKS,
        "recipe.yaml:1:22 | There is no dataset called 'hinge'; it is a loss. | Installed datasets:"
            + " 'counted', 'cropped', 'endless', 'folder', 'joined', 'points' and 'three'.");
    tester.assertRefused(
        "data: {cropped: {of: points, tokenizer: word}}\n" + NETWORKS,
        "recipe.yaml:1:41 | There is no tokenizer called 'word'. | Did you mean 'words'? Installed"
            + " tokenizer: 'words'.");
  }

  @Test
  void otherVersionsAreRefused() {
    tester.assertRefused(
        "data: {cropped: {of: points, tokenizer: 'words@[2,3)'}}\n" + NETWORKS,
        "recipe.yaml:1:41 | Version [2,3) of the tokenizer 'words' is required, but the"
            + " installed version is 1.1.0 of test.words. | Install a bundle with that version, or"
            + " change the version after '@'.");
  }

  @Test
  void missingAndInvalidOptionsOfThemAreReported() {
    tester.assertRefused(
        "data: {cropped: {of: {folder: {pth: p}}, share: 0}}\n" + NETWORKS,
        "recipe.yaml:1:23 | 'data.cropped.of.folder' needs the option 'path' (the folder). | Add"
            + " 'path: ...' to its options; it is a file.",
        "recipe.yaml:1:32 | 'data.cropped.of.folder' has no option 'pth'. | Did you mean 'path'?"
            + " Its options are 'path' and 'labels'.",
        "recipe.yaml:1:49 | 'data.cropped.share' must be greater than 0, not 0. | Its default is"
            + " 0.5.");
    tester.assertRefused(
        "data: cropped\n" + NETWORKS,
        "recipe.yaml:1:7 | 'data.cropped' needs the option 'of' (the data). | Add 'of: ...' to its"
            + " options; it is a dataset.");
    tester.assertRefused(
        "data: {joined: {parts: [points]}}\n" + NETWORKS,
        "recipe.yaml:1:24 | 'data.joined.parts' must have at least 2 elements, not 1. | ");
  }

  @Test
  void refusalsOfTheirConstructorsHaveTheirPosition() {
    tester.assertRefused(
        "data:\n  cropped:\n    of: {folder: {path: nowhere}}\n" + NETWORKS,
        "recipe.yaml:3:10 | 'data.cropped.of.folder' cannot be used: nowhere does not exist; name a"
            + " folder. | ");
  }

  @Test
  void componentsWithoutTheInterfaceOfTheOptionAreRefused() {
    tester.assertRefused(
        "data: {counted: {of: points}}\n" + NETWORKS,
        "recipe.yaml:1:22 | 'data.counted.of' expects a dataset that implements"
            + " org.gantry.data.IndexedDataset, and 'points' does not. | Installed datasets that"
            + " fit: 'three'.");
    assertInstanceOf(
        NestingComponents.Counted.class,
        data(tester.compose("data: {counted: {of: three}}\n" + NETWORKS)));
  }

  @Test
  void componentsWithoutTheRequiredPortsAreRefused() {
    tester.assertRefused(
        RecipeTester.SMALL + "regularizers: [{code: {encoder: blind}}]\n",
        "recipe.yaml:6:33 | 'regularizers[0].code.encoder' expects an encoder with the inputs"
            + " 'image' and the outputs 'latent', and 'blind' takes 'latent' and gives 'latent'. |"
            + " Installed encoders that fit: 'mlp'.");
    tester.compose(RecipeTester.SMALL + "regularizers: [{code: {encoder: mlp}}]\n");
  }

  @Test
  void defaultsThatHoldThemselvesAreRefused() {
    List<String> problems = tester.problems("data: endless\n" + NETWORKS);

    assertEquals(1, problems.size());
    assertTrue(
        problems.get(0).contains("is the 16th component within another one"), problems::toString);
  }

  @Test
  void missingDefaultsNameWhatIsNotInstalled() {
    RecipeTester lacking =
        new RecipeTester(folder, NestingComponents.registry().without("tokenizer", "words"));
    RecipeException refused =
        Assertions.assertThrows(
            RecipeException.class,
            () -> lacking.compose("data: {cropped: {of: points}}\n" + NETWORKS));

    assertEquals(
        List.of(
            "recipe.yaml:1:8 | The default of 'data.cropped.tokenizer' cannot be used: There is no"
                + " tokenizer called 'words'. | Set the option. No bundle with a tokenizer is"
                + " installed."),
        lacking.lines(refused));
    assertEquals(
        Optional.of(new InputProblem.UninstalledComponent("tokenizer", "words")),
        refused.problems().get(0).missing());
  }

  @Test
  void optionTablesStateTheirKind() {
    ComponentInfo joined =
        NestingComponents.registry().all().stream()
            .filter(c -> c.name().equals("joined"))
            .findFirst()
            .orElseThrow();
    assertEquals(
        List.of(
            new OptionInfo(
                "parts",
                "list of datasets",
                Optional.empty(),
                "at least 2 elements",
                "the data sets",
                Optional.of("dataset")),
            new OptionInfo(
                "other.of", "dataset", Optional.empty(), "", "the data", Optional.of("dataset")),
            new OptionInfo(
                "other.weight", "whole number", Optional.of("1"), "greater than 0", "how often")),
        tester.service().options(joined));
  }

  @Test
  void schemasReferToTheirKind() throws IOException {
    JsonNode definitions = new ObjectMapper().readTree(tester.service().jsonSchema()).get("$defs");
    JsonNode joined = definitions.get("dataset:test.joined:joined").get("properties");

    assertEquals("#/$defs/dataset", joined.at("/parts/items/$ref").asText());
    assertEquals(
        "#/$defs/tokenizer",
        definitions.at("/dataset:test.cropped:cropped/properties/tokenizer/$ref").asText());
    assertTrue(definitions.has("tokenizer"));
  }
}
