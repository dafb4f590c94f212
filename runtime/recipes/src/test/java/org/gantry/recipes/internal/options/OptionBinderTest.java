package org.gantry.recipes.internal.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gantry.component.DefaultValue;
import org.gantry.recipes.text.ProblemCollector;
import org.gantry.recipes.text.RecipeException;
import org.gantry.recipes.text.SourcePosition;
import org.gantry.recipes.text.YamlReader;
import org.gantry.recipes.text.YamlValue.Mapping;
import org.gantry.recipes.text.YamlWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionBinderTest {

  private static final SourcePosition START = new SourcePosition("text", 1, 1, Path.of("/folder"));

  private record Numbers(
      @DefaultValue("0") int i, @DefaultValue("0") long l, @DefaultValue("0") double d) {}

  private record Texts(
      @DefaultValue("a b") @NotBlank String text,
      @DefaultValue("") Path none,
      @DefaultValue("x/../y") Path path,
      @DefaultValue("[]") List<Texts> more) {}

  private record WrongDefault(@DefaultValue("0") @Positive int many) {}

  private record Needy(double rate) {}

  private record UnknownConstraint(@DefaultValue("a") @Pattern(regexp = "a") String letter) {}

  private record UnknownType(@DefaultValue("{}") Map<String, String> map) {}

  private final ProblemCollector problems = new ProblemCollector();

  private <T extends Record> Optional<T> bind(Class<T> type, String yaml) {
    Mapping options = (Mapping) YamlReader.read(yaml, START, problems).orElseThrow();
    return new OptionBinder(problems).bind(type, options, "it", START);
  }

  private List<String> messages() {
    return problems.sorted().stream().map(p -> p.message()).toList();
  }

  @Test
  void problemsStateWhatWasExpected() {
    bind(WrongDefault.class, "{many: 0}");
    bind(Numbers.class, "{i: x}");
    bind(Numbers.class, "{k: 1}");
    bind(Needy.class, "{}");
    assertEquals(
        List.of("a number", "'i', 'l' or 'd'", "a whole number", "greater than 0"),
        problems.sorted().stream().map(p -> p.expected()).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "5, 5",
    "-5, -5",
    "+5, 5",
    "1_000, 1000",
    "1e3, 1000",
    "2.0, 2",
    "9007199254740993, 9007199254740993"
  })
  void wholeNumbersAreExact(String text, long value) {
    assertEquals(Optional.of(new Numbers(0, value, 0)), bind(Numbers.class, "l: " + text));
  }

  @ParameterizedTest
  @CsvSource({"2e-4, 0.0002", "1_000.5, 1000.5", ".5, 0.5", "5., 5", "-1E2, -100", "0.1, 0.1"})
  void numbersAreReadAsInJava(String text, double value) {
    assertEquals(Optional.of(new Numbers(0, 0, value)), bind(Numbers.class, "d: " + text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0x10", "1.5.2", "_1", "e5", "nan", ".inf", "1e99999", "--1", "1 2"})
  void textsThatAreNotNumbersAreRefused(String text) {
    assertEquals(Optional.empty(), bind(Numbers.class, "d: " + text));
    assertEquals(List.of("'it.d' expects a number, not '" + text + "'."), messages());
  }

  @Test
  void numbersOutsideTheJavaTypeAreRefused() {
    bind(Numbers.class, "{i: 2147483648, l: -1e19, d: 1e999}");
    assertEquals(
        List.of(
            "'it.i' must be at most 2147483647, not 2147483648.",
            "'it.l' must be at least -9223372036854775808, not -1e19.",
            "'it.d' must be less than 1.7976931348623157E308, not 1e999."),
        messages());
  }

  @Test
  void textsAndPathsHaveTheirDefaults() {
    assertEquals(
        Optional.of(new Texts("a b", Path.of(""), Path.of("/folder/y"), List.of())),
        bind(Texts.class, "{}"));
  }

  @Test
  void listsOfRecordsAreBound() {
    Texts inner = new Texts("5", Path.of(""), Path.of("/p"), List.of());
    assertEquals(
        Optional.of(new Texts("out", Path.of("/folder/n"), Path.of("/folder/y"), List.of(inner))),
        bind(Texts.class, "{text: 'out', none: n, more: [{text: 5, path: /p}]}"));
  }

  @Test
  void blankTextsAreRefusedForNotBlankOptions() {
    bind(Texts.class, "text: ' '");
    assertEquals(
        List.of("'it.text' must be more than white space, not the text \" \"."), messages());
  }

  @Test
  void writtenOptionsBindToTheSameRecord() {
    Texts texts = new Texts("null: \"x\"\n#", Path.of(""), Path.of("/a b"), List.of());
    Numbers numbers = new Numbers(-1, Long.MIN_VALUE, 1.0 / 3);
    assertEquals(
        Optional.of(texts),
        bind(Texts.class, YamlWriter.write(new OptionWriter(START).write(texts))));
    assertEquals(
        Optional.of(numbers),
        bind(Numbers.class, YamlWriter.write(new OptionWriter(START).write(numbers))));
  }

  @ParameterizedTest
  @CsvSource({
    "0.0002, 2e-4",
    "64, 64",
    "0.5, 0.5",
    "-1.25e-5, -1.25e-5",
    "1e9, 1e9",
    "123456789, 123456789",
    "0, 0",
    "1e-3, 0.001",
    "4.9e-324, 4.9e-324"
  })
  void numbersAreWrittenInTheShorterForm(double number, String text) {
    assertEquals(text, OptionWriter.formatNumber(number));
    assertEquals(number, Double.parseDouble(text));
  }

  @Test
  void bugsOfAPluginAreReportedAsBugs() {
    assertTrue(bind(WrongDefault.class, "{}").isEmpty());
    assertTrue(bind(UnknownConstraint.class, "{}").isEmpty());
    assertTrue(bind(UnknownType.class, "{}").isEmpty());
    assertEquals(
        List.of(
            "The default of 'it.many' is invalid: 'it.many' must be greater than 0, not 0.",
            "'it' cannot be used: option 'letter': the constraint @Pattern is not supported.",
            "'it' cannot be used: option 'map': recipes do not support values of type"
                + " java.util.Map<java.lang.String, java.lang.String>."),
        messages());
    assertThrows(RecipeException.class, problems::throwIfAny);
  }
}
