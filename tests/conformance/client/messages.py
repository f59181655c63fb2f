"""The stream's messages, generated from proto/noroshi/v1/*.proto when a test starts.

`NOROSHI_GENERATED` names the directory for the generated code (CMake sets it inside the build
directory); without it a temporary one is used and removed at exit.
"""

import atexit
import importlib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

SOURCE_ROOT = pathlib.Path(__file__).resolve().parents[3]
MODULES = ("reading", "stream")


def _generated_directory():
    named = os.environ.get("NOROSHI_GENERATED")
    if named:
        directory = pathlib.Path(named)
        directory.mkdir(parents=True, exist_ok=True)
        return directory
    directory = pathlib.Path(tempfile.mkdtemp(prefix="noroshi-messages-"))
    atexit.register(shutil.rmtree, directory, ignore_errors=True)
    return directory


def _generate():
    """Tests run side by side: each generates aside and moves the whole file into place."""
    directory = _generated_directory()
    protoc = os.environ.get("NOROSHI_PROTOC", "protoc")
    with tempfile.TemporaryDirectory(dir=directory) as aside:
        subprocess.run(
            [protoc, f"--proto_path={SOURCE_ROOT / 'proto'}", f"--python_out={aside}",
             *(f"noroshi/v1/{name}.proto" for name in MODULES)], check=True, timeout=60)
        package = directory / "noroshi" / "v1"
        package.mkdir(parents=True, exist_ok=True)
        for name in MODULES:
            made = pathlib.Path(aside) / "noroshi" / "v1" / f"{name}_pb2.py"
            os.replace(made, package / made.name)
    sys.path.insert(0, str(directory))
    importlib.invalidate_caches()
    return importlib.import_module("noroshi.v1.stream_pb2")


_stream = _generate()

ClientMessage = _stream.ClientMessage
ServerMessage = _stream.ServerMessage
Passed = _stream.Passed
