"""`python -m edition` is the command `edition`."""

from .cli import run

if __name__ == "__main__":
    run()
