package org.gantry.cli.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.data.DatasetField;
import org.gantry.data.WordVocabulary;
import org.junit.jupiter.api.Test;

final class ArithmeticTextTest {

  private static final List<DatasetField> FIELDS =
      List.of(
          DatasetField.image(3, 8, 8),
          DatasetField.label("mood", List.of("sad", "happy")),
          DatasetField.label("glasses", List.of("no", "yes")),
          DatasetField.label("hair", List.of("red", "light brown")),
          DatasetField.label("clothes", List.of("red", "blue")));

  private static List<String> resolve(String text) {
    return new ArithmeticText(text).resolve(Optional.empty(), FIELDS);
  }

  private static void assertRefused(String text, String message, String fix) {
    InvalidInputException refused = assertThrows(InvalidInputException.class, () -> resolve(text));
    assertEquals("--arithmetic '" + text + "': " + message, refused.getMessage());
    assertEquals(fix, refused.fix());
  }

  @Test
  void termsHaveTheSignBeforeThem() {
    assertEquals(
        List.of("+mood=happy", "-mood=sad", "+clothes=blue"), resolve("happy - sad + blue"));
    assertEquals(List.of("-mood=sad", "+mood=happy"), resolve("- sad + happy"));
    assertEquals(List.of("happy", "sad"), new ArithmeticText("happy - sad").columns());
  }

  @Test
  void aTermCanNameSeveralValues() {
    assertEquals(
        List.of("+mood=happy & clothes=red", "-hair=light brown"),
        resolve("happy clothes=red - light brown"));
  }

  @Test
  void aLabelStandsForItsYes() {
    assertEquals(List.of("+glasses=yes", "-glasses=no"), resolve("glasses - no"));
  }

  @Test
  void anUnknownWordIsNamedWithTheNearestOne() {
    String labels =
        "The labels are mood: sad, happy; glasses: no, yes; hair: red, light brown; clothes: red,"
            + " blue.";
    assertRefused("hapy - sad", "no label has the value 'hapy'", "Did you mean 'happy'? " + labels);
    assertRefused("wonderful", "no label has the value 'wonderful'", labels);
  }

  @Test
  void aValueOfSeveralLabelsHasToNameItsLabel() {
    assertRefused("red", "several labels have the value 'red'", "Write hair=red or clothes=red.");
  }

  @Test
  void aMissingTermIsRefused() {
    assertRefused(
        "happy - ", "expected terms with + or - between them", "For example: 'happy - sad'.");
  }

  @Test
  void dataWithoutLabelsAreRefused() {
    InvalidInputException refused =
        assertThrows(
            InvalidInputException.class,
            () -> new ArithmeticText("a").resolve(Optional.empty(), FIELDS.subList(0, 1)));
    assertEquals(
        "--arithmetic 'a': the data of the run have no labels, so nothing tells what samples show",
        refused.getMessage());
  }

  @Test
  void textsConsistOfWordsOfTheData() {
    DatasetField caption =
        DatasetField.text("caption", WordVocabulary.of(List.of("a red cat", "a blue dog")), 5);
    assertEquals(
        List.of("+red cat", "-cat"),
        new ArithmeticText("red cat - cat").resolve(Optional.of(caption), FIELDS));
    assertEquals(
        "--arithmetic 'red cot': the data never say 'cot'",
        assertThrows(
                InvalidInputException.class,
                () -> new ArithmeticText("red cot").resolve(Optional.of(caption), FIELDS))
            .getMessage());
  }

  @Test
  void aConditionThatIsALabelKnowsItsOwnValues() {
    assertEquals(
        List.of("+clothes=red", "-clothes=blue"),
        new ArithmeticText("red - blue").resolve(Optional.of(FIELDS.get(4)), FIELDS));
  }
}
