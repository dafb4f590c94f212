package org.gantry.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Block;

/** Functions of single elements. */
public enum Activation {
  /** x. */
  NONE,
  /** max(x, 0). */
  RELU,
  /** x where it is positive, 0.2 x elsewhere. */
  LEAKY_RELU,
  /** The hyperbolic tangent, in (-1, 1). */
  TANH,
  /** The logistic function, in (0, 1). */
  SIGMOID,
  /** x where it is positive, exp(x) - 1 elsewhere. */
  ELU,
  /** log(1 + exp(x)). */
  SOFTPLUS;

  /** Applies the function. The result belongs to the manager of x. */
  public NDArray apply(NDArray x) {
    return switch (this) {
      case NONE -> x;
      case RELU -> x.getNDArrayInternal().relu();
      case LEAKY_RELU -> x.getNDArrayInternal().leakyRelu(0.2f);
      case TANH -> x.tanh();
      case SIGMOID -> x.getNDArrayInternal().sigmoid();
      case ELU -> x.getNDArrayInternal().elu(1);
      case SOFTPLUS -> x.getNDArrayInternal().softPlus();
    };
  }

  /** The function of x in TorchScript. */
  private String expression() {
    return switch (this) {
      case NONE -> "x";
      case RELU -> "torch.relu(x)";
      case LEAKY_RELU -> "torch.leaky_relu(x, 0.2)";
      case TANH -> "torch.tanh(x)";
      case SIGMOID -> "torch.sigmoid(x)";
      case ELU -> "torch.elu(x)";
      case SOFTPLUS -> "torch.softplus(x)";
    };
  }

  /** A layer that applies the function. */
  public Block layer() {
    return new Pointwise(this::apply, expression());
  }
}
