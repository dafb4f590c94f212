package org.gantry.runs.translation;

/**
 * How a picture is translated: as a whole, possibly padded with its mirror image, or in overlapping
 * tiles.
 */
public final class TranslationPlan {

  private final PieceLine rows;
  private final PieceLine columns;

  TranslationPlan(PieceLine rows, PieceLine columns) {
    this.rows = rows;
    this.columns = columns;
  }

  /** Returns the number of tiles; 1 if the picture is translated as a whole. */
  public int pieces() {
    return rows.starts().size() * columns.starts().size();
  }

  /** Returns the height of each piece in pixels, with its padding. */
  public int pieceHeight() {
    return rows.piece();
  }

  /** Returns the width of each piece in pixels, with its padding. */
  public int pieceWidth() {
    return columns.piece();
  }

  /** Whether a piece reaches beyond the edges of the picture. */
  public boolean isPadded() {
    return rows.piece() > rows.side() || columns.piece() > columns.side();
  }

  /** Cuts a piece out of the picture. */
  ImagePixels cut(ImagePixels picture, int piece) {
    return picture.part(top(piece), left(piece), rows.piece(), columns.piece());
  }

  /** Begins the result. */
  BlendedPieces begin(int factor, int channels) {
    return new BlendedPieces(rows, columns, factor, channels);
  }

  int top(int piece) {
    return rows.starts().get(piece / columns.starts().size());
  }

  int left(int piece) {
    return columns.starts().get(piece % columns.starts().size());
  }
}
