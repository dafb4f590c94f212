/**
 * The contract of each kind of component, as a list of checks. JUnit runs the checks in the build
 * of a plugin; see {@link org.gantry.testkit.contract.ComponentContract}. The command {@code gantry
 * plugins test} runs them on the jar of a plugin, without its sources.
 *
 * <p>{@link org.gantry.testkit.contract.KindContracts} returns the checks of a kind. Each kind has
 * a class, such as {@code LossContract}.
 */
@Export
@Version("1.0.0")
package org.gantry.testkit.contract;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
