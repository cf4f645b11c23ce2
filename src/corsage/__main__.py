"""``python -m corsage``: the command line."""

from corsage.apps.cli.main import main

if __name__ == "__main__":
    main()
