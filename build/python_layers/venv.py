"""Owns what makes a folder a virtual environment. Knows no package."""

from pathlib import Path

IMAGE_VENV = "/opt/venv"
SITE = "lib/python3.11/site-packages"

# Images keep no symbolic links, so a script stands for the interpreter; by its name, Python finds
# pyvenv.cfg beside it.
_WRAPPER = '#!/bin/bash\nexec -a "$0" /usr/local/bin/python3.11 "$@"\n'
_CONFIGURATION = "home = /usr/local/bin\ninclude-system-site-packages = false\n"


def scaffold(venv: Path) -> None:
    (venv / "pyvenv.cfg").write_text(_CONFIGURATION)
    for name in ("python", "python3", "python3.11"):
        wrapper = venv / "bin" / name
        wrapper.parent.mkdir(exist_ok=True)
        wrapper.write_text(_WRAPPER)
        wrapper.chmod(0o755)


def point_scripts_at_image(venv: Path) -> None:
    """Lets scripts start with the image's interpreter, not with the one that installed them."""
    for script in venv.glob("bin/*"):
        content = script.read_bytes()
        if content.startswith(b"#!/bin/sh\n'''exec'"):  # how a path too long for a kernel is given
            body = content.split(b"\n", 3)[3]
        elif content.startswith(b"#!") and b"python" in content.split(b"\n", 1)[0]:
            body = content.split(b"\n", 1)[1]
        else:
            continue
        script.write_bytes(f"#!{IMAGE_VENV}/bin/python\n".encode() + body)


def venv_of(tree: Path) -> Path:
    """The virtual environment in a tree that is to become the root of an image."""
    return tree / IMAGE_VENV.removeprefix("/")


def site_of(tree: Path) -> Path:
    return venv_of(tree) / SITE
