// The trainings that Gantry is compared with, written by hand against libtorch.
//
//   reference FOLDER FORM SECONDS [channels-last] [bf16]
//
// FOLDER contains game.txt and the arrays that it lists: initial weights, real batches, codes and, for a
// penalty, shares. FORM is 'script', the form of public example scripts, or 'expert'. The program trains
// on the recorded batches once and prints the losses, then measures for SECONDS on random batches.
// 'channels-last' stores weights and images in that layout; 'bf16' computes networks in that type, with
// weights of float32.

#include <sys/resource.h>
#include <time.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "network.h"

struct Training {
  const Game& game;
  bool expert, wasserstein, channelsLast;
  int64_t batch, updates;
  double smoothing, penalty, decay;
  Network generator, discriminator;
  Adam generatorAdam, discriminatorAdam;
  Tensors average;
  int64_t steps = 0;
  Tensor generatorLoss, discriminatorLoss;

  Training(const Game& from, bool asExpert, bool last, bool half)
      : game(from), expert(asExpert), wasserstein(game.text("loss") == "wasserstein"), channelsLast(last),
        batch(game.number("batch")), updates(game.number("updates")), smoothing(game.number("smoothing")),
        penalty(game.number("penalty")), decay(game.number("decay")), generator(game, "generator", last, half),
        discriminator(game, "discriminator", last, half), generatorAdam(generator, game, asExpert),
        discriminatorAdam(discriminator, game, asExpert) {
    generator.batch = discriminator.batch = batch;
    generator.channels = game.number("channels");
    for (const Tensor& p : generator.parameters) average.push_back(op::detach::call(p * 1.0));
  }

  // The gradients of a loss. A script accumulates them in all parameters that the loss depends on.
  Tensors gradients(const Tensor& loss, const Network& trained) {
    return torch::autograd::grad({loss}, trained.parameters, {}, NONE, false, false);
  }

  Tensors scriptGradients(const Tensor& loss, const Network& trained, const Network& other) {
    Tensors both = trained.parameters;
    both.insert(both.end(), other.parameters.begin(), other.parameters.end());
    Tensors all = torch::autograd::grad({loss}, both, {}, NONE, false, true);
    all.resize(trained.parameters.size());
    return all;
  }

  static void accumulate(Tensors& sum, const Tensors& more) {
    c10::GradMode::set_enabled(false);
    for (size_t i = 0; i < sum.size(); i++) op::add__Tensor::call(sum[i], more[i], 1.0);
    c10::GradMode::set_enabled(true);
  }

  Tensor slopePenalty(const Tensor& real, const Tensor& fake, const Tensor& share) {
    Tensor between = op::mul_Tensor::call(real - fake, op::reshape::call(share, Shape{batch, 1})) + fake;
    between.requireGradient(true);
    Tensor score = op::sum::call(discriminator.forward(between), NONE);
    Tensor slope = torch::autograd::grad({score}, {between}, {}, true, true, false)[0];
    Tensor squared = op::sum_dim_IntList::call(op::square::call(slope), c10::ArrayRef<int64_t>({1}), false, NONE);
    Tensor norm = op::sqrt::call(op::add_Scalar::call(squared, 1e-12, 1.0));
    return mean(op::square::call(op::add_Scalar::call(norm, -1.0, 1.0))) * penalty;
  }

  Tensor realLoss(const Tensor& score) {
    if (wasserstein) return op::neg::call(mean(score));
    if (smoothing == 1) return mean(softplus(op::neg::call(score)));
    return mean(softplus(score)) - mean(score) * smoothing;
  }

  Tensor fakeLoss(const Tensor& score) { return wasserstein ? mean(score) : mean(softplus(score)); }

  Tensor madeLoss(const Tensor& score) {
    return wasserstein ? op::neg::call(mean(score)) : mean(softplus(op::neg::call(score)));
  }

  void discriminate(const Tensor& real, const Tensor& made, const Tensor& share) {
    Tensor fake = op::detach::call(made);
    if (expert) {
      discriminatorLoss = realLoss(discriminator.forward(real)) + fakeLoss(discriminator.forward(fake));
      Tensor loss = penalty > 0 ? discriminatorLoss + slopePenalty(real, fake, share) : discriminatorLoss;
      discriminatorAdam.step(gradients(loss, discriminator));
      return;
    }
    Tensor onReal = realLoss(discriminator.forward(real));
    Tensors sum = gradients(onReal, discriminator);
    Tensor onFake = fakeLoss(discriminator.forward(fake));
    accumulate(sum, gradients(onFake, discriminator));
    if (penalty > 0) {
      Tensor slope = slopePenalty(real, fake, share);
      Tensors more = torch::autograd::grad({slope}, discriminator.parameters, {}, NONE, false, true);
      c10::GradMode::set_enabled(false);
      // The last bias does not move the slope.
      for (size_t i = 0; i < sum.size(); i++)
        if (more[i].defined()) op::add__Tensor::call(sum[i], more[i], 1.0);
      c10::GradMode::set_enabled(true);
    }
    discriminatorLoss = onReal + onFake;
    discriminatorAdam.step(sum);
  }

  void generate(const Tensor& fake) {
    if (expert) discriminator.train(false);
    generatorLoss = madeLoss(discriminator.forward(fake));
    if (expert) {
      generatorAdam.step(gradients(generatorLoss, generator));
      discriminator.train(true);
    } else {
      generatorAdam.step(scriptGradients(generatorLoss, generator, discriminator));
    }
    steps++;
    if (decay > 0) {
      double kept = std::min(decay, (1.0 + steps) / (10.0 + steps));
      c10::GradMode::set_enabled(false);
      if (expert) {
        op::_foreach_lerp__Scalar::call(average, generator.parameters, 1 - kept);
      } else {
        for (size_t i = 0; i < average.size(); i++)
          op::lerp__Scalar::call(average[i], generator.parameters[i], 1 - kept);
      }
      c10::GradMode::set_enabled(true);
    }
  }

  Tensor images(const Tensor& rows) {
    return channelsLast ? op::contiguous::call(rows, c10::MemoryFormat::ChannelsLast) : rows;
  }

  Tensor recorded(const std::string& name, int64_t index) {
    return op::narrow::call(game.arrays.at(name), 0, index * batch, batch);
  }

  // A step on the recorded batches.
  void recordedStep(int64_t step) {
    Tensor fake;
    for (int64_t i = 0; i < updates; i++) {
      int64_t draw = step * updates + i;
      if (updates > 1) c10::GradMode::set_enabled(false);
      fake = generator.forward(recorded("codes", draw));
      c10::GradMode::set_enabled(true);
      discriminate(images(recorded("real", draw)), fake, penalty > 0 ? recorded("shares", draw) : Tensor());
    }
    if (updates > 1) fake = generator.forward(recorded("generator-codes", step));
    generate(fake);
  }

  // A step on random rows of the real samples, and new codes.
  void step(int64_t rows, int64_t code) {
    Tensor fake;
    for (int64_t i = 0; i < updates; i++) {
      Tensor rowIndices = op::randint::call(rows, Shape{batch}, c10::ScalarType::Long, NONE, NONE, NONE);
      Tensor real = images(op::index_select::call(game.arrays.at("real"), 0, rowIndices));
      if (updates > 1) c10::GradMode::set_enabled(false);
      fake = generator.forward(op::randn::call(Shape{batch, code}, FLOAT, NONE, NONE, NONE));
      c10::GradMode::set_enabled(true);
      discriminate(real, fake, penalty > 0 ? op::rand::call(Shape{batch}, FLOAT, NONE, NONE, NONE) : Tensor());
    }
    if (updates > 1) fake = generator.forward(op::randn::call(Shape{batch, code}, FLOAT, NONE, NONE, NONE));
    generate(fake);
  }
};

static double now() {
  timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec + time.tv_nsec / 1e9;
}

static double processorTime() {
  rusage used;
  getrusage(RUSAGE_SELF, &used);
  return used.ru_utime.tv_sec + used.ru_stime.tv_sec + (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

int main(int count, char** arguments) {
  if (count < 4) Game::fail("usage: reference FOLDER script|expert SECONDS [channels-last] [bf16]");
  auto has = [&](const char* word) {
    for (int i = 4; i < count; i++)
      if (!std::strcmp(arguments[i], word)) return true;
    return false;
  };
  Game game(arguments[1]);
  at::set_num_threads(game.number("threads"));
  Training training(game, !std::strcmp(arguments[2], "expert"), has("channels-last"), has("bf16"));
  double seconds = std::atof(arguments[3]);
  int64_t recorded = game.number("steps");
  std::printf("{\"losses\":[");
  for (int64_t i = 0; i < recorded; i++) {
    training.recordedStep(i);
    std::printf("%s[%.7g,%.7g]", i ? "," : "", op::item::call(training.discriminatorLoss).toDouble(),
                op::item::call(training.generatorLoss).toDouble());
  }
  int64_t rows = game.number("rows"), code = game.number("code"), steps = 0;
  for (double end = now() + seconds / 4; now() < end;) training.step(rows, code);
  double start = now(), used = processorTime(), sink = 0;
  do {
    training.step(rows, code);
    // Scripts print their losses now and then.
    if (++steps % 50 == 0) sink += op::item::call(training.generatorLoss).toDouble();
  } while (now() - start < seconds);
  double wall = now() - start;
  rusage all;
  getrusage(RUSAGE_SELF, &all);
  std::printf("],\"steps\":%ld,\"milliseconds\":%.5g,\"processorMilliseconds\":%.5g,\"peakMebibytes\":%ld,\"finite\":%s}\n",
              static_cast<long>(steps), 1e3 * wall / steps, 1e3 * (processorTime() - used) / steps,
              all.ru_maxrss / 1024, std::isfinite(sink) ? "true" : "false");
  return 0;
}
