"""The second door against a real hub: bad certificates, revocation on open connections, reload.

    test_mutual_tls.py --hub BIN [unittest names, such as test_bad_certificates]
"""

import os
import pathlib
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

MODULES = ["test_bad_certificates", "test_mutual_handshake", "test_revocation", "test_ports"]


def main():
    arguments = sys.argv[1:]
    if len(arguments) < 2 or arguments[0] != "--hub":
        print(__doc__, file=sys.stderr)
        return 2
    os.environ["NOROSHI_HUB_BINARY"] = arguments[1]
    names = arguments[2:] or MODULES
    suite = unittest.defaultTestLoader.loadTestsFromNames([f"client.{name}" for name in names])
    return 0 if unittest.TextTestRunner(verbosity=2).run(suite).wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main())
