"""`python -m vaka.cli`: the program without its entry point."""

from vaka.cli import main

if __name__ == "__main__":
    main()
