package org.gantry.torchscript;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.gantry.torchscript.PickleValue.ObjectState;
import org.gantry.torchscript.PickleValue.SequenceValue;

/**
 * A TorchScript archive that was checked before libtorch loads it.
 *
 * <p>An archive is a program: its scripts can call every operator of libtorch, including those that
 * read and write files. So each operator, attribute and constant is held against a list of what
 * networks use, and each tensor against the bytes that the archive has for it.
 */
public final class ModuleInspection {

  private static final int SHOWN = 5;

  private final Map<String, String> extras;
  private final byte[] archive;

  private ModuleInspection(Map<String, String> extras, byte[] archive) {
    this.extras = extras;
    this.archive = archive;
  }

  /**
   * Reads and checks an archive.
   *
   * @param allowed names of operators that are allowed in addition to those of networks
   * @throws ArchiveException if the archive is corrupt, or contains more than a network needs
   * @throws IOException if the file cannot be read, or is not an archive
   */
  public static ModuleInspection of(Path file, Set<String> allowed)
      throws IOException, ArchiveException {
    ModuleArchive archive = ModuleArchive.read(file);
    String version = new String(archive.require("version"), StandardCharsets.UTF_8);
    if (!version.matches("[0-9]{1,4}\n?")) {
      throw new ArchiveException("its record version is not a number");
    }
    ScriptIndex index = ScriptIndex.of(archive);
    if (!(new WeightInspection(archive, index, "constants.pkl", "constants").check()
        instanceof SequenceValue constants)) {
      throw new ArchiveException("constants.pkl does not contain a tuple");
    }
    if (!(new WeightInspection(archive, index, "data.pkl", "data").check()
        instanceof ObjectState)) {
      throw new ArchiveException("data.pkl does not contain a module");
    }
    List<ScriptFinding> findings =
        new ScriptInspection(index, OperatorList.read(), allowed, constants.elements().size())
            .findings();
    if (!findings.isEmpty()) {
      throw refusal(findings);
    }
    return new ModuleInspection(archive.extras(), bytes(archive));
  }

  private static ArchiveException refusal(List<ScriptFinding> findings) {
    Set<String> names = new LinkedHashSet<>();
    findings.forEach(finding -> names.add(finding.name()));
    String shown =
        findings.stream()
            .limit(SHOWN)
            .map(ScriptFinding::toString)
            .collect(Collectors.joining("; "));
    int more = findings.size() - SHOWN;
    return new ArchiveException(
        shown + (more > 0 ? "; and %d more".formatted(more) : ""), List.copyOf(names));
  }

  private static byte[] bytes(ModuleArchive archive) throws IOException {
    Map<String, byte[]> loaded = new TreeMap<>(archive.records());
    loaded.keySet().removeIf(name -> name.startsWith(ModuleArchive.EXTRA));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ScriptArchive.write(out, loaded);
    return out.toByteArray();
  }

  /** The extra texts, by name. */
  public Map<String, String> extras() {
    return extras;
  }

  /** What was checked, as an archive that libtorch loads. */
  public InputStream open() {
    return new ByteArrayInputStream(archive);
  }
}
