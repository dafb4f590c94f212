package org.gantry.torchscript;

/** What sizes a network may name. It does not limit what a network computes from them. */
final class SizeLimits {

  private static final long NUMBER = 1L << 31;

  /** As many elements as fit into 4 GiB of float32. */
  private static final double PRODUCT = 1L << 30;

  private SizeLimits() {}

  /** Whether a number can be a size; the ends of the range stand for the end of an axis. */
  static boolean isReasonable(long number) {
    return (number >= -NUMBER && number <= NUMBER)
        || number == Long.MAX_VALUE
        || number == Long.MIN_VALUE;
  }

  /** Whether a number in a script can be a size. */
  static boolean isReasonable(String number) {
    if (number.matches("-?[0-9]+")) {
      return number.length() < 21
          && (number.length() < 12
              || number.equals("9223372036854775807")
              || number.equals("-9223372036854775808"))
          && isReasonable(Long.parseLong(number));
    }
    return true;
  }

  /** Whether a list of numbers in a script can be the sizes of a tensor. */
  static boolean isReasonable(Iterable<String> numbers) {
    double product = 1;
    for (String number : numbers) {
      product *= Math.max(1, Math.abs(Double.parseDouble(number)));
    }
    return product <= PRODUCT;
  }
}
