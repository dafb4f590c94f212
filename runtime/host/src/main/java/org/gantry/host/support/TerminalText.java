package org.gantry.host.support;

import java.util.SplittableRandom;

/**
 * Text on its way to a terminal. Names and messages of plugins, servers and files may contain
 * control characters, which could move the cursor, hide text or forge a message. Such a character
 * is written as {@code \}{@code u001B}, which is also valid in JSON. The control sequences of
 * Gantry itself are marked, so that they stay.
 */
public final class TerminalText {

  /** Begins a marked control character; Unicode reserves it for use within a program. */
  private static final char MARK = '\uFDD0';

  /** Foreign text cannot contain it, because it is drawn for each process. */
  private static final String KEY = Long.toHexString(new SplittableRandom().nextLong() | 1L << 63);

  private static final String PREFIX = MARK + KEY;

  /** The characters that Gantry's own sequences may consist of, and how the mark names them. */
  private static final String OWN = "\u001b\r";

  private static final String OWN_NAMES = "er";

  private TerminalText() {}

  /** Marks the control characters of a sequence of Gantry itself. */
  public static String control(String sequence) {
    StringBuilder marked = new StringBuilder();
    for (int i = 0; i < sequence.length(); i++) {
      char c = sequence.charAt(i);
      int own = OWN.indexOf(c);
      if (own >= 0) {
        marked.append(PREFIX).append(OWN_NAMES.charAt(own));
      } else {
        marked.append(c);
      }
    }
    return marked.toString();
  }

  /** The text for a terminal: control characters are escaped unless they are marked. */
  public static String render(String text) {
    StringBuilder rendered = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isHarmless(c)) {
        if (rendered != null) {
          rendered.append(c);
        }
        continue;
      }
      rendered = rendered == null ? new StringBuilder(text.substring(0, i)) : rendered;
      int name = markedAt(text, i);
      if (name >= 0) {
        rendered.append(OWN.charAt(name));
        i += PREFIX.length();
      } else {
        rendered.append("\\u%04X".formatted((int) c));
      }
    }
    return rendered == null ? text : rendered.toString();
  }

  /**
   * How many characters at the end of a text may be the beginning of a mark that the next text
   * continues.
   */
  static int incompleteAt(String text) {
    int mark = text.lastIndexOf(MARK);
    boolean incomplete =
        mark >= 0
            && text.length() - mark <= PREFIX.length()
            && PREFIX.startsWith(text.substring(mark));
    return incomplete ? text.length() - mark : 0;
  }

  private static int markedAt(String text, int position) {
    int end = position + PREFIX.length();
    return text.startsWith(PREFIX, position) && end < text.length()
        ? OWN_NAMES.indexOf(text.charAt(end))
        : -1;
  }

  private static boolean isHarmless(char c) {
    if (c < ' ') {
      return c == '\n' || c == '\t';
    }
    return c < 0x7f || !(c < 0xa0 || c == MARK || isDirection(c) || isInvisible(c));
  }

  /** Whether a character changes the direction of the text around it. */
  private static boolean isDirection(char c) {
    return c == 0x061c
        || c == 0x200e
        || c == 0x200f
        || (c >= 0x202a && c <= 0x202e)
        || (c >= 0x2066 && c <= 0x2069);
  }

  /** Whether a character has no width, so that two names that differ by it look the same. */
  private static boolean isInvisible(char c) {
    return c == 0x00ad || c == 0x200b || c == 0x2028 || c == 0x2029 || c == 0x2060 || c == 0xfeff;
  }

  /**
   * A text with at most a number of characters. A longer one ends with the number of those that are
   * missing.
   */
  public static String bounded(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.substring(0, end) + "... (and " + (text.length() - end) + " more characters)";
  }
}
