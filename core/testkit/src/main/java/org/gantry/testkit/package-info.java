/**
 * Support for tests of components. {@link org.gantry.testkit.contract.ComponentContract} tests the
 * contract of a component's kind. {@link org.gantry.testkit.TensorTest} starts the engine. {@link
 * org.gantry.testkit.ArrayAssertions} compares arrays with expected values and gradients with
 * finite differences. {@link org.gantry.testkit.TinyGame} is a complete small training.
 */
@Export
@Version("1.0.0")
package org.gantry.testkit;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
