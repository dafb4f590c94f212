package org.gantry.plugin.faces;

import jakarta.inject.Inject;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.ByteImages;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.data.DatasetSplit;
import org.gantry.data.IndexedDataset;
import org.gantry.data.WordVocabulary;

/**
 * 6,000 cartoon faces on white in two styles. The fields are {@code image}, the face in the chosen
 * style; on request the same face in the other style, named {@code pixel} or {@code drawn}; {@code
 * caption}, a text of up to {@value #WORDS} words; and a label for each attribute. Images have
 * shape (3, size, size) and values in [-1, 1].
 *
 * <p>Faces with the same attributes have the same caption. A caption belongs to one part of the
 * data, so the test part has only combinations of attributes that training never reads.
 */
@Component(
    kind = ComponentKind.DATASET,
    name = "faces",
    summary = "6,000 cartoon faces, as pixel art and drawn by hand, with captions and attributes",
    gives = {
      DatasetField.IMAGE,
      DatasetField.CAPTION,
      "skin",
      "hair",
      "hair-colour",
      "clothes",
      "mood",
      "glasses",
      "beard"
    })
final class FacesDataset implements IndexedDataset {

  /** The number of words in the longest caption. */
  private static final int WORDS = 12;

  record Options(
      @Description("the style of image: pixel or drawn") @DefaultValue("pixel") FaceStyle style,
      @Description("whether each sample also has the same face in the other style")
          @DefaultValue("false")
          boolean counterpart,
      @Description("the part of the data, by caption: train (nine tenths), test (the rest) or all")
          @DefaultValue("train")
          DatasetSplit split,
      @Description("the side in pixels: 64, 32 or 16") @DefaultValue("64") int size) {}

  /** What the parts of the data share. */
  private record Source(
      FaceStyle style,
      List<Face> faces,
      ByteImages images,
      Optional<ByteImages> counterparts,
      WordVocabulary vocabulary,
      List<DatasetField> fields) {}

  private final Source source;
  private final List<Face> part;
  private final DatasetSplit split;

  @Inject
  FacesDataset(Options options) {
    this(read(options), options.split());
  }

  private FacesDataset(Source source, DatasetSplit split) {
    this.source = source;
    this.split = split;
    this.part = source.faces().stream().filter(face -> split.contains(face.caption())).toList();
  }

  private static Source read(Options options) {
    int size = options.size();
    if (!List.of(16, 32, 64).contains(size)) {
      throw new UnusableComponentException("size must be 64, 32 or 16, not " + size);
    }
    FaceStyle style = options.style();
    List<Face> faces = Face.readIndex();
    ByteImages images = style.read(faces, size);
    Optional<ByteImages> counterparts =
        options.counterpart() ? Optional.of(style.other().read(faces, size)) : Optional.empty();
    WordVocabulary vocabulary = WordVocabulary.of(faces.stream().map(style::caption).toList());
    List<DatasetField> fields = new ArrayList<>();
    fields.add(images.field(DatasetField.IMAGE));
    counterparts.ifPresent(
        other ->
            fields.add(
                DatasetField.image(
                    style.other().fieldName(), other.channels(), other.height(), other.width())));
    fields.add(DatasetField.text(DatasetField.CAPTION, vocabulary, WORDS));
    Stream.of(FaceAttribute.values()).map(FaceAttribute::field).forEach(fields::add);
    return new Source(style, faces, images, counterparts, vocabulary, List.copyOf(fields));
  }

  @Override
  public List<DatasetField> fields() {
    return source.fields();
  }

  @Override
  public int size() {
    return part.size();
  }

  @Override
  public Optional<Dataset> heldOut() {
    return split == DatasetSplit.TRAIN
        ? Optional.of(new FacesDataset(source, DatasetSplit.TEST))
        : Optional.empty();
  }

  @Override
  public void read(int index, DatasetField field, FloatBuffer into) {
    Face face = part.get(index);
    switch (field.name()) {
      case DatasetField.IMAGE -> source.images().read(face.tile(), into);
      case DatasetField.CAPTION -> into.put(source.vocabulary().encode(caption(index), WORDS));
      default -> readOther(face, field, into);
    }
  }

  private void readOther(Face face, DatasetField field, FloatBuffer into) {
    for (FaceAttribute attribute : FaceAttribute.values()) {
      if (attribute.fieldName().equals(field.name())) {
        into.put(attribute.classOf(face));
        return;
      }
    }
    source.counterparts().orElseThrow().read(face.tile(), into);
  }

  @Override
  public String caption(int index) {
    return source.style().caption(part.get(index));
  }
}
