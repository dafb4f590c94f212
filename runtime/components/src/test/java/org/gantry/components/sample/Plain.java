package org.gantry.components.sample;

/** A class that is no component. */
final class Plain {}
