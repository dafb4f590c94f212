// Networks and Adam, as a program against libtorch writes them.
#pragma once

#include <cmath>

#include "game.h"

static Tensor operator+(const Tensor& a, const Tensor& b) { return op::add_Tensor::call(a, b, 1.0); }
static Tensor operator-(const Tensor& a, const Tensor& b) { return op::sub_Tensor::call(a, b, 1.0); }
static Tensor operator*(const Tensor& a, double b) { return op::mul_Scalar::call(a, b); }
static Tensor mean(const Tensor& a) { return op::mean::call(a, NONE); }
static Tensor softplus(const Tensor& a) { return op::softplus::call(a, 1.0, 20.0); }

// One network: dense layers, or the layers of a DCGAN.
struct Network {
  bool generates;
  bool convolutional;
  Tensors all;         // in the order of the layers, statistics included
  Tensors parameters;  // those that train

  bool half;

  Network(const Game& game, const std::string& role, bool channelsLast, bool inHalf)
      : generates(role == "generator"), convolutional(game.text("kind") == "dcgan"), half(inHalf) {
    for (int i = 0; game.has(role + "." + std::to_string(i)); i++) {
      Tensor array = game.arrays.at(role + "." + std::to_string(i));
      bool filters = game.text(role + "." + std::to_string(i)) == "filters";
      if (filters && channelsLast) array = op::contiguous::call(array, c10::MemoryFormat::ChannelsLast);
      all.push_back(array);
      if (game.text(role + "." + std::to_string(i)) != "statistic") parameters.push_back(array);
    }
    train(true);
  }

  void train(bool on) const {
    for (const Tensor& p : parameters) p.requireGradient(on);
  }

  Tensor normalize(const Tensor& x, size_t& next) const {
    size_t i = next;
    next += 4;
    return op::batch_norm::call(x, all[i], all[i + 1], all[i + 2], all[i + 3], true, 0.1, 1e-5, true);
  }

  Tensor to(const Tensor& x, c10::ScalarType type) const {
    return op::to_dtype::call(x, type, false, false, NONE);
  }

  // A weight of a matrix product or a convolution.
  Tensor weight(size_t index) const { return half ? to(all[index], c10::ScalarType::BFloat16) : all[index]; }

  Tensor forward(const Tensor& input) const {
    if (half) return to(layers(to(input, c10::ScalarType::BFloat16)), c10::ScalarType::Float);
    return layers(input);
  }

  Tensor layers(const Tensor& input) const {
    size_t next = 0;
    if (!convolutional) {
      Tensor x = input;
      while (true) {
        x = op::linear::call(x, weight(next), weight(next + 1));
        next += 2;
        if (next == all.size()) return x;
        x = op::relu::call(x);
      }
    }
    if (generates) {
      Tensor x = op::linear::call(input, weight(next++), NONE);
      x = op::relu::call(normalize(op::reshape::call(x, Shape{-1, channels, 4, 4}), next));
      while (true) {
        x = op::conv_transpose2d_input::call(x, weight(next++), NONE, {2, 2}, {1, 1}, {0, 0}, 1, {1, 1});
        if (next == all.size()) return op::tanh::call(x);
        x = op::relu::call(normalize(x, next));
      }
    }
    Tensor x = input;
    for (bool first = true; next + 1 < all.size(); first = false) {
      x = op::conv2d::call(x, weight(next++), NONE, {2, 2}, {1, 1}, {1, 1}, 1);
      if (!first) x = normalize(x, next);
      x = op::leaky_relu::call(x, 0.2);
    }
    return op::linear::call(op::reshape::call(x, Shape{batch, -1}), weight(next), NONE);
  }

  int64_t channels = 0;
  int64_t batch = 0;
};

// Adam in two forms: operator by operator as torch.optim writes it, and fused.
struct Adam {
  const Tensors& parameters;
  bool fused;
  double rate, beta1, beta2 = 0.999, epsilon = 1e-8;
  int64_t count = 0;
  Tensors means, squares, counts;

  Adam(const Network& network, const Game& game, bool inOneCall)
      : parameters(network.parameters), fused(inOneCall), rate(game.number("rate")), beta1(game.number("beta1")) {
    for (const Tensor& p : parameters) {
      means.push_back(op::zeros_like::call(p, NONE, NONE, NONE, NONE, NONE));
      squares.push_back(op::zeros_like::call(p, NONE, NONE, NONE, NONE, NONE));
    }
    Tensor steps = op::zeros::call(Shape{}, FLOAT, NONE, NONE, NONE);
    for (size_t i = 0; i < parameters.size(); i++) counts.push_back(steps);
  }

  void step(const Tensors& gradients) {
    c10::GradMode::set_enabled(false);
    count++;
    if (fused) {
      op::add__Scalar::call(counts[0], 1.0, 1.0);
      op::_fused_adam_::call(parameters, gradients, means, squares, Tensors{}, counts, rate, beta1, beta2, 0,
                             epsilon, false, false, NONE, NONE);
    } else {
      double first = 1 - std::pow(beta1, count), second = 1 - std::pow(beta2, count);
      for (size_t i = 0; i < parameters.size(); i++) {
        Tensor p = parameters[i];
        op::mul__Scalar::call(means[i], beta1);
        op::add__Tensor::call(means[i], gradients[i], 1 - beta1);
        op::mul__Scalar::call(squares[i], beta2);
        op::addcmul_::call(squares[i], gradients[i], gradients[i], 1 - beta2);
        Tensor root = op::sqrt::call(squares[i]);
        op::div__Scalar::call(root, std::sqrt(second));
        op::add__Scalar::call(root, epsilon, 1.0);
        op::addcdiv_::call(p, means[i], root, -rate / first);
      }
    }
    c10::GradMode::set_enabled(true);
  }
};
