"""Owns the command line: what to make for which image, and what to print of it."""

import argparse
import os
import sys
from collections import Counter
from pathlib import Path

from python_layers.cache import LayerCache
from python_layers.failures import LayerError
from python_layers.images import IMAGES, Layer, layers_of
from python_layers.platforms import PLATFORMS, Platform, platform_named, this_platform
from python_layers.sizes import package_sizes, tree_size
from python_layers.torch_build import CUDA, TORCH_WHEELS, cpu_layer, torch_build
from python_layers.uv import Uv

_REPOSITORY = Path(__file__).resolve().parents[2]

_EPILOG = f"""
{TORCH_WHEELS} is a folder with the wheels of PyTorch's CPU build, for pytorch-cpu.
Without it pytorch-cpu gets the build of its lock, which is the one for CUDA on linux/amd64.
DIOPTRA_WORKER_CACHE is the folder of all that the build fetches and makes once.
"""

_NO_CPU_WHEELS = (
    f"pytorch-cpu gets PyTorch's build for CUDA, 4 GB larger: {TORCH_WHEELS} names no CPU wheels"
)


def main(arguments: list[str]) -> int:
    options = _options(arguments)
    try:
        platform = platform_named(options.platform) if options.platform else this_platform()
        layers = _layers(options.image, platform)
        if options.labels:
            _print(list(torch_build(layers).items()))
            return 0
        if options.image == "pytorch-cpu" and torch_build(layers) == CUDA:
            sys.stderr.write(f"python-layers: {_NO_CPU_WHEELS}\n")
        cache = _cache_folder()
        uv = Uv(Path(sys.executable), _REPOSITORY / "build" / "uv.lock", cache / "uv-cache")
        made = LayerCache(cache / "layers", platform, uv)
        trees = [tree for layer in layers for tree in made.trees(layer)]
        if options.sizes:
            _print_sizes(trees)
        else:
            _print([(name, str(tree)) for name, tree in trees])
    except LayerError as error:
        sys.stderr.write(f"python-layers: {error}\n")
        return 1
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="build/python-layers",
        description="Makes, or reuses, the Python layers of an image. Prints a line for each layer,"
        " lowest first: its name, a tab, and the folder that becomes / of the image.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("image", metavar="IMAGE", help=", ".join(IMAGES))
    parser.add_argument(
        "platform",
        metavar="PLATFORM",
        nargs="?",
        help=f"{' or '.join(one.name for one in PLATFORMS)}; default: this machine's",
    )
    instead = parser.add_mutually_exclusive_group()
    instead.add_argument(
        "--sizes", action="store_true", help="print bytes of layers and of the largest packages"
    )
    instead.add_argument(
        "--labels", action="store_true", help="print labels for the image, and make nothing"
    )
    return parser.parse_args(arguments)


def _layers(image: str, platform: Platform) -> tuple[Layer, ...]:
    given = os.environ.get(TORCH_WHEELS)
    if not given:
        return layers_of(image, platform, _REPOSITORY)
    wheels = Path(given).absolute()
    return layers_of(image, platform, _REPOSITORY, lambda lock: cpu_layer(lock, platform, wheels))


def _cache_folder() -> Path:
    """The folder in which build/python-env keeps its environments, and uv what it fetched."""
    given = os.environ.get("DIOPTRA_WORKER_CACHE")
    return Path(given).absolute() if given else Path.home() / ".cache" / "dioptra-worker"


def _print_sizes(trees: list[tuple[str, Path]]) -> None:
    layers = [(name, f"{tree_size(tree):,}") for name, tree in trees]
    packages: Counter[str] = Counter()
    for _, tree in trees:
        packages.update(package_sizes(tree))
    _print(layers)
    _print([("all layers", f"{sum(tree_size(tree) for _, tree in trees):,}")])
    _print([(f"  {name}", f"{size:,}") for name, size in packages.most_common(20)])


def _print(lines: list[tuple[str, str]]) -> None:
    sys.stdout.writelines(f"{key}\t{value}\n" for key, value in lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
