"""Outputs held against the rules and against each other; knows outputs only, never how they were made."""
