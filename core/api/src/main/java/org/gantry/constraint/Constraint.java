package org.gantry.constraint;

/**
 * A wish for a picture, such as a colour at a place. An edit moves the code of a generator until
 * its picture obeys its constraints (arXiv:1609.03552, section 4). Nothing but the code changes, so
 * the picture still looks like one of the generator's.
 */
public interface Constraint {

  /**
   * Prepares the constraint for an edit.
   *
   * @param site the pictures that are judged, and the picture before the edit
   * @return the cost of pictures, valid until the manager of the site is closed
   * @throws org.gantry.component.UnusableComponentException if the constraint does not fit the
   *     pictures; the message is a clause
   */
  ConstraintCost prepare(ConstraintSite site);
}
