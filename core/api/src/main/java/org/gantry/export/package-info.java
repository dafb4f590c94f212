/**
 * Trained networks as files that other programs can use.
 *
 * <p>A {@code .safetensors} file has one array for each parameter, under its name in the network's
 * block tree: the names of the blocks on the way down and the parameter's own, joined by
 * underscores. A block is named by its place among its siblings, counted from 1 in two digits, and
 * by what its parent calls it, which in a {@code SequentialBlock} is its class. So {@code
 * 04TransposedConvolution_weight} is the kernel of the fourth layer, and {@code
 * 02Residual_01branch_01BatchNorm_runningMean} a running statistic in the branch of the second.
 * Linear maps are of shape (outputs, inputs), convolutions of shape (filters, channels, height,
 * width), transposed ones of shape (channels, filters, height, width), as in PyTorch.
 *
 * <p>A {@code .pt} file is a TorchScript module: the same arrays under the same names, and a method
 * {@code forward} with one argument for each input port, named after it, and one result for each
 * output port. The method computes what the network computes in inference. libtorch runs it in any
 * language. The blocks write its source ({@link org.gantry.export.ScriptableBlock}).
 */
@Export
@Version("1.1.0")
package org.gantry.export;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
