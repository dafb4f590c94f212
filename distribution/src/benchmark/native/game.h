// What a trace of 'gantry bench' says about a game.
#pragma once

#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>
#include <string>

#include "libtorch.h"

using at::Tensor;
namespace op = at::_ops;
using Shape = std::vector<c10::SymInt>;
using Tensors = std::vector<Tensor>;

static const at::Type FLOAT = c10::ScalarType::Float;
static const std::nullopt_t NONE = std::nullopt;

// What game.txt says: 'KEY VALUE' and 'array NAME SIZES...'.
struct Game {
  std::string folder;
  std::map<std::string, std::string> settings;
  std::map<std::string, Tensor> arrays;

  explicit Game(const std::string& path) : folder(path) {
    std::ifstream in(path + "/game.txt");
    if (!in) fail("cannot read " + path + "/game.txt");
    std::string line;
    while (std::getline(in, line)) {
      std::istringstream words(line);
      std::string key, name;
      words >> key >> name;
      if (key == "array") {
        Shape shape;
        int64_t size = 1;
        for (int64_t n; words >> n;) {
          shape.emplace_back(n);
          size *= n;
        }
        Tensor flat = op::from_file::call(path + "/" + name + ".bin", false, size, FLOAT, NONE, NONE, NONE);
        // A sum copies, so the array is in memory like any other.
        arrays[name] = op::mul_Scalar::call(op::reshape::call(flat, shape), 1.0);
      } else {
        settings[key] = name;
      }
    }
  }

  [[noreturn]] static void fail(const std::string& why) {
    std::cerr << "reference: " << why << "\n";
    std::exit(2);
  }
  const std::string& text(const std::string& key) const {
    auto found = settings.find(key);
    if (found == settings.end()) fail("game.txt has no " + key);
    return found->second;
  }
  double number(const std::string& key) const { return std::stod(text(key)); }
  bool has(const std::string& name) const { return arrays.count(name) > 0; }
};
