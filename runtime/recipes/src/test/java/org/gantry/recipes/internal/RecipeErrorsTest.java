package org.gantry.recipes.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.gantry.component.ComponentKind;
import org.gantry.components.ComponentException;
import org.gantry.components.ComponentInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecipeErrorsTest {

  private static final String KEYS =
      "'name', 'data', 'prior', 'topology', 'networks', 'loss', 'regularizers', 'optimizer',"
          + " 'players', 'train', 'metrics', 'sampler', 'watchdogs' and 'changes'.";

  @TempDir private Path folder;

  /** Expects these problems: where, what, and what to do. */
  private void assertRefused(String recipe, String... problems) {
    assertEquals(List.of(problems), new RecipeTester(folder).problems(recipe));
  }

  /** The same for what follows a recipe that is right; it begins in line 6. */
  private void assertAdditionRefused(String addition, String... problems) {
    assertRefused(RecipeTester.SMALL + addition, problems);
  }

  // ---- YAML

  @Test
  void aListThatIsNotClosedIsReportedWhereItEndsWithWhereItBegan() {
    assertRefused(
        "data: [a, b\nloss: hinge",
        "recipe.yaml:2:5 | The list that begins at recipe.yaml:1:7 is not closed before this,"
            + " or a comma is missing. | Add ']' or a comma.");
  }

  @Test
  void aMappingThatIsNotClosedIsReportedWhereItEndsWithWhereItBegan() {
    assertRefused(
        "data: {a: 1",
        "recipe.yaml:1:12 | The mapping that begins at recipe.yaml:1:7 is not closed before"
            + " this, or a comma is missing. | Add '}' or a comma.");
  }

  @Test
  void aPluginThatWasRemovedMeanwhileOrAHeapThatIsFullIsNobodysMistake() {
    ComponentInfo component = FakeRegistry.standard().all().get(0);
    assertEquals(
        "Its plugin was removed or replaced in the meantime; try again.",
        ComponentCreator.fixFor(ComponentException.removed("It is gone"), component));
    assertEquals(
        "This is a bug in the bundle '%s'.".formatted(component.bundle()),
        ComponentCreator.fixFor(new ComponentException("It throws", null), component));
    OutOfMemoryError full = new OutOfMemoryError("Java heap space");
    assertTrue(
        ComponentCreator.fixFor(new ComponentException("It throws", full), component)
            .contains("raise the limit with GANTRY_OPTS=-Xmx"));
  }

  @Test
  void aTabIsCalledATab() {
    assertRefused(
        "networks:\n\tgenerator: mlp",
        "recipe.yaml:2:1 | There is a tab where YAML expects spaces. | Indent with spaces only.");
  }

  @Test
  void aSecondColonIsReportedWhereItStands() {
    assertRefused(
        "data: points: 2",
        "recipe.yaml:1:13 | There is a ':' where YAML does not expect one. | Write one 'key:"
            + " value' on each line, with the same indentation; put a text that contains ': '"
            + " in quotes.");
  }

  @Test
  void aLineWithoutAColonIsReportedAtItsBeginning() {
    assertAdditionRefused(
        "loss hinge\n",
        "recipe.yaml:6:1 | This is not a 'key: value' line. | Write a colon and a space after"
            + " the key, and indent a value of several lines.");
  }

  @Test
  void aLineThatIsNotIndentedAsItsNeighboursIsReported() {
    assertRefused(
        "data: points\nnetworks:\n  generator: mlp\n discriminator: mlp\n",
        "recipe.yaml:4:2 | This line is not indented like the lines that it belongs to, which"
            + " begin at recipe.yaml:1:1. | Indent lines that belong together by the same"
            + " number of spaces.");
    assertRefused(
        "  data: points\n loss: hinge\n",
        "recipe.yaml:2:2 | This line is not indented like the lines above it. | Write top-level"
            + " keys at the start of the line.");
  }

  @Test
  void quotesThatAreNotClosedAreReportedWhereTheyOpen() {
    assertRefused(
        "data: \"points",
        "recipe.yaml:1:7 | The quotes that open here are not closed, or their text is invalid:"
            + " found unexpected end of stream. | Close the quotes.");
  }

  @Test
  void aReservedCharacterAtTheStartOfAValueIsReported() {
    assertRefused(
        "data: @points",
        "recipe.yaml:1:7 | A value cannot begin with this character. | Put the value in quotes.");
  }

  @Test
  void aControlCharacterIsReportedWhereItStands() {
    assertRefused(
        "data: points\nloss: hin\u0007ge",
        "recipe.yaml:2:10 | The character U+0007 is not allowed in YAML. | Delete it; it may be"
            + " invisible.");
  }

  @Test
  void anchorsAliasesTagsAndFurtherDocumentsAreRefused() {
    assertRefused(
        """
        data: &here points
        networks: {generator: mlp, discriminator: mlp}
        loss: *here
        sampler: !!str random
        ---
        more: 1
        """,
        "recipe.yaml:1:7 | The anchor '&here' is not allowed in a recipe. | Remove it.",
        "recipe.yaml:3:7 | The alias '*here' is not allowed in a recipe. | Write the value out.",
        "recipe.yaml:3:7 | 'loss' expects one loss, not nothing. | Write 'NAME', or 'NAME:"
            + " {option: value}'.",
        "recipe.yaml:4:10 | The tag 'tag:yaml.org,2002:str' is not allowed in a recipe. |"
            + " Remove the tag.",
        "recipe.yaml:6:1 | A second YAML document begins here, but only one is allowed. |"
            + " Remove the line '---' and everything after it.");
  }

  @Test
  void nestingWithoutEndIsRefused() {
    assertRefused(
        "data: " + "[".repeat(100) + "]".repeat(100),
        "recipe.yaml:1:1 | This is not valid YAML: nested more than 50 deep. | ");
  }

  @Test
  void aKeyWrittenTwiceIsRefusedWithBothPlaces() {
    assertAdditionRefused(
        "loss: hinge\ntrain: {steps: 5, steps: 6}\nloss: non-saturating\n",
        "recipe.yaml:7:19 | The key 'steps' is written twice; the first is at recipe.yaml:7:9."
            + " | Remove one of the two.",
        "recipe.yaml:8:1 | The key 'loss' is written twice; the first is at recipe.yaml:6:1."
            + " | Remove one of the two.");
  }

  @Test
  void anEmptyFileIsNoRecipe() {
    assertRefused(
        "# nothing yet\n",
        "recipe.yaml:1:1 | The recipe is empty. | Begin with 'data: NAME', then 'networks:'.");
  }

  @Test
  void aListIsNoRecipe() {
    assertRefused(
        "- data\n",
        "recipe.yaml:1:1 | A recipe consists of 'key: value' lines; this is a list. | Begin"
            + " with 'data: NAME', then 'networks:'.");
  }

  // ---- Keys

  @Test
  void anUnknownKeyIsReportedWithTheNearestAndAll() {
    assertAdditionRefused(
        "los: hinge\n",
        "recipe.yaml:6:1 | A recipe has no key 'los'. | Did you mean 'loss'? Its keys are " + KEYS);
  }

  @Test
  void dataAndNetworksAreRequired() {
    assertRefused(
        "loss: hinge\n",
        "recipe.yaml:1:1 | The recipe has no 'data': the data set, which real samples come"
            + " from. | Write 'data: NAME', where NAME is a data set.",
        "recipe.yaml:1:1 | The recipe has no 'networks': the architectures, by role, or by kind"
            + " for every role of that kind. | Write 'networks:', and below it, indented,"
            + " 'generator: NAME' and 'discriminator: NAME'.");
  }

  @Test
  void aNameThatCouldNotNameAFolderIsRefused() {
    assertAdditionRefused(
        "name: ../escape\n",
        "recipe.yaml:6:7 | 'name' expects letters, digits, '.', '_' and '-', not '../escape'. |"
            + " Run folders are named after it.");
  }

  // ---- Components

  @Test
  void anUnknownComponentIsReportedWithTheNearestAndAllOfItsKind() {
    assertAdditionRefused(
        "loss: hing\n",
        "recipe.yaml:6:7 | There is no loss called 'hing'. | Did you mean 'hinge'? Installed"
            + " losses: 'hinge', 'non-saturating' and 'twin'.");
  }

  @Test
  void aComponentOfAnotherKindIsCalledWhatItIs() {
    assertAdditionRefused(
        "loss: adam\n",
        "recipe.yaml:6:7 | There is no loss called 'adam'; it is an optimizer. | Installed losses:"
            + " 'hinge', 'non-saturating' and 'twin'.");
  }

  @Test
  void aNameThatTwoBundlesOfferHasToBeQualified() {
    assertAdditionRefused(
        "loss: twin\n",
        "recipe.yaml:6:7 | The loss 'twin' exists in more than one bundle: com.first.twin 0.1.0"
            + " and com.second.twin 0.1.0. | At 'loss', write 'com.first.twin/twin' or"
            + " 'com.second.twin/twin' instead of 'twin'.");
  }

  @Test
  void aBundleThatDoesNotOfferTheComponentIsReported() {
    assertAdditionRefused(
        "loss: com.first.twin/hinge\nsampler: nobody/random\n",
        "recipe.yaml:6:7 | The bundle 'com.first.twin' has no loss 'hinge'. | Installed:"
            + " 'test.hinge/hinge'.",
        "recipe.yaml:7:10 | The bundle 'nobody' is not installed; the recipe expects it to have"
            + " the sampler 'random'. | Installed: 'test.random/random'.");
  }

  @Test
  void aVersionOutsideTheWantedRangeIsReported() {
    assertAdditionRefused(
        "loss: hinge@[2,3)\n",
        "recipe.yaml:6:7 | The recipe requires version [2,3) of the loss 'hinge', but the"
            + " installed version is 1.2.0 of test.hinge. | Install a bundle with that"
            + " version, or change the version after '@'.");
  }

  @Test
  void aVersionAloneMeansExactlyThatVersion() {
    assertAdditionRefused(
        "loss: hinge@1.1\n",
        "recipe.yaml:6:7 | The recipe requires version 1.1 of the loss 'hinge', but the"
            + " installed version is 1.2.0 of test.hinge. | Install a bundle with that"
            + " version, or change the version after '@'.");
  }

  @Test
  void whatIsNoReferenceIsReportedWithTheForms() {
    assertAdditionRefused(
        "loss: hinge@new\n",
        "recipe.yaml:6:7 | 'hinge@new' does not name a loss. | Write NAME, BUNDLE/NAME, NAME@1.2.0"
            + " or NAME@[1.2,2).");
  }

  @Test
  void theUsualComponentThatIsNotInstalledIsReportedAsSuch() {
    RecipeTester kitchen =
        new RecipeTester(folder, FakeRegistry.standard().without(ComponentKind.SAMPLER, "random"));
    assertEquals(
        List.of(
            "recipe.yaml:1:1 | The recipe names no sampler, and the default cannot be used."
                + " There is no sampler called 'random'. | Write 'sampler: NAME'. No bundle"
                + " with a sampler is installed."),
        kitchen.problems(RecipeTester.SMALL));
  }

  @Test
  void optionsBesideTheirComponentAreSentBelowIt() {
    assertAdditionRefused(
        "loss:\n  hinge:\n  margin: 2\n",
        "recipe.yaml:7:3 | 'loss' expects one loss, not a mapping with 'hinge' and 'margin'. |"
            + " If 'hinge' is the component and the rest are its options, write 'hinge:"
            + " {margin: ...}'.");
  }

  @Test
  void aPlaceForOneComponentTakesNoListAndNotNothing() {
    assertAdditionRefused(
        "loss: [hinge]\noptimizer:\n",
        "recipe.yaml:6:7 | 'loss' expects one loss, not a list. | Write 'NAME', or 'NAME: {option:"
            + " value}'.",
        "recipe.yaml:7:11 | 'optimizer' expects one optimizer, not nothing. | Write 'NAME', or"
            + " 'NAME: {option: value}'.");
  }

  @Test
  void aPlaceForSeveralComponentsTakesOnlyAList() {
    assertAdditionRefused(
        "regularizers:\n  instance-noise: {sigma: 1}\nmetrics: count\n",
        "recipe.yaml:7:3 | 'regularizers' expects a list, not a mapping with 'instance-noise'."
            + " | Write each component on its own indented line, with '- ' before its name.",
        "recipe.yaml:8:10 | 'metrics' expects a list, not 'count'. | Write each component on"
            + " its own indented line, with '- ' before its name.");
  }

  @Test
  void anArchitectureWhoseKindTheRoleDoesNotTellIsRefused() {
    assertRefused(
        "data: points\nnetworks:\n  judge: mlp\n  maker: mpl\n  critic: picturs\n",
        "recipe.yaml:3:10 | 'mlp' is a generator, a discriminator and an encoder, and the role"
            + " 'judge' does not say which one is meant. | To choose it for every role of one"
            + " kind, write 'generator', 'discriminator' or 'encoder' instead of 'judge'.",
        "recipe.yaml:4:10 | There is no architecture called 'mpl'. | Did you mean 'mlp'? Installed"
            + " architectures: 'autoencoder', 'mlp' and 'pictures'.",
        "recipe.yaml:5:11 | There is no architecture called 'picturs'. | Did you mean 'pictures'?"
            + " Installed architectures: 'autoencoder', 'mlp' and 'pictures'.");
  }

  @Test
  void aRoleThatIsMisspelledIsToldWithTheNearest() {
    assertRefused(
        "data: points\nnetworks:\n  generatr: mlp\n",
        "recipe.yaml:3:13 | 'mlp' is a generator, a discriminator and an encoder, and the role"
            + " 'generatr' does not say which one is meant. | Did you mean 'generator'? To"
            + " choose it for every role of one kind, write 'generator', 'discriminator' or"
            + " 'encoder' instead of 'generatr'.");
  }

  // ---- Options

  @Test
  void anUnknownOptionIsReportedWithTheNearestAndAll() {
    assertRefused(
        "data: points\nnetworks:\n  generator: {mlp: {widht: 3}}\n  discriminator: {mlp: {x: 1}}\n",
        "recipe.yaml:3:21 | 'networks.generator.mlp' has no option 'widht'. | Did you mean 'width'?"
            + " Its options are 'width', 'depth', 'activation' and 'norm'.",
        "recipe.yaml:4:25 | 'networks.discriminator.mlp' has no option 'x'. | It has no"
            + " options.");
  }

  @Test
  void aNumberOutOfRangeIsReportedWithTheRangeAndTheDefault() {
    assertAdditionRefused(
        """
        loss: {hinge: {margin: 0}}
        regularizers:
          - instance-noise: {sigma: -1, window: {from: 2}}
          - weight-averaging: {decay: 1}
        train: {steps: 0, batch: 3_000_000_000}
        """,
        "recipe.yaml:6:24 | 'loss.hinge.margin' must be greater than 0, not 0. | Its default is 1.",
        "recipe.yaml:8:29 | 'regularizers[0].instance-noise.sigma' must be at least 0, not -1."
            + " | Its default is 0.5.",
        "recipe.yaml:8:48 | 'regularizers[0].instance-noise.window.from' must be between 0 and 1,"
            + " not 2. | Its default is 0.",
        "recipe.yaml:9:31 | 'regularizers[1].weight-averaging.decay' must be at least 0 and less"
            + " than 1, not 1. | Its default is 0.999.",
        "recipe.yaml:10:16 | 'train.steps' must be greater than 0, not 0. | Its default is 1000.",
        "recipe.yaml:10:26 | 'train.batch' must be at most 2147483647, not 3_000_000_000. | Its"
            + " default is 64.");
  }

  @Test
  void aSizeOutOfRangeIsReportedWithTheRangeAndTheDefault() {
    assertAdditionRefused(
        "regularizers:\n  - weight-averaging: {layers: [1, 0, 3, 4], label: longer}\n",
        "recipe.yaml:7:32 | 'regularizers[0].weight-averaging.layers' must have 1 to 3 elements,"
            + " not 4. | Its default is [1, 2].",
        "recipe.yaml:7:36 | 'regularizers[0].weight-averaging.layers[1]' must be greater than 0,"
            + " not 0. | ",
        "recipe.yaml:7:53 | 'regularizers[0].weight-averaging.label' must have at most 5"
            + " characters, not 6. | Its default is ema.");
  }

  @Test
  void aValueOfAnotherTypeIsReportedWithWhatWasExpected() {
    assertRefused(
        """
        data: points
        networks:
          generator: {mlp: {width: wide, depth: 1.5, activation: leaky_relu, norm: yes}}
          discriminator: mlp
        loss: {hinge: {margin: "1"}}
        optimizer: {adam: {rate: [1], beta1: }}
        regularizers:
          - instance-noise: {window: 1, schedule: {linear: 1}}
          - weight-averaging: {layers: 1}
          - weight-averaging: 0.999
        train: 1000
        """,
        "recipe.yaml:3:28 | 'networks.generator.mlp.width' expects a whole number, not 'wide'."
            + " | Write a number such as 64 or 10_000.",
        "recipe.yaml:3:41 | 'networks.generator.mlp.depth' expects a whole number, not 1.5."
            + " | Write a number such as 64 or 10_000.",
        "recipe.yaml:3:58 | 'networks.generator.mlp.activation' expects relu or leaky-relu, not"
            + " 'leaky_relu'. | Did you mean 'leaky-relu'?",
        "recipe.yaml:3:76 | 'networks.generator.mlp.norm' expects true or false, not 'yes'. | ",
        "recipe.yaml:5:24 | 'loss.hinge.margin' expects a number, not the text \"1\". | Remove the"
            + " quotes.",
        "recipe.yaml:6:26 | 'optimizer.adam.rate' expects a number, not a list. | Its default is"
            + " 2e-4.",
        "recipe.yaml:6:37 | 'optimizer.adam.beta1' expects a number, not nothing. | Its default is"
            + " 0.5.",
        "recipe.yaml:8:30 | 'regularizers[0].instance-noise.window' expects a mapping of options,"
            + " not 1. | Write '{key: value, ...}'.",
        "recipe.yaml:8:43 | 'regularizers[0].instance-noise.schedule' expects constant, linear or"
            + " half-cosine, not a mapping with 'linear'. | Its default is constant.",
        "recipe.yaml:9:32 | 'regularizers[1].weight-averaging.layers' expects a list of whole"
            + " numbers, not 1. | Write '[a, b]', or '[a]' for a single value.",
        "recipe.yaml:10:23 | 'regularizers[2].weight-averaging' expects its options, not 0.999."
            + " | Write 'weight-averaging: {option: value}'.",
        "recipe.yaml:11:8 | 'train' expects 'key: value' lines, not 1000. | Write them below it,"
            + " indented.");
  }

  @Test
  void aRequiredOptionThatIsMissingIsReportedWithWhatItMeans() {
    assertAdditionRefused(
        "optimizer: sgd\n",
        "recipe.yaml:6:12 | 'optimizer.sgd' needs the option 'rate' (the learning rate). | Add"
            + " 'rate: ...' to its options; it is a number.");
  }

  @Test
  void optionsThatContradictEachOtherAreReportedInTheComponentsWords() {
    assertAdditionRefused(
        "regularizers:\n  - instance-noise: {window: {from: 0.9, to: 0.5}}\n",
        "recipe.yaml:7:30 | 'regularizers[0].instance-noise.window': 'from' must not be greater"
            + " than 'to'. | ");
  }

  // ---- What does not fit

  @Test
  void aComponentThatRefusesItsOptionsIsQuotedWhereItIsNamed() {
    assertRefused(
        "data: {folder: {path: nowhere}}\nnetworks: {generator: mlp, discriminator: mlp}\n",
        "recipe.yaml:1:8 | 'data.folder' cannot be used: nowhere does not exist; name a folder."
            + " | ");
  }

  @Test
  void aMetricThatCannotJudgeTheDataIsRefusedBeforeAnythingIsTrained() {
    assertAdditionRefused(
        "metrics: [count, sharpness]\n",
        "recipe.yaml:6:18 | The metric 'sharpness' cannot evaluate 'points': only pictures are"
            + " sharp. | Installed metrics for these data: 'count'.");
  }

  @Test
  void aValueThatNothingReportsIsNoneToKeepTheBestBy() {
    assertAdditionRefused(
        "train: {keep-best: generator/gam}\n",
        "recipe.yaml:6:9 | 'train.keep-best' names 'generator/gam', which this recipe does not"
            + " report. | Did you mean 'generator/game'? It reports 'discriminator/game' and"
            + " 'generator/game'.");
  }

  @Test
  void aPortThatIsMissingNamesBothComponentsTheirBundlesAndWhatWouldFit() {
    assertRefused(
        """
        data: points
        loss: hinge
        networks:
          generator: mlp
          discriminator: autoencoder
        """,
        "recipe.yaml:5:18 | loss/hinge reads the port score of the discriminator, but"
            + " discriminator/autoencoder (test.autoencoder 0.1.0) gives reconstruction."
            + " (loss/hinge, named at recipe.yaml:2:7, is from test.hinge 0.1.0.) | The installed"
            + " discriminator that fits is 'mlp'.");
  }

  @Test
  void aRoleWithoutANetworkIsReportedWhereNetworksAreListed() {
    assertRefused(
        "data: points\nnetworks: {generator: mlp}\n",
        "recipe.yaml:2:1 | topology/unconditional has a role discriminator, but the recipe names no"
            + " architecture for it under networks. (topology/unconditional, which the recipe does"
            + " not name, is from test.unconditional 0.1.0.) | Installed discriminators that fit:"
            + " 'autoencoder' and 'mlp'.");
  }

  @Test
  void anArchitectureThatDoesNotSuitTheDataIsReportedWithOthersOfItsPorts() {
    assertRefused(
        "data: points\nnetworks: {generator: pictures, discriminator: mlp}\n",
        "recipe.yaml:2:23 | generator/pictures does not fit: the generator expects images of shape"
            + " (channels, height, width), not (2). (generator/pictures is from test.pictures 0.1.0"
            + " and topology/unconditional, which the recipe does not name, is from"
            + " test.unconditional 0.1.0.) | Another generator with the same ports: 'mlp'.");
  }

  @Test
  void aRegularizerThatDoesNotFitIsQuotedWhereItIsNamed() {
    assertAdditionRefused(
        "regularizers:\n  - instance-noise\n  - picky\n",
        "recipe.yaml:8:5 | regularizer/picky does not fit: it needs a network with the role"
            + " encoder. (regularizer/picky is from test.picky 0.1.0.) | ");
  }

  @Test
  void aNetworkThatNothingUsesIsRefused() {
    assertRefused(
        """
        data: points
        networks:
          generator: mlp
          discriminator: mlp
          encoder: mlp
          dicriminator-discriminator: mlp
        """,
        "recipe.yaml:5:12 | Nothing uses the network 'encoder': the topology 'unconditional' has"
            + " the roles 'generator' and 'discriminator'. | Remove it.",
        "recipe.yaml:6:31 | Nothing uses the network 'dicriminator-discriminator': the topology"
            + " 'unconditional' has the roles 'generator' and 'discriminator'. | Remove it.");
  }

  @Test
  void aPlayerThatDoesNotExistIsReportedWithTheNearestAndAll() {
    assertAdditionRefused(
        "players:\n  discriminater: {updates: 5}\n  critic: {optimizer: adam}\n",
        "recipe.yaml:7:3 | There is no player 'discriminater'; the players are 'discriminator' and"
            + " 'generator'. | Did you mean 'discriminator'?",
        "recipe.yaml:8:3 | There is no player 'critic'; the players are 'discriminator' and"
            + " 'generator'. | ");
  }

  @Test
  void whatAPlayerCannotHaveIsRefused() {
    assertAdditionRefused(
        "players:\n  discriminator: {updats: 5}\n  generator: 2\n",
        "recipe.yaml:7:19 | 'players.discriminator' has no key 'updats'. | Did you mean"
            + " 'updates'? Its keys are 'updates', 'rate' and 'optimizer'.",
        "recipe.yaml:8:14 | 'players.generator' expects 'updates', 'rate' or 'optimizer', not 2. |"
            + " Write 'generator: {updates: 5}'.");
  }
}
