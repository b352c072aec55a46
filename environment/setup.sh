# shellcheck shell=bash
# From the checkout to a JupyterLab that knows the kernel: the build, the virtual environment, the
# kernelspec. Each step is skipped while what it was made from is unchanged. Sourced.

# shellcheck source=environment/prerequisites.sh
. "$(dirname "${BASH_SOURCE[0]}")/prerequisites.sh"
# shellcheck source=environment/gpu.sh
. "$(dirname "${BASH_SOURCE[0]}")/gpu.sh"

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
venv=$root/.venv
jar=$root/kernel/target/maskmine.jar
build_stamp=$root/kernel/target/sources.stamp
spark_module=$root/core/cluster-spark/target
# Studies on Apache Spark take 0.5 GB that few need: built when asked for, and from then on.
spark=""
if [ -f "$spark_module/maskmine-spark.jar" ]; then spark=spark; fi
export MASKMINE_SPARK=${MASKMINE_SPARK-$spark_module}

# Everything a notebook needs.
prepare() {
  require_prerequisites
  choose_pack
  build
  make_venv requirements.txt
  if [ "$pack" = cuda13 ] && ! has_cuda13; then make_venv requirements-cuda13.txt; fi
  install_kernel
}

build() {
  local sum modules=()
  sum=$(build_sum)
  if [ -z "$spark" ]; then modules=(-pl '!core/cluster-spark'); fi
  if [ -f "$jar" ] && is_stamped "$build_stamp" "$sum"; then return 0; fi
  say "Building Maskmine (a few minutes the first time) …"
  rm -f "$build_stamp"
  (cd "$root" && mvn -q -B -Dstyle.color=never -DskipTests $(maven_profile) ${modules[@]+"${modules[@]}"} package) || fail "The build failed; Maven's messages stand above."
  built "$sum"
}

# What a build is made from: the sources, the pack for a card, and whether with Spark.
build_sum() { say "$(sources_sum) $pack $spark"; }

# built SUM: remembers what stands in kernel/target.
built() { say "$1" >"$build_stamp"; }

# One number for everything the jars are built from; needs no git.
sources_sum() {
  (cd "$root" && find pom.xml .mvn core dsl kernel -name target -prune -o -type f \
    \( -name pom.xml -o -path '.mvn/*' -o -path '*/src/main/*' \) -print0 |
    LC_ALL=C sort -z | xargs -0 cksum | cksum)
}

is_stamped() { [ -f "$1" ] && [ "$(cat "$1")" = "$2" ]; }

# make_venv FILE: a virtual environment with a requirements file, at the versions of constraints.txt.
make_venv() {
  local requirements=$root/environment/$1 constraints=$root/environment/constraints.txt sum
  local stamp=$venv/$1.stamp
  sum=$(cat "$root/environment/requirements.txt" "$requirements" "$constraints" | cksum)
  if ! "$venv/bin/python" -c '' 2>/dev/null; then
    rm -rf "$venv"
    "$python" -m venv "$venv" || fail "\"$python -m venv\" failed; its message stands above."
  fi
  if is_stamped "$stamp" "$sum"; then return 0; fi
  say "Setting up JupyterLab in .venv …"
  quietly "$venv/bin/python" -m pip install -q --disable-pip-version-check -r "$requirements" -c "$constraints"
  mkdir -p "$venv/share/jupyter/lab/settings"
  cp "$root/environment/jupyterlab.json" "$venv/share/jupyter/lab/settings/overrides.json"
  say "$sum" >"$stamp"
}

# The kernelspec holds the paths of the JVM and of the checkout, so it is made again where one moved.
install_kernel() {
  local sum word stamp=$venv/kernel.stamp
  local flags=()
  while IFS= read -r word; do flags+=("$word"); done < <(kernel_flags)
  sum="$(cksum <"$jar") $(sources_sum) $JAVA_HOME $root ${flags[*]-}"
  if is_stamped "$stamp" "$sum"; then return 0; fi
  say "Installing the kernel \"Java (Maskmine)\" …"
  quietly "$JAVA_HOME/bin/java" -jar "$jar" install --prefix "$venv" ${flags[@]+"${flags[@]}"}
  say "$sum" >"$stamp"
}
