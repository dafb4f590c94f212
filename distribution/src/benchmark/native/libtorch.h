// The part of libtorch's C++ interface that the reference program needs.
//
// The libtorch that Gantry unpacks comes without headers, and no package repository that the build uses
// has headers of this version. These declarations match libtorch 2.7.1 on Linux with the C++11 ABI, and
// are for this version only: layouts are copied, and every function is one that libtorch exports. The
// functions are those that libtorch's own headers forward to, so a call costs the same.
#pragma once

#include <atomic>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

// Lists in braces live until the end of the call that they are an argument of.
#pragma GCC diagnostic ignored "-Winit-list-lifetime"

namespace c10 {

// Counts references. A tensor starts with it.
class intrusive_ptr_target {
 public:
  mutable std::atomic<uint32_t> refcount_;
  mutable std::atomic<uint32_t> weakcount_;
  virtual ~intrusive_ptr_target();
  virtual void release_resources();
};

class TensorImpl;

enum class ScalarType : int8_t { Byte, Char, Short, Int, Long, Half, Float, Double, BFloat16 = 15 };
enum class Layout : int8_t { Strided };
enum class MemoryFormat : int8_t { Contiguous, Preserve, ChannelsLast };

struct Device {
  int8_t type;
  int8_t index;
};

class SymInt {
 public:
  SymInt(int64_t value) : data_(value) {}
  SymInt(const SymInt& other) : data_(other.data_) {}
  ~SymInt() {}

 private:
  int64_t data_;
};

class Scalar {
 public:
  Scalar(double value) : tag_(0) { v_.d = value; }
  double toDouble() const { return tag_ == 0 ? v_.d : static_cast<double>(v_.i); }
  // Numbers only; a symbolic scalar would need more.
  Scalar(const Scalar& other) = default;
  ~Scalar() {}

 private:
  int tag_;
  union alignas(16) {
    double d;
    int64_t i;
    char complex[16];
  } v_;
};

template <typename T>
class ArrayRef {
 public:
  ArrayRef() : data_(nullptr), length_(0) {}
  ArrayRef(const std::vector<T>& all) : data_(all.data()), length_(all.size()) {}
  ArrayRef(const std::initializer_list<T>& all) : data_(all.begin()), length_(all.size()) {}

 private:
  const T* data_;
  size_t length_;
};

template <typename T>
class OptionalArrayRef {
 public:
  OptionalArrayRef(ArrayRef<T> all) : wrapped_(all) {}

 private:
  std::optional<ArrayRef<T>> wrapped_;
};

struct UndefinedTensorImpl {
  static char _singleton;
};

class TensorImpl : public intrusive_ptr_target {
 public:
  void set_requires_grad(bool on);
};

struct GradMode {
  static void set_enabled(bool on);
};

}  // namespace c10

namespace at {

void set_num_threads(int count);

class TensorBase {
 public:
  TensorBase() : impl_(undefined()) {}
  TensorBase(const TensorBase& other) : impl_(other.impl_) { retain(); }
  TensorBase(TensorBase&& other) noexcept : impl_(std::exchange(other.impl_, undefined())) {}
  TensorBase& operator=(TensorBase other) noexcept {
    std::swap(impl_, other.impl_);
    return *this;
  }
  ~TensorBase() { release(); }

  bool defined() const { return impl_ != undefined(); }
  void requireGradient(bool on) const { impl_->set_requires_grad(on); }

 protected:
  c10::TensorImpl* impl_;

 private:
  static c10::TensorImpl* undefined() {
    return reinterpret_cast<c10::TensorImpl*>(&c10::UndefinedTensorImpl::_singleton);
  }
  void retain() {
    if (defined()) impl_->refcount_.fetch_add(1, std::memory_order_relaxed);
  }
  void release() {
    if (!defined() || impl_->refcount_.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
    bool last = impl_->weakcount_ == 1;
    if (!last) {
      impl_->release_resources();
      last = impl_->weakcount_.fetch_sub(1, std::memory_order_acq_rel) == 1;
    }
    if (last) delete impl_;
  }
};

class Tensor : public TensorBase {
 public:
  void _backward(c10::ArrayRef<Tensor> inputs, const std::optional<Tensor>& gradient,
                 std::optional<bool> keep, bool create) const;
};

using Sizes = c10::ArrayRef<c10::SymInt>;
using Tensors = c10::ArrayRef<Tensor>;
using Optional = std::optional<Tensor>;
using Type = std::optional<c10::ScalarType>;
using Layout = std::optional<c10::Layout>;
using Device = std::optional<c10::Device>;
using Flag = std::optional<bool>;
using Format = std::optional<c10::MemoryFormat>;
using c10::Scalar;
using c10::SymInt;

namespace _ops {
#define OP(name, result, ...) \
  struct name { static result call(__VA_ARGS__); };
OP(linear, Tensor, const Tensor&, const Tensor&, const Optional&)
OP(conv2d, Tensor, const Tensor&, const Tensor&, const Optional&, Sizes, Sizes, Sizes, SymInt)
OP(conv_transpose2d_input, Tensor, const Tensor&, const Tensor&, const Optional&, Sizes, Sizes, Sizes, SymInt, Sizes)
OP(relu, Tensor, const Tensor&)
OP(leaky_relu, Tensor, const Tensor&, const Scalar&)
OP(batch_norm, Tensor, const Tensor&, const Optional&, const Optional&, const Optional&, const Optional&, bool, double, double, bool)
OP(tanh, Tensor, const Tensor&)
OP(softplus, Tensor, const Tensor&, const Scalar&, const Scalar&)
OP(mean, Tensor, const Tensor&, Type)
OP(neg, Tensor, const Tensor&)
OP(add_Tensor, Tensor, const Tensor&, const Tensor&, const Scalar&)
OP(add_Scalar, Tensor, const Tensor&, const Scalar&, const Scalar&)
OP(sub_Tensor, Tensor, const Tensor&, const Tensor&, const Scalar&)
OP(mul_Tensor, Tensor, const Tensor&, const Tensor&)
OP(mul_Scalar, Tensor, const Tensor&, const Scalar&)
OP(square, Tensor, const Tensor&)
OP(sqrt, Tensor, const Tensor&)
OP(sum, Tensor, const Tensor&, Type)
OP(sum_dim_IntList, Tensor, const Tensor&, c10::OptionalArrayRef<int64_t>, bool, Type)
OP(reshape, Tensor, const Tensor&, Sizes)
OP(detach, Tensor, const Tensor&)
OP(contiguous, Tensor, const Tensor&, c10::MemoryFormat)
OP(narrow, Tensor, const Tensor&, int64_t, SymInt, SymInt)
OP(index_select, Tensor, const Tensor&, int64_t, const Tensor&)
OP(to_dtype, Tensor, const Tensor&, c10::ScalarType, bool, bool, Format)
OP(item, Scalar, const Tensor&)
OP(randn, Tensor, Sizes, Type, Layout, Device, Flag)
OP(rand, Tensor, Sizes, Type, Layout, Device, Flag)
OP(randint, Tensor, SymInt, Sizes, Type, Layout, Device, Flag)
OP(zeros, Tensor, Sizes, Type, Layout, Device, Flag)
OP(zeros_like, Tensor, const Tensor&, Type, Layout, Device, Flag, Format)
OP(from_file, Tensor, std::string_view, Flag, std::optional<int64_t>, Type, Layout, Device, Flag)
OP(mul__Scalar, Tensor&, Tensor&, const Scalar&)
OP(add__Tensor, Tensor&, Tensor&, const Tensor&, const Scalar&)
OP(add__Scalar, Tensor&, Tensor&, const Scalar&, const Scalar&)
OP(div__Scalar, Tensor&, Tensor&, const Scalar&)
OP(sqrt_, Tensor&, Tensor&)
OP(addcmul_, Tensor&, Tensor&, const Tensor&, const Tensor&, const Scalar&)
OP(addcdiv_, Tensor&, Tensor&, const Tensor&, const Tensor&, const Scalar&)
OP(lerp__Scalar, Tensor&, Tensor&, const Tensor&, const Scalar&)
OP(_foreach_lerp__Scalar, void, Tensors, Tensors, const Scalar&)
OP(_fused_adam_, void, Tensors, Tensors, Tensors, Tensors, Tensors, Tensors, double, double, double, double, double, bool, bool, const Optional&, const Optional&)
#undef OP
}  // namespace _ops
}  // namespace at

namespace torch::autograd {
std::vector<at::Tensor> grad(const std::vector<at::Tensor>& outputs, const std::vector<at::Tensor>& inputs,
                             const std::vector<at::Tensor>& gradients, std::optional<bool> keep, bool create,
                             bool allowUnused);
}
