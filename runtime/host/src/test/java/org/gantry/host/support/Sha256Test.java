package org.gantry.host.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Sha256Test {

  /** An example of FIPS 180-4. */
  private static final String OF_ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @Test
  void bytesAndFilesHaveTheStandardHash(@TempDir Path folder) throws IOException {
    assertEquals(OF_ABC, Sha256.of("abc".getBytes(StandardCharsets.UTF_8)));
    assertEquals(OF_ABC, Sha256.of(Files.writeString(folder.resolve("a.txt"), "abc")));
  }

  @Test
  void aHashHasSixtyFourLowerCaseDigits() {
    assertTrue(Sha256.isHash(OF_ABC));
    assertFalse(Sha256.isHash(OF_ABC.substring(1)));
    assertFalse(Sha256.isHash("../" + OF_ABC.substring(3)));
  }
}
