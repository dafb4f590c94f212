/** The files that libtorch loads; for the rest of this bundle only. */
package org.gantry.torchscript;
