"""Strips the library in a wheel and writes the wheel's record anew: maturin reads the interface from the symbols,
people need none. Arguments: the wheel as built, and the wheel to write."""

import base64
import hashlib
import pathlib
import subprocess
import sys
import tempfile
import zipfile


def stripped(octets: bytes) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder, "library.so")
        file.write_bytes(octets)
        subprocess.run(["strip", "--strip-unneeded", file], check=True)
        return file.read_bytes()


def line(name: str, octets: bytes) -> str:
    digest = base64.urlsafe_b64encode(hashlib.sha256(octets).digest()).rstrip(b"=").decode()
    return f"{name},sha256={digest},{len(octets)}\n"


def main(built: str, written: str) -> None:
    record, libraries = "", 0
    with zipfile.ZipFile(built) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        entries = sorted(old.infolist(), key=lambda entry: entry.filename)
        for entry in entries:
            octets = old.read(entry)
            if entry.filename.endswith(".dist-info/RECORD"):
                own = entry
                continue
            if entry.filename.endswith(".so"):
                octets, libraries = stripped(octets), libraries + 1
            new.writestr(entry, octets, zipfile.ZIP_DEFLATED)
            record += line(entry.filename, octets)
        new.writestr(own, record + f"{own.filename},,\n", zipfile.ZIP_DEFLATED)
    if libraries != 1:
        sys.exit(f"{built} has {libraries} libraries")


main(*sys.argv[1:])
