package org.gantry.serving;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class AccessTokenTest {

  private static final String TEXT = "0123456789abcdef";

  @Test
  void onlyTheWholeTokenIsRight() {
    AccessToken token = AccessToken.of(TEXT);

    assertTrue(token.isStatedBy("Bearer " + TEXT));
    assertTrue(token.isStatedBy("bearer  " + TEXT + " "));
    assertFalse(token.isStatedBy(null));
    assertFalse(token.isStatedBy(TEXT));
    assertFalse(token.isStatedBy("Bearer "));
    assertFalse(token.isStatedBy("Bearer 0123456789abcde"));
    assertFalse(token.isStatedBy("Basic " + TEXT));
  }

  @Test
  void shortTokensAndLinesAreRefused() {
    for (String text : new String[] {"", "short", TEXT + "\n" + TEXT, TEXT + " ", "ä".repeat(20)}) {
      assertThrows(IllegalArgumentException.class, () -> AccessToken.of(text), text);
    }
  }
}
