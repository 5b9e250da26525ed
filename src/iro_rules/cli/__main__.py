"""The command line as `python -m iro_rules.cli`."""

from iro_rules.cli import main

if __name__ == "__main__":
    main()
