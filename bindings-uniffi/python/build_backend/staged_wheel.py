"""Packs the staged package into a wheel: the hand-written part, the generated part and the native library.

`cargo xtask uniffi` stages them together; nothing is compiled or fetched here.
"""

import base64
import hashlib
import pathlib
import re
import sysconfig
import zipfile

NAME = "daicho"
HERE = pathlib.Path(__file__).resolve().parent.parent
VERSION = re.search(r'^version = "(.+)"$', (HERE / "pyproject.toml").read_text("utf-8"), re.MULTILINE)[1]
# Zip archives know no earlier moment; a fixed one makes the wheel the same on every run.
MOMENT = (1980, 1, 1, 0, 0, 0)


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    # Any Python 3, but one kind of machine: the native library is loaded with ctypes, not as an extension module.
    tag = "py3-none-" + sysconfig.get_platform().replace("-", "_").replace(".", "_")
    files = {
        "{}/{}".format(NAME, path.relative_to(HERE / NAME).as_posix()): path.read_bytes()
        for path in sorted((HERE / NAME).rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }
    if NAME + "/_generated.py" not in files:
        raise FileNotFoundError("the generated sources are not staged: run `cargo xtask uniffi`")
    info = "{}-{}.dist-info".format(NAME, VERSION)
    files[info + "/METADATA"] = (
        "Metadata-Version: 2.1\nName: {}\nVersion: {}\n"
        "Summary: A beauty salon's customer ledger (台帳)\n"
        "License: MIT OR Apache-2.0\nRequires-Python: >=3.9\n".format(NAME, VERSION)
    ).encode()
    files[info + "/WHEEL"] = (
        "Wheel-Version: 1.0\nGenerator: daicho\nRoot-Is-Purelib: false\nTag: {}\n".format(tag)
    ).encode()
    record = info + "/RECORD"
    lines = ["{},sha256={},{}".format(name, _digest(data), len(data)) for name, data in files.items()]
    files[record] = "\n".join(lines + [record + ",,", ""]).encode()

    wheel = "{}-{}-{}.whl".format(NAME, VERSION, tag)
    with zipfile.ZipFile(pathlib.Path(wheel_directory) / wheel, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, MOMENT)
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return wheel


def _digest(data):
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
