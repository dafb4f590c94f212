package org.gantry.recipes.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {

  @ParameterizedTest
  @CsvSource({"kitten, sitting, 3", "widht, width, 1", "'', abc, 3", "same, same, 0", "ab, ba, 1"})
  void insertionsDeletionsReplacementsAndSwapsCountOne(String a, String b, int distance) {
    assertEquals(distance, NearestName.distance(a, b));
    assertEquals(distance, NearestName.distance(b, a));
  }

  @Test
  void nearNamesAreSuggested() {
    List<String> names = List.of("hinge", "wasserstein", "minimax");
    assertEquals(Optional.of("wasserstein"), NearestName.find("waserstien", names));
    assertEquals(Optional.empty(), NearestName.find("banana", names));
  }

  @Test
  void ofEquallyNearNamesTheFirstInTheAlphabetIsSuggested() {
    assertEquals(Optional.of("adam"), NearestName.find("adax", List.of("adaz", "adam")));
  }
}
