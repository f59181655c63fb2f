"""Clients of noroshi written from the contract alone, sharing nothing with the C++ libraries.

Standard library and Debian's python3-protobuf only. Nothing here decides what is right: that is
for the tests and for the checker in tests/faults.
"""
