"""What the tests of the layers share: the real uv, and small real wheels."""

import base64
import hashlib
import subprocess
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from python_layers.locks import Distribution
from python_layers.uv import Uv

_BUILD = Path(__file__).resolve().parents[1]

MakeWheel = Callable[..., Distribution]


@pytest.fixture(scope="session")
def uv(tmp_path_factory: pytest.TempPathFactory) -> Uv:
    command = [str(_BUILD / "python-env"), "uv"]
    python = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout.strip()
    return Uv(Path(python), _BUILD / "uv.lock", tmp_path_factory.mktemp("uv-cache"))


@pytest.fixture
def wheels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only place that packages come from."""
    monkeypatch.setenv("UV_OFFLINE", "1")
    folder = tmp_path / "wheels"
    folder.mkdir()
    return folder


@pytest.fixture
def make_wheel(wheels: Path) -> MakeWheel:
    """Puts a wheel of the given files into `wheels`."""

    def make(
        name: str, files: Mapping[str, bytes], version: str = "1.0", tag: str = "py3-none-any"
    ) -> Distribution:
        info = f"{name}-{version}.dist-info"
        content = {
            **files,
            f"{info}/METADATA": _lines(
                "Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}"
            ),
            f"{info}/WHEEL": _lines("Wheel-Version: 1.0", "Root-Is-Purelib: true", f"Tag: {tag}"),
        }
        record = "".join(
            f"{path},sha256={_digest(data)},{len(data)}\n" for path, data in content.items()
        )
        content[f"{info}/RECORD"] = f"{record}{info}/RECORD,,\n".encode()
        file = wheels / f"{name}-{version}-{tag}.whl"
        with zipfile.ZipFile(file, "w") as archive:
            for path, data in content.items():
                archive.writestr(path, data)
        return Distribution(
            name, version, (f"sha256:{hashlib.sha256(file.read_bytes()).hexdigest()}",)
        )

    return make


def _lines(*lines: str) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def _digest(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).decode().rstrip("=")
