"""Owns the platforms that images are built for. Knows how uv, wheels and ELF files name them."""

import os
from dataclasses import dataclass

from python_layers.failures import LayerError


@dataclass(frozen=True)
class Platform:
    """An operating system with a processor, under the name that image registries use."""

    name: str
    machine: str
    elf_machine: int  # e_machine in the header of its programs and libraries

    @property
    def uv_name(self) -> str:
        """glibc 2.28 is older than any Debian with Python 3.11, and all wheels accept it."""
        return f"{self.machine}-manylinux_2_28"

    @property
    def markers(self) -> dict[str, str]:
        """What the environment markers of a lock mean there."""
        return {
            "implementation_name": "cpython",
            "implementation_version": "3.11.0",
            "os_name": "posix",
            "platform_machine": self.machine,
            "platform_python_implementation": "CPython",
            "platform_release": "",
            "platform_system": "Linux",
            "platform_version": "",
            "python_full_version": "3.11.0",
            "python_version": "3.11",
            "sys_platform": "linux",
        }


PLATFORMS = (Platform("linux/amd64", "x86_64", 62), Platform("linux/arm64", "aarch64", 183))


def platform_named(name: str) -> Platform:
    for platform in PLATFORMS:
        if platform.name == name:
            return platform
    known = " or ".join(platform.name for platform in PLATFORMS)
    raise LayerError(f"no images are made for {name}: the platform is {known}")


def this_platform() -> Platform:
    machine = os.uname().machine
    for platform in PLATFORMS:
        if platform.machine == machine:
            return platform
    raise LayerError(f"this machine is a {machine}: name the platform of the image, see --help")
