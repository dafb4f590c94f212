/** The commands about plugins, signers and repositories. */
package org.gantry.cli.plugins;
