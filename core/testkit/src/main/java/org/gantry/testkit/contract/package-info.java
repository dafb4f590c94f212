/**
 * What every component of a kind promises, as checks that run anywhere: below JUnit in a plugin's
 * own build ({@link org.gantry.testkit.ComponentContract}), and in an installation on plugins whose
 * sources nobody has.
 *
 * <p>{@link org.gantry.testkit.contract.KindContracts} knows the contract of each kind; the classes
 * named after the kinds say what is in it.
 */
@Export
@Version("1.0.0")
package org.gantry.testkit.contract;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
