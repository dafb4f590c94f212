package org.gantry.cli.runs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.gantry.runs.translation.PictureTranslator;
import org.gantry.runs.translation.TranslationPlan;

/** What the user should know about the sizes of translated pictures. */
record TranslationNotes(PictureTranslator translator) {

  /** Returns a line for each way in which some of the pictures are translated. */
  List<String> of(List<TranslationFile> files) {
    List<TranslationFile> padded = new ArrayList<>();
    List<TranslationFile> whole = new ArrayList<>();
    List<TranslationFile> tiled = new ArrayList<>();
    for (TranslationFile file : files) {
      TranslationPlan plan = plan(file);
      if (plan.pieces() > 1) {
        tiled.add(file);
      } else if (plan.isPadded()) {
        padded.add(file);
      } else if (!translator.isSmall(file.height(), file.width())) {
        whole.add(file);
      }
    }
    List<String> notes = new ArrayList<>();
    add(notes, whole, "translated as a whole; the training had " + trained());
    add(
        notes,
        padded,
        "translated as a whole, padded with the mirror image%s; the training had %s"
            .formatted(
                padded.size() == 1
                    ? " to %d x %d"
                        .formatted(
                            plan(padded.get(0)).pieceWidth(), plan(padded.get(0)).pieceHeight())
                    : "",
                trained()));
    if (!tiled.isEmpty()) {
      TranslationPlan plan = plan(tiled.get(0));
      add(
          notes,
          tiled,
          "translated in overlapping tiles of up to %d x %d, which are blended, because %s"
              .formatted(
                  plan.pieceWidth(),
                  plan.pieceHeight(),
                  translator.step() == 0
                      ? "the networks only take the size of the training"
                      : "--tile limits the size"));
    }
    return notes;
  }

  private TranslationPlan plan(TranslationFile file) {
    return translator.plan(file.height(), file.width());
  }

  private String trained() {
    return "%d x %d"
        .formatted(
            translator.pictureField().shape().get(2), translator.pictureField().shape().get(1));
  }

  private static void add(List<String> notes, List<TranslationFile> files, String text) {
    if (files.size() == 1) {
      TranslationFile file = files.get(0);
      notes.add(
          "note: %s (%d x %d) is %s"
              .formatted(file.source().getFileName(), file.width(), file.height(), text));
    } else if (!files.isEmpty()) {
      notes.add(String.format(Locale.ROOT, "note: %,d pictures are %s", files.size(), text));
    }
  }
}
