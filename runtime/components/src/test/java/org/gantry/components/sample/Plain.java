package org.gantry.components.sample;

/** A class without the component annotation. */
final class Plain {}
