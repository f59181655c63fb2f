"""Runs the tests of what an operator is shown, each with a hub of its own.

    test_observed.py --hub BIN [tests]
"""

import os
import pathlib
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

if __name__ == "__main__":
    arguments = sys.argv[1:]
    if arguments[:1] != ["--hub"]:
        sys.exit(__doc__)
    os.environ["NOROSHI_HUB_BINARY"] = arguments[1]
    unittest.main(module=None, verbosity=2, argv=[sys.argv[0], *(
        arguments[2:] or ["client.test_states", "client.test_stream_states"])])
