package org.gantry.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Numbers for the words of texts. Words are runs of letters and digits, in lower case.
 *
 * @param words the word of each number; number 0 fills texts that are short, and number 1 stands
 *     for words that the vocabulary does not contain
 */
public record WordVocabulary(List<String> words) {

  /** The number that fills the end of a short text. */
  public static final int PADDING = 0;

  /** The number of a word that the vocabulary does not contain. */
  public static final int UNKNOWN = 1;

  private static final List<String> RESERVED = List.of("", "?");

  private static final Pattern SEPARATOR = Pattern.compile("[^\\p{L}\\p{N}]+");

  /** Copies the list, and checks its first two words. */
  public WordVocabulary {
    words = List.copyOf(words);
    if (words.size() < RESERVED.size() || !words.subList(0, RESERVED.size()).equals(RESERVED)) {
      throw new IllegalArgumentException(
          "expected a vocabulary that begins with the words for padding and unknown words, '' and '?'");
    }
  }

  /** Returns the vocabulary of all words in the texts: frequent words first, then by alphabet. */
  public static WordVocabulary of(Iterable<String> texts) {
    Map<String, Integer> counts = new HashMap<>();
    texts.forEach(text -> split(text).forEach(word -> counts.merge(word, 1, Integer::sum)));
    Stream<String> ordered =
        counts.entrySet().stream()
            .sorted(
                Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .map(Map.Entry::getKey);
    return new WordVocabulary(Stream.concat(RESERVED.stream(), ordered).toList());
  }

  /**
   * Returns the numbers of a text's words.
   *
   * @param length the number of words to keep; a shorter text ends in {@link #PADDING}
   */
  public float[] encode(String text, int length) {
    return encode(text, length, words::indexOf);
  }

  /** Returns the numbers of the words of many texts, each as {@link #encode(String, int)} does. */
  public List<float[]> encode(List<String> texts, int length) {
    Map<String, Integer> indices = new HashMap<>();
    for (int i = 0; i < words.size(); i++) {
      indices.put(words.get(i), i);
    }
    return texts.stream()
        .map(text -> encode(text, length, word -> indices.getOrDefault(word, UNKNOWN)))
        .toList();
  }

  private static float[] encode(String text, int length, ToIntFunction<String> find) {
    float[] numbers = new float[length];
    List<String> found = split(text);
    for (int i = 0; i < Math.min(length, found.size()); i++) {
      int index = find.applyAsInt(found.get(i));
      numbers[i] = index < RESERVED.size() ? UNKNOWN : index;
    }
    return numbers;
  }

  /** Returns the words of a text that the vocabulary does not contain. */
  public List<String> unknownWords(String text) {
    return split(text).stream().filter(word -> words.indexOf(word) < RESERVED.size()).toList();
  }

  /** Returns the words of the numbers, without padding, joined by spaces. */
  public String decode(float[] numbers) {
    List<String> found = new ArrayList<>();
    for (float number : numbers) {
      if (number != PADDING) {
        found.add(words.get((int) number));
      }
    }
    return String.join(" ", found);
  }

  /** Returns the words of a text: its runs of letters and digits, in lower case. */
  public static List<String> split(String text) {
    return SEPARATOR
        .splitAsStream(text.toLowerCase(Locale.ROOT))
        .filter(word -> !word.isEmpty())
        .collect(Collectors.toList());
  }
}
