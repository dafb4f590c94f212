package org.gantry.torchscript;

import java.util.Map;

/**
 * A class in an archive.
 *
 * @param name with its module, such as {@code __torch__.Network}
 * @param file the record that contains it
 * @param attributes the path of the type of each attribute; empty for a type that has no path
 * @param methods by name
 */
record ScriptClass(
    String name, String file, Map<String, String> attributes, Map<String, ScriptNode> methods) {}
