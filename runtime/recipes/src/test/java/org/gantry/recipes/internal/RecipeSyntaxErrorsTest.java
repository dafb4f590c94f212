package org.gantry.recipes.internal;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Errors in the YAML and the keys of recipes. */
class RecipeSyntaxErrorsTest {

  private static final String KEYS =
      "'name', 'data', 'prior', 'topology', 'networks', 'loss', 'regularizers', 'optimizer',"
          + " 'players', 'train', 'metrics', 'sampler', 'watchdogs', 'changes' and 'stages'.";

  @TempDir private Path folder;

  @Test
  void unclosedListsAreReportedWithTheirStart() {
    new RecipeTester(folder)
        .assertRefused(
            "data: [a, b\nloss: hinge",
            "recipe.yaml:2:5 | The list that begins at recipe.yaml:1:7 is not closed before this,"
                + " or a comma is missing. | Add ']' or a comma.");
  }

  @Test
  void unclosedMappingsAreReportedWithTheirStart() {
    new RecipeTester(folder)
        .assertRefused(
            "data: {a: 1",
            "recipe.yaml:1:12 | The mapping that begins at recipe.yaml:1:7 is not closed before"
                + " this, or a comma is missing. | Add '}' or a comma.");
  }

  @Test
  void tabsAreReported() {
    new RecipeTester(folder)
        .assertRefused(
            "networks:\n\tgenerator: mlp",
            "recipe.yaml:2:1 | There is a tab where YAML expects spaces. | Indent with spaces"
                + " only.");
  }

  @Test
  void secondColonsAreReported() {
    new RecipeTester(folder)
        .assertRefused(
            "data: points: 2",
            "recipe.yaml:1:13 | There is a ':' where YAML does not expect one. | Write one 'key:"
                + " value' on each line, with the same indentation; put a text that contains ': '"
                + " in quotes.");
  }

  @Test
  void linesWithoutAColonAreReported() {
    new RecipeTester(folder)
        .assertAdditionRefused(
            "loss hinge\n",
            "recipe.yaml:6:1 | This is not a 'key: value' line. | Write a colon and a space after"
                + " the key, and indent a value of several lines.");
  }

  @Test
  void linesWithDifferentIndentationAreReported() {
    new RecipeTester(folder)
        .assertRefused(
            "data: points\nnetworks:\n  generator: mlp\n discriminator: mlp\n",
            "recipe.yaml:4:2 | This line is not indented like the lines that it belongs to, which"
                + " begin at recipe.yaml:1:1. | Indent lines that belong together by the same"
                + " number of spaces.");
    new RecipeTester(folder)
        .assertRefused(
            "  data: points\n loss: hinge\n",
            "recipe.yaml:2:2 | This line is not indented like the lines above it. | Write top-level"
                + " keys at the start of the line.");
  }

  @Test
  void unclosedQuotesAreReportedWhereTheyOpen() {
    new RecipeTester(folder)
        .assertRefused(
            "data: \"points",
            "recipe.yaml:1:7 | The quotes that open here are not closed, or their text is invalid:"
                + " found unexpected end of stream. | Close the quotes.");
  }

  @Test
  void reservedCharactersAtTheStartOfAValueAreReported() {
    new RecipeTester(folder)
        .assertRefused(
            "data: @points",
            "recipe.yaml:1:7 | A value cannot begin with this character. | Put the value in"
                + " quotes.");
  }

  @Test
  void controlCharactersAreReported() {
    new RecipeTester(folder)
        .assertRefused(
            "data: points\nloss: hin\u0007ge",
            "recipe.yaml:2:10 | The character U+0007 is not allowed in YAML. | Delete it; it may be"
                + " invisible.");
  }

  @Test
  void anchorsAliasesTagsAndFurtherDocumentsAreRefused() {
    new RecipeTester(folder)
        .assertRefused(
            """
            data: &here points
            networks: {generator: mlp, discriminator: mlp}
            loss: *here
            sampler: !!str random
            ---
            more: 1
            """,
            "recipe.yaml:1:7 | The anchor '&here' is not allowed in a recipe. | Remove it.",
            "recipe.yaml:3:7 | The alias '*here' is not allowed in a recipe. | Write the value"
                + " out.",
            "recipe.yaml:3:7 | 'loss' expects one loss, not nothing. | Write 'NAME', or 'NAME:"
                + " {option: value}'.",
            "recipe.yaml:4:10 | The tag 'tag:yaml.org,2002:str' is not allowed in a recipe. |"
                + " Remove the tag.",
            "recipe.yaml:6:1 | A second YAML document begins here, but only one is allowed. |"
                + " Remove the line '---' and everything after it.");
  }

  @Test
  void excessiveNestingIsRefused() {
    new RecipeTester(folder)
        .assertRefused(
            "data: " + "[".repeat(100) + "]".repeat(100),
            "recipe.yaml:1:1 | This is not valid YAML: nested more than 50 deep. | ");
  }

  @Test
  void duplicateKeysAreRefusedWithBothPositions() {
    new RecipeTester(folder)
        .assertAdditionRefused(
            "loss: hinge\ntrain: {steps: 5, steps: 6}\nloss: non-saturating\n",
            "recipe.yaml:7:19 | The key 'steps' is written twice; the first is at recipe.yaml:7:9."
                + " | Remove one of the two.",
            "recipe.yaml:8:1 | The key 'loss' is written twice; the first is at recipe.yaml:6:1."
                + " | Remove one of the two.");
  }

  @Test
  void emptyFilesAreRefused() {
    new RecipeTester(folder)
        .assertRefused(
            "# nothing yet\n",
            "recipe.yaml:1:1 | The recipe is empty. | Begin with 'data: NAME', then 'networks:'.");
  }

  @Test
  void listsAreRefused() {
    new RecipeTester(folder)
        .assertRefused(
            "- data\n",
            "recipe.yaml:1:1 | A recipe consists of 'key: value' lines; this is a list. | Begin"
                + " with 'data: NAME', then 'networks:'.");
  }

  @Test
  void unknownKeysAreReportedWithTheNearestAndAllKeys() {
    new RecipeTester(folder)
        .assertAdditionRefused(
            "los: hinge\n",
            "recipe.yaml:6:1 | A recipe has no key 'los'. | Did you mean 'loss'? Its keys are "
                + KEYS);
  }

  @Test
  void dataAndNetworksAreRequired() {
    new RecipeTester(folder)
        .assertRefused(
            "loss: hinge\n",
            "recipe.yaml:1:1 | The recipe has no 'data': the data set, which real samples come"
                + " from. | Write 'data: NAME', where NAME is a data set.",
            "recipe.yaml:1:1 | The recipe has no 'networks': the architectures, by role, or by kind"
                + " for every role of that kind. | Write 'networks:', and below it, indented,"
                + " 'generator: NAME' and 'discriminator: NAME'.");
  }

  @Test
  void namesThatAreNotValidFolderNamesAreRefused() {
    new RecipeTester(folder)
        .assertAdditionRefused(
            "name: ../escape\n",
            "recipe.yaml:6:7 | 'name' expects letters, digits, '.', '_' and '-', not '../escape'. |"
                + " Run folders are named after it.");
  }
}
