package org.gantry.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class GantryExceptionTest {

  private final GantryException twoProblems =
      new GantryException(
          List.of(
              new GantryProblem("a.yaml:3:5", "'los' is not a key", "a key", "Write 'loss'."),
              new GantryProblem("", "there is no data", "", "")),
          null);

  @Test
  void theMessageHasEveryProblemWithItsFix() {
    assertEquals(
        List.of("a.yaml:3:5: 'los' is not a key", "  fix: Write 'loss'.", "there is no data"),
        twoProblems.getMessage().lines().toList());
    assertEquals(2, twoProblems.problems().size());
  }

  @Test
  void theMessageSurvivesSerialization() throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(twoProblems);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      GantryException read = (GantryException) in.readObject();
      assertEquals(twoProblems.getMessage(), read.getMessage());
      assertEquals(List.of(), read.problems());
    }
  }

  @Test
  void optionsKeepWhatWasSetBefore() {
    SampleOptions options =
        SampleOptions.of(3).withGiven("label", "7").withSeed(5).withUse("translation");
    assertEquals(3, options.count());
    assertEquals(5, options.seed().orElseThrow());
    assertEquals("translation", options.use());
    assertEquals("7", options.withGiven("text", "cat").given().get("label"));
  }
}
