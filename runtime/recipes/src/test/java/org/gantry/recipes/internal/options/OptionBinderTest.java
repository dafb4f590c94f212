package org.gantry.recipes.internal.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Negative;
import jakarta.validation.constraints.NegativeOrZero;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.gantry.architecture.Architecture;
import org.gantry.component.ComponentValue;
import org.gantry.component.DefaultValue;
import org.gantry.kind.OptionConstraintRules;
import org.gantry.prior.Prior;
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

  private record Share(@DecimalMax(value = "1", inclusive = false) double share) {}

  private record Texts(
      @DefaultValue("a b") @NotBlank String text,
      @DefaultValue("") Path none,
      @DefaultValue("x/../y") Path path,
      @DefaultValue("[]") List<Texts> more) {}

  private record WrongDefault(@DefaultValue("0") @Positive int many) {}

  private record Needy(double rate) {}

  private record UnknownConstraint(@DefaultValue("a") @Pattern(regexp = "a") String letter) {}

  private record UnknownType(@DefaultValue("{}") Map<String, String> map) {}

  private record AmbiguousKind(Architecture network) {}

  private record WrongKind(@ComponentValue(kind = "loss") Prior codes) {}

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
    "1e3, 1000",
    "2.0, 2",
    "9007199254740993, 9007199254740993"
  })
  void wholeNumbersAreExact(String text, long value) {
    assertEquals(Optional.of(new Numbers(0, value, 0)), bind(Numbers.class, "l: " + text));
  }

  @ParameterizedTest
  @CsvSource({"2e-4, 0.0002", ".5, 0.5", "5., 5", "-1E2, -100", "0.1, 0.1"})
  void numbersAreReadAsInYaml(String text, double value) {
    assertEquals(Optional.of(new Numbers(0, 0, value)), bind(Numbers.class, "d: " + text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0x10", "1.5.2", "_1", "e5", "nan", ".inf", "1e99999", "--1", "1 2"})
  void textsThatAreNotNumbersAreRefused(String text) {
    assertEquals(Optional.empty(), bind(Numbers.class, "d: " + text));
    assertEquals(List.of("'it.d' expects a number, not '" + text + "'."), messages());
  }

  @ParameterizedTest
  @CsvSource({"l: 10_000, 10000, a whole number", "d: 1_000.5, 1000.5, a number"})
  void numbersWithSeparatorsAreTextsInYamlAndRefusedWithTheNumber(
      String option, String number, String expected) {
    assertEquals(Optional.empty(), bind(Numbers.class, option));
    assertEquals(
        List.of("Write " + number + "; numbers have no '_' in YAML 1.2."),
        problems.sorted().stream().map(p -> p.fix()).toList());
    assertEquals(List.of(expected), problems.sorted().stream().map(p -> p.expected()).toList());
  }

  @Test
  void numbersOutsideTheJavaTypeAreRefused() {
    bind(Numbers.class, "{i: 2147483648, l: -1e19, d: 1e999}");
    assertEquals(
        List.of(
            "'it.i' must be at most 2147483647, not 2147483648.",
            "'it.l' must be at least -9223372036854775808, not -1e19.",
            "'it.d' must be at most 1.7976931348623157E308, not 1e999."),
        messages());
  }

  @ParameterizedTest
  @CsvSource({
    "1e-400, 0 or at least 4.9E-324",
    "-1e-400, 0 or at most -4.9E-324",
    "-1e999, at least -1.7976931348623157E308"
  })
  void numbersThatAreTooNearTo0OrTooLargeAreRefused(String text, String range) {
    assertEquals(Optional.empty(), bind(Numbers.class, "d: " + text));
    assertEquals(List.of("'it.d' must be %s, not %s.".formatted(range, text)), messages());
  }

  @Test
  void zeroIsZeroHoweverItIsWritten() {
    assertEquals(Optional.of(new Numbers(0, 0, 0)), bind(Numbers.class, "d: 0e-999"));
  }

  @Test
  void numbersThatAreRoundedToAnExcludedEndAreRefused() {
    assertEquals(Optional.empty(), bind(Share.class, "share: 0.99999999999999999999"));
    assertEquals(Optional.of(new Share(0.1)), bind(Share.class, "share: 0.1"));
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

  private record AllConstraints(
      @Positive @PositiveOrZero @Negative @NegativeOrZero @Min(1) @Max(1) @DecimalMin("1") @DecimalMax("1") double number,
      @Size(min = 1) @NotEmpty @NotBlank @NotNull String text) {}

  @Test
  void everySupportedConstraintIsALimit() {
    List<String> declared =
        Stream.of(AllConstraints.class.getRecordComponents())
            .flatMap(option -> Stream.of(option.getAccessor().getAnnotations()))
            .map(annotation -> annotation.annotationType().getSimpleName())
            .toList();
    assertEquals(OptionConstraintRules.SUPPORTED, declared);
    assertEquals(2, OptionDeclaration.of(AllConstraints.class).size());
  }

  @Test
  void bugsOfAPluginAreReportedAsBugs() {
    assertTrue(bind(WrongDefault.class, "{}").isEmpty());
    assertTrue(bind(UnknownConstraint.class, "{}").isEmpty());
    assertTrue(bind(UnknownType.class, "{}").isEmpty());
    assertEquals(
        List.of(
            "The default of 'it.many' is invalid: 'it.many' must be greater than 0, not 0.",
            "'it' cannot be used: option 'letter': the constraint @Pattern is not supported; use"
                + " @Positive, @PositiveOrZero, @Negative, @NegativeOrZero, @Min, @Max, @DecimalMin,"
                + " @DecimalMax, @Size, @NotEmpty, @NotBlank, @NotNull, or check the value in the"
                + " constructor of the record.",
            "'it' cannot be used: option 'map': the type java.util.Map<java.lang.String,"
                + " java.lang.String> cannot be used; use int, long, double, boolean, String,"
                + " java.nio.file.Path, an enum, a record, the interface of a kind of component,"
                + " or a List of one of these."),
        messages());
    assertThrows(RecipeException.class, problems::throwIfAny);
  }

  @Test
  void interfacesOfSeveralKindsNeedTheKind() {
    bind(AmbiguousKind.class, "{}");
    bind(WrongKind.class, "{}");
    assertEquals(
        List.of(
            "'it' cannot be used: option 'network': org.gantry.architecture.Architecture is the"
                + " interface of the kinds generator, discriminator, encoder, condition; write"
                + " @ComponentValue(kind = \"generator\") or another.",
            "'it' cannot be used: option 'codes': org.gantry.prior.Prior is the interface of the"
                + " kind prior, not of loss."),
        messages());
  }

  @Test
  void aPathMayBeginWithTheHomeFolder() {
    Path home = Path.of(System.getProperty("user.home"));
    Texts texts = bind(Texts.class, "{none: ~/pictures/x, path: /a/~/b}").orElseThrow();
    assertEquals(home.resolve("pictures/x"), texts.none());
    assertEquals(Path.of("/a/~/b"), texts.path());
  }
}
