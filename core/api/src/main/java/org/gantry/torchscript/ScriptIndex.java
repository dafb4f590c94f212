package org.gantry.torchscript;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gantry.torchscript.ScriptNode.SyntaxType;

/**
 * The classes and functions of an archive, by their names with their modules.
 *
 * @param classes such as {@code __torch__.torch.nn.modules.conv.Conv2d}
 * @param functions such as {@code __torch__.torch.nn.functional.relu}
 * @param files the record that contains each function
 */
record ScriptIndex(
    Map<String, ScriptClass> classes,
    Map<String, ScriptNode> functions,
    Map<String, String> files) {

  private static final String ENDING = ".py";

  /** The values in a class that libtorch reads and that are not attributes. */
  private static final List<String> LISTS = List.of("__parameters__", "__buffers__");

  private static final String ANNOTATIONS = "__annotations__";

  /** Reads the scripts of an archive. */
  static ScriptIndex of(ModuleArchive archive) throws ArchiveException {
    ScriptIndex index =
        new ScriptIndex(new LinkedHashMap<>(), new LinkedHashMap<>(), new HashMap<>());
    for (Map.Entry<String, byte[]> entry : archive.records().entrySet()) {
      String file = entry.getKey();
      if (file.startsWith(ModuleArchive.CODE)) {
        index.add(file, new String(entry.getValue(), StandardCharsets.UTF_8));
      }
    }
    return index;
  }

  private void add(String file, String source) throws ArchiveException {
    String module =
        file.substring(ModuleArchive.CODE.length(), file.length() - ENDING.length())
            .replace('/', '.');
    for (ScriptNode definition : ScriptParser.parse(file, source).children()) {
      String name = module + "." + definition.text();
      if (classes.containsKey(name) || functions.containsKey(name)) {
        throw refused(file, definition, "%s is defined twice".formatted(name));
      } else if (definition.is(SyntaxType.CLASS)) {
        classes.put(name, type(file, name, definition));
      } else {
        functions.put(name, definition);
        files.put(name, file);
      }
    }
  }

  private static ScriptClass type(String file, String name, ScriptNode definition)
      throws ArchiveException {
    List<String> bases = definition.child(0).children().stream().map(ScriptNode::path).toList();
    if (!bases.equals(List.of("Module")) && !bases.equals(List.of("NamedTuple"))) {
      throw refused(
          file,
          definition,
          "expected a class of the type Module or NamedTuple, not " + String.join(", ", bases));
    }
    ScriptClass type = new ScriptClass(name, file, new HashMap<>(), new LinkedHashMap<>());
    for (ScriptNode member : definition.child(1).children()) {
      if (member.is(SyntaxType.FUNCTION)) {
        if (type.methods().put(member.text(), member) != null) {
          throw refused(file, member, "%s is defined twice".formatted(member.text()));
        }
      } else if (!addAttribute(type.attributes(), member)) {
        throw refused(file, member, "expected an attribute or a method");
      }
    }
    return type;
  }

  private static boolean addAttribute(Map<String, String> attributes, ScriptNode member) {
    if (!member.is(SyntaxType.DECLARATION) && !member.is(SyntaxType.ASSIGNMENT)) {
      return member.is(SyntaxType.BLOCK) && member.children().isEmpty();
    }
    ScriptNode target = member.child(0);
    if (member.is(SyntaxType.DECLARATION)
        && member.children().size() == 3
        && !isConstant(member.last())) {
      return false;
    } else if (member.is(SyntaxType.DECLARATION) && target.is(SyntaxType.NAME)) {
      return attributes.put(target.text(), member.child(1).path()) == null;
    } else if (target.is(SyntaxType.NAME)) {
      return (LISTS.contains(target.text()) || target.text().equals(ANNOTATIONS))
          && isList(member.child(1));
    }
    return target.is(SyntaxType.SUBSCRIPT)
        && target.children().size() == 2
        && target.child(0).path().equals(ANNOTATIONS)
        && target.child(1).is(SyntaxType.STRING)
        && attributes.put(target.child(1).text(), member.child(1).path()) == null;
  }

  /** Whether a value in a class is written out, so that nothing is called. */
  private static boolean isConstant(ScriptNode value) {
    return switch (value.type()) {
      case NAME, STRING -> true;
      case NUMBER -> SizeLimits.isReasonable(value.text());
      case LIST, OPERATION -> value.children().stream().allMatch(ScriptIndex::isConstant);
      default -> false;
    };
  }

  private static boolean isList(ScriptNode node) {
    return node.is(SyntaxType.LIST)
        && node.children().stream().allMatch(element -> element.is(SyntaxType.STRING));
  }

  private static ArchiveException refused(String file, ScriptNode node, String reason) {
    return new ArchiveException("%s:%d: %s".formatted(file, node.line(), reason));
  }
}
