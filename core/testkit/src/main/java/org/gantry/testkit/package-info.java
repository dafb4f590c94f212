/**
 * What tests of components stand on: {@link org.gantry.testkit.ComponentContract} tries what every
 * component of its kind promises, {@link org.gantry.testkit.TensorTest} has an engine for a test,
 * {@link org.gantry.testkit.ArrayAssertions} compares with golden numbers and finite differences,
 * and {@link org.gantry.testkit.TinyGame} is a whole training.
 */
@Export
@Version("1.0.0")
package org.gantry.testkit;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
