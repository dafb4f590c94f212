/**
 * The search for codes of a trained generator by gradients, for samplers and commands: codes whose
 * samples come close to given pictures, or that lower any other cost.
 */
@Export
@Version("1.0.0")
package org.gantry.search;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
