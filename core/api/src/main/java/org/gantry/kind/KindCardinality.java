package org.gantry.kind;

/** How many components of a kind a recipe holds at the key of the kind. */
public enum KindCardinality {

  /** One component. */
  ONE,

  /** One component, or several that the recipe names. */
  ONE_OR_NAMED,

  /** A list of components. */
  LIST,

  /** A component for each role of the topology. Several kinds share the key. */
  BY_ROLE,

  /** No component. Another file holds a list of them at the key, such as that of an edit. */
  NONE
}
