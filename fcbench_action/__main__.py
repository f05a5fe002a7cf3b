"""``python -m fcbench_action`` is the ``fcbench`` command."""

from fcbench_action.cli import main

if __name__ == "__main__":
    main()
