"""The descriptions in proto/api, held to the messages and to a real hub."""
