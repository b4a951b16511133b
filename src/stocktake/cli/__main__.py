"""`python -m stocktake.cli` is `stocktake`."""

from stocktake.cli.main import main

if __name__ == "__main__":
    main()
