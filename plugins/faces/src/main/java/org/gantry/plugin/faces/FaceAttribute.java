package org.gantry.plugin.faces;

import java.util.List;
import java.util.Locale;
import org.gantry.data.DatasetField;

/** What is recorded about each face, in the order of the columns of the bundled index. */
enum FaceAttribute {
  SKIN("pale tan brown dark"),
  HAIR("short long"),
  HAIR_COLOUR("black brown red blond grey"),
  CLOTHES("red yellow green blue purple"),
  MOOD("sad happy"),
  GLASSES("no yes", "0 1"),
  BEARD("no yes", "0 1");

  private final String classNames;

  /** How the index writes the classes. */
  private final String codes;

  FaceAttribute(String classNames, String codes) {
    this.classNames = classNames;
    this.codes = codes;
  }

  FaceAttribute(String classNames) {
    this(classNames, classNames);
  }

  /** The name of the label field, such as {@code hair-colour}. */
  String fieldName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  DatasetField field() {
    return DatasetField.label(fieldName(), words(classNames));
  }

  /** The class of a face. */
  int classOf(Face face) {
    return words(codes).indexOf(face.value(this));
  }

  private static List<String> words(String text) {
    return List.of(text.split(" ", -1));
  }
}
