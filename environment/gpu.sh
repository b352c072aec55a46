# shellcheck shell=bash
# Which libraries for a graphics card belong to this machine: the pack cuda13 (libtorch), cuda11
# (ND4J) or cpu. The card is asked at every start, before anything is built or downloaded. Sourced.

gpu=auto

# The first card: compute capability times ten, the driver's first number, the name.
ask_card() {
  local line
  capability="" driver="" card=""
  command -v nvidia-smi >/dev/null || return 0
  line=$(nvidia-smi --query-gpu=compute_cap,driver_version,name --format=csv,noheader 2>/dev/null | head -n 1) || return 0
  case "$line" in
    [0-9]*.[0-9]*", "[0-9]*", "*) ;;
    *) return 0 ;;
  esac
  capability=${line%%,*}
  card="${line##*, } (compute capability $capability, driver $(printf '%s' "$line" | cut -d, -f2 | tr -d ' '))"
  capability=${capability/./}
  driver=$(printf '%s' "$line" | cut -d, -f2 | tr -d ' ' | cut -d. -f1)
}

fits_cuda13() {
  [ "$capability" -ge 75 ] && { [ "$capability" -lt 110 ] || { [ "$capability" -ge 120 ] && [ "$capability" -lt 130 ]; }; } &&
    [ "$driver" -ge 580 ] && [ "$(uname -sm)" = "Linux x86_64" ]
}

fits_cuda11() {
  [ "$capability" -ge 50 ] && [ "$capability" -lt 90 ] && [ "$(uname -sm)" = "Linux x86_64" ]
}

# Sets pack to what --gpu asks for, or for auto to what the card takes and the user agrees to, which
# is remembered.
choose_pack() {
  ask_card
  case "$gpu" in
    cpu) pack=cpu ;;
    auto) automatic_pack ;;
    cuda13 | cuda11)
      [ -n "$card" ] || fail "--gpu $gpu: no NVIDIA card answers (nvidia-smi); install its driver, or take --gpu cpu."
      "fits_$gpu" || fail "--gpu $gpu: $card is not for it; $(rule "$gpu") Take --gpu auto."
      pack=$gpu
      ;;
    *) fail "--gpu $gpu: must be auto, cuda13, cuda11 or cpu." ;;
  esac
  if [ "$pack" != cpu ] && ! was_chosen; then say "For $card: $(size_of "$pack")."; fi
  mkdir -p "$root/target"
  say "$pack" >"$root/target/pack"
}

rule() {
  case "$1" in
    cuda13) say "CUDA 13 needs compute capability 7.5 to 10.3 or 12, driver 580 or newer, and Linux on x86-64." ;;
    cuda11) say "ND4J for CUDA 11 has code for compute capability 5.0 to 8.9, on Linux on x86-64." ;;
  esac
}

automatic_pack() {
  pack=cpu
  [ -n "$card" ] || return 0
  if fits_cuda13; then
    pack=cuda13
  elif fits_cuda11; then
    pack=cuda11
  else
    say "$card cannot be used: $(rule cuda13) $(rule cuda11) Computing on the processor."
    return 0
  fi
  if was_chosen || agreed "Download $(size_of "$pack") for $card?"; then return 0; fi
  say "Computing on the processor; environment/lab --gpu $pack uses $card ($(size_of "$pack"))."
  pack=cpu
}

was_chosen() { [ -f "$root/target/pack" ] && [ "$(cat "$root/target/pack")" = "$pack" ]; }

size_of() {
  case "$1" in
    cuda13)
      if has_cuda13; then say "0.5 GB, libtorch for CUDA 13"; else say "2.5 GB, libtorch for CUDA 13 and NVIDIA's libraries"; fi
      ;;
    cuda11) say "2.4 GB, ND4J for CUDA 11 and NVIDIA's libraries" ;;
  esac
}

# Whether the system's loader finds the libraries of CUDA 13 and cuDNN 9.
has_cuda13() {
  local library known
  known=$(PATH=$PATH:/sbin:/usr/sbin ldconfig -p 2>/dev/null || true)
  for library in libcudart.so.13 libcupti.so.13 libcublas.so.13 libcublasLt.so.13 libcudnn.so.9 libcufft.so.12 \
    libcurand.so.10 libcusparse.so.12 libcufile.so.0 libnccl.so.2; do
    case "$known" in
      *"$library"*) ;;
      *) return 1 ;;
    esac
  done
}

# Maven's words for the pack.
maven_profile() {
  if [ "$pack" != cpu ]; then say "-P$pack"; fi
}

# Where NVIDIA's libraries are found: Python's wheels bring what the system lacks.
library_path() {
  local folder path=""
  if [ "$pack" = cuda13 ] && ! has_cuda13; then
    for folder in "$venv"/lib/python3*/site-packages/nvidia/*/lib; do path=$path$folder:; done
  fi
  path=$path${LD_LIBRARY_PATH-}
  say "${path%:}"
}

# The installer's words for the pack, one per line.
kernel_flags() {
  case "$pack" in
    cuda13) if ! has_cuda13; then printf '%s\n' --env "LD_LIBRARY_PATH=$(library_path)"; fi ;;
    cuda11) printf '%s\n' --env BACKEND_PRIORITY_GPU=100 --env BACKEND_PRIORITY_CPU=0 ;;
  esac
}
