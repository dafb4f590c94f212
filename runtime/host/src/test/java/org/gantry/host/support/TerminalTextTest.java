package org.gantry.host.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Foreign control characters are escaped, and those of Gantry itself stay. */
class TerminalTextTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final TerminalStream stream =
      TerminalStream.over(new PrintStream(bytes, true, StandardCharsets.UTF_8));

  private String written() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void plainTextStaysAsItIs() {
    String text = "a\tb\nä 漢 😀 é \u00a0";
    assertSame(text, TerminalText.render(text));
  }

  @Test
  void controlCharactersAreEscaped() {
    assertEquals("\\u001B[2J", TerminalText.render("\u001b[2J"));
    assertEquals("a\\u000Db\\u0008\\u0007", TerminalText.render("a\rb\b\u0007"));
    assertEquals("\\u0000\\u007F\\u0085\\u009B2J", TerminalText.render("\0\u007f\u0085\u009b2J"));
  }

  @Test
  void charactersThatTurnOrHideTextAreEscaped() {
    assertEquals(
        "\\u202Egpj.exe\\u2069\\u200F\\u061C",
        TerminalText.render("\u202egpj.exe\u2069\u200f\u061c"));
    assertEquals("a\\u200Bb\\uFEFF", TerminalText.render("a\u200bb\ufeff"));
  }

  @Test
  void everyControlCharacterIsEscapedOrHarmless() {
    for (char c = 0; c < 0x3000; c++) {
      boolean control = Character.isISOControl(c) && c != '\n' && c != '\t';
      String rendered = TerminalText.render(String.valueOf(c));
      assertEquals(
          control,
          control && rendered.equals("\\u%04X".formatted((int) c)),
          "character " + (int) c);
    }
  }

  @Test
  void ownSequencesStayAndTheirMarksCannotBeForged() {
    assertEquals(
        "\r\u001b[1mhead\u001b[0m",
        TerminalText.render(TerminalText.control("\r\u001b[1mhead\u001b[0m")));
    assertEquals("\\uFDD0e[2J", TerminalText.render("\ufdd0e[2J"));
    assertEquals("\\uFDD0", TerminalText.render("\ufdd0"));
  }

  @Test
  void streamRendersItsTextHoweverItIsDivided() {
    String own = TerminalText.control("\u001b[1m");
    for (byte b : (own + "ä😀\u009b").getBytes(StandardCharsets.UTF_8)) {
      stream.write(b);
    }
    stream.flush();
    assertEquals("\u001b[1mä😀\\u009B", written());
  }

  @Test
  void longTextOfOneCallIsRendered() {
    stream.print("x".repeat(8190) + TerminalText.control("\u001b[1m") + "y".repeat(9000));
    assertEquals("x".repeat(8190) + "\u001b[1m" + "y".repeat(9000), written());
  }

  @Test
  void closedStreamStaysOpenForTheCommand() {
    stream.close();
    stream.println("still there");
    assertEquals("still there\n", written());
  }

  @Test
  void textIsRenderedOnce() {
    assertSame(stream, TerminalStream.over(stream));
    assertEquals(-1, TerminalStream.descriptor(stream));
  }

  @Test
  void longTextsAreBounded() {
    assertEquals("abc", TerminalText.bounded("abc", 3));
    assertEquals("ab... (and 2 more characters)", TerminalText.bounded("abcd", 2));
    assertEquals("a... (and 3 more characters)", TerminalText.bounded("a😀b", 2));
  }
}
