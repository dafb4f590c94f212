package org.gantry.components;

/**
 * A kind of component that a bundle adds, as its manifest declares it. Reading it loads no class.
 *
 * @param name the kind
 * @param summary what a component of the kind does, one line
 * @param type the name of the interface that its components implement
 * @param bundle the symbolic name of the bundle
 * @param bundleVersion the version of the bundle
 */
public record KindDeclaration(
    String name, String summary, String type, String bundle, String bundleVersion) {}
